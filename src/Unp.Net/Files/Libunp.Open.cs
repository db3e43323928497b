using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Opens a file, close-on-exec (<c>open(2)</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">O_RDONLY, O_WRONLY or O_RDWR, combined with O_CREAT, O_TRUNC, O_NONBLOCK... O_CLOEXEC is added.</param>
    /// <param name="mode">The permission bits for a file that O_CREAT creates. The umask removes some of them.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, EEXIST, EISDIR, EMFILE... The message contains the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</seealso>
    public static Fd Open(string path, int flags, uint mode = 0)
    {
        CheckPath(path);
        int fd;
        do
            fd = open(path, flags | O_CLOEXEC, mode);
        while (Interrupted(fd));
        return fd >= 0 ? new Fd(fd) : throw Failed("open", path);
    }

    /// <summary>Removes a name from the file system (<c>unlink(2)</c>). The name of a Unix socket remains until it is removed.</summary>
    /// <exception cref="UnpException">ENOENT, EACCES, EISDIR... The message contains the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/unlink.2.html">unlink(2)</seealso>
    public static void Unlink(string path)
    {
        CheckPath(path);
        if (unlink(path) < 0)
            throw Failed("unlink", path);
    }

    /// <summary>Closes the descriptor like <see cref="SafeHandle.Dispose()"/>, and reports the error of <c>close(2)</c>.</summary>
    /// <remarks>
    /// If another thread is blocked in a call on the descriptor, it stays open until that call returns, and the error is not reported.
    /// </remarks>
    /// <exception cref="UnpException">
    /// EIO, ENOSPC, EDQUOT: data written earlier was lost. The descriptor is closed nevertheless.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</seealso>
    public static void Close(Fd fd)
    {
        Check(fd);
        if (fd.CloseAndReport() is { Value: not 0 } error)
            throw new UnpException(error, "close", fd.ToString());
    }

    internal static void CheckPath(string path, [CallerArgumentExpression(nameof(path))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(path, name);
        if (path.Length == 0)
            throw new ArgumentException("The path must not be empty.", name);
        if (path.Contains('\0'))
            throw new ArgumentException($"The path must not contain a NUL: {path.Replace("\0", "\\0")}", name);
    }
}
