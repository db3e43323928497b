using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Opens a file, close-on-exec (<c>open(2)</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">O_RDONLY, O_WRONLY or O_RDWR, ored with O_CREAT, O_TRUNC, O_NONBLOCK... O_CLOEXEC is added.</param>
    /// <param name="mode">The permission bits for a file that O_CREAT creates. The umask removes some of them.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, EEXIST, EISDIR, EMFILE... The message contains the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL.</exception>
    public static Fd Open(string path, int flags, uint mode = 0)
    {
        CheckPath(path);
        int fd;
        do
            fd = open(path, flags | O_CLOEXEC, mode);
        while (Interrupted(fd));
        return fd >= 0 ? new Fd(fd) : throw Failed("open", path);
    }

    /// <summary>
    /// Creates a pipe: data written to <paramref name="write"/> can be read from <paramref name="read"/> (<c>pipe(2)</c>).
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE.</exception>
    public static void Pipe(out Fd read, out Fd write)
    {
        int* fds = stackalloc int[2];
        if ((OperatingSystem.IsMacOS() ? pipe(fds) : pipe2(fds, O_CLOEXEC)) < 0)
            throw Failed("pipe");
        (read, write) = OwnPair(fds);
    }

    /// <summary>Duplicates a descriptor, close-on-exec (<c>dup(2)</c>). Both refer to the same open file, socket or pipe.</summary>
    /// <exception cref="UnpException">EMFILE, EBADF.</exception>
    public static Fd Dup(SafeHandle fd)
    {
        Check(fd);
        int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? new Fd(copy) : throw Failed("dup");
    }

    /// <summary>
    /// Makes <paramref name="newfd"/> a duplicate of <paramref name="oldfd"/>, and closes the file that it referred to (<c>dup2(2)</c>).
    /// </summary>
    /// <remarks>
    /// <para>It becomes close-on-exec, except for the standard descriptors 0, 1 and 2, which children must inherit.</para>
    /// <para>Bytes that <see cref="Readline"/> has read ahead on <paramref name="newfd"/> came from the old file, so they are
    /// dropped.</para>
    /// </remarks>
    /// <exception cref="UnpException">EBADF, EBUSY.</exception>
    public static void Dup2(SafeHandle oldfd, SafeHandle newfd)
    {
        Check(oldfd);
        Check(newfd);
        bool isSame = oldfd.DangerousGetHandle() == newfd.DangerousGetHandle();
        bool isInherited = newfd.DangerousGetHandle() <= STDERR_FILENO;
        int result;
        do
        {
            // dup3 rejects equal numbers. On macOS, which has no dup3, a program that another thread starts meanwhile inherits the
            // descriptor.
            result = isSame || isInherited || OperatingSystem.IsMacOS() ? dup2(oldfd, newfd) : dup3(oldfd, newfd, O_CLOEXEC);
        }
        while (Interrupted(result));
        if (result < 0)
            throw Failed("dup2");
        if (!isInherited && (isSame || Target.IsMacOS))
            Fcntl(newfd, F_SETFD, FD_CLOEXEC);
        if (isSame)
            return;
        LineReader.Attached(newfd)?.Discard();
        if (newfd is Fd renamed)
            renamed.Kind = DescriptorKind.Unknown;
    }

    /// <summary>Performs a command on a descriptor, with an integer argument or none (<c>fcntl(2)</c>).</summary>
    /// <remarks>To duplicate a descriptor use <see cref="Dup"/>, because the number that F_DUPFD returns has no owner.</remarks>
    /// <returns>The result of the command: flags for F_GETFL and F_GETFD, 0 for commands that set a value.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL, EAGAIN, EPERM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cmd"/> takes a <see cref="RecordLock"/>.</exception>
    public static int Fcntl(SafeHandle fd, int cmd, int arg = 0)
    {
        Check(fd);
        if (IsLockCommand(cmd))
            throw new ArgumentOutOfRangeException(nameof(cmd), cmd, "The command is a lock command. Pass a RecordLock, not a number.");
        int result;
        do
            result = fcntl(fd, cmd, arg);
        while (Interrupted(result));

        // F_GETOWN returns a process group as a negative number, with an errno of 0.
        return result >= 0 || Errno.Last.Value == 0 ? result : throw Failed("fcntl");
    }

    /// <summary>Performs a request with an integer that it reads or fills: FIONREAD, FIONBIO, SIOCATMARK (<c>ioctl(2)</c>).</summary>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    public static int Ioctl(SafeHandle fd, nuint request, ref int value) =>
        Ioctl(fd, request, MemoryMarshal.AsBytes(new Span<int>(ref value)));

    /// <summary>Performs a request with a structure that it reads or fills (<c>ioctl(2)</c>).</summary>
    /// <remarks>
    /// The request determines the size of the structure. If it is larger than the argument, the rest is zero on input and is dropped on
    /// output.
    /// </remarks>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    public static int Ioctl(SafeHandle fd, nuint request, Span<byte> argument)
    {
        Check(fd);

        // The kernel does not know the size of the argument and may write past its end, so the buffer is large enough for any request.
        // Newer requests have their size in bits 16 to 29. Of the others, struct rtentry is the largest with 120 bytes.
        int needed = Math.Max(128, (int)(request >> 16) & 0x3FFF);
        Span<byte> buffer = argument.IsEmpty || argument.Length >= needed ? argument : stackalloc byte[needed];
        argument.CopyTo(buffer);
        int result;
        do
        {
            fixed (byte* p = buffer)
                result = ioctl(fd, request, p);
        }
        while (Interrupted(result));
        buffer[..argument.Length].CopyTo(argument);
        return result >= 0 ? result : throw Failed("ioctl");
    }

    /// <summary>Removes a name from the file system (<c>unlink(2)</c>). The name of a Unix socket remains until it is removed.</summary>
    /// <exception cref="UnpException">ENOENT, EACCES, EISDIR... The message contains the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or contains a NUL.</exception>
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
    /// <exception cref="UnpException">EIO, ENOSPC, EDQUOT: data written before was lost. The descriptor is closed nevertheless.</exception>
    public static void Close(Fd fd)
    {
        Check(fd);
        if (fd.CloseAndReport() is { Value: not 0 } error)
            throw new UnpException(error, "close", fd.ToString());
    }

    /// <summary>
    /// Returns whether a descriptor is of a type, such as a file, a pipe or a socket (<c>fstat(2)</c>; section 3.10 of the book's second
    /// edition).
    /// </summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="fdtype">S_IFSOCK, S_IFREG, S_IFIFO, S_IFCHR...</param>
    /// <exception cref="UnpException">EBADF.</exception>
    public static bool Isfdtype(SafeHandle fd, int fdtype) =>
        isfdtype(fd, fdtype) is >= 0 and int result ? result == 1 : throw Failed("isfdtype");

    /// <summary>
    /// Works like <see cref="Isfdtype"/>, but returns 1 or 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int isfdtype(SafeHandle fd, int fdtype)
    {
        Check(fd);
        any_stat stat;
        return StatusOf(fd, &stat) < 0 ? -1 : (stat.Mode & S_IFMT) == fdtype ? 1 : 0;
    }

    static void CheckPath(string path, [CallerArgumentExpression(nameof(path))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(path, name);
        if (path.Length == 0)
            throw new ArgumentException("The path must not be empty.", name);
        if (path.Contains('\0'))
            throw new ArgumentException($"The path must not contain a NUL: {path.Replace("\0", "\\0")}", name);
    }

    static (Fd, Fd) OwnPair(int* fds)
    {
        var pair = (new Fd(fds[0]), new Fd(fds[1]));
        if (Target.IsMacOS)
        {
            Fcntl(pair.Item1, F_SETFD, FD_CLOEXEC);
            Fcntl(pair.Item2, F_SETFD, FD_CLOEXEC);
        }
        return pair;
    }

    /// <summary>Owns a new descriptor, and makes it close-on-exec on macOS, which cannot create it so.</summary>
    internal static Fd Own(int descriptor)
    {
        var fd = new Fd(descriptor);
        if (Target.IsMacOS)
            Fcntl(fd, F_SETFD, FD_CLOEXEC);
        return fd;
    }
}
