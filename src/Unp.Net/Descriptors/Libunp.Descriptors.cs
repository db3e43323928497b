using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>open(2)</c>: opens a file; O_CLOEXEC is added.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">O_RDONLY, O_WRONLY or O_RDWR, ored with O_CREAT, O_TRUNC, O_NONBLOCK...</param>
    /// <param name="mode">Permission bits of a file that O_CREAT makes, less the umask.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, EEXIST, EISDIR, EMFILE...; the message has the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or has a NUL in it.</exception>
    public static Fd Open(string path, int flags, uint mode = 0)
    {
        CheckPath(path);
        int fd;
        do
            fd = open(path, flags | O_CLOEXEC, mode);
        while (Interrupted(fd));
        return fd >= 0 ? new Fd(fd) : throw Failed("open", path);
    }

    /// <summary><c>pipe(2)</c>: what is written to <paramref name="write"/> can be read from <paramref name="read"/>.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE.</exception>
    public static void Pipe(out Fd read, out Fd write)
    {
        int* fds = stackalloc int[2];
        if ((OperatingSystem.IsMacOS() ? pipe(fds) : pipe2(fds, O_CLOEXEC)) < 0)
            throw Failed("pipe");
        (read, write) = OwnPair(fds);
    }

    /// <summary><c>dup(2)</c>, close-on-exec: a second owner of the same open file, socket or pipe.</summary>
    /// <exception cref="UnpException">EMFILE, EBADF.</exception>
    public static Fd Dup(SafeHandle fd)
    {
        Check(fd);
        int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? new Fd(copy) : throw Failed("dup");
    }

    /// <summary>
    /// <c>dup2(2)</c>: makes the number of <paramref name="newfd"/> another name of <paramref name="oldfd"/>, after closing what it named before. It
    /// becomes close-on-exec unless it is one of the standard descriptors 0, 1 and 2, which exist to be inherited.
    /// </summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead on <paramref name="newfd"/> belong to what it named before, and are dropped with it.</remarks>
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
            // dup3 refuses equal numbers. Where there is none, a program that another thread starts at that moment gets the descriptor.
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

    /// <summary><c>fcntl(2)</c> with an integer argument, or none.</summary>
    /// <remarks>To duplicate use <see cref="Dup"/>: the number that F_DUPFD gives has no owner.</remarks>
    /// <returns>What the command gives: flags for F_GETFL and F_GETFD, 0 for the setters.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL, EAGAIN, EPERM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cmd"/> takes a <see cref="RecordLock"/>.</exception>
    public static int Fcntl(SafeHandle fd, int cmd, int arg = 0)
    {
        Check(fd);
        if (IsLockCommand(cmd))
            throw new ArgumentOutOfRangeException(nameof(cmd), cmd, "The command takes a RecordLock, not a number.");
        int result;
        do
            result = fcntl(fd, cmd, arg);
        while (Interrupted(result));

        // F_GETOWN gives a process group as a negative number, and then errno is 0.
        return result >= 0 || Errno.Last.Value == 0 ? result : throw Failed("fcntl");
    }

    /// <summary><c>ioctl(2)</c> with an integer that it reads or fills: FIONREAD, FIONBIO, SIOCATMARK.</summary>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    public static int Ioctl(SafeHandle fd, nuint request, ref int value) =>
        Ioctl(fd, request, MemoryMarshal.AsBytes(new Span<int>(ref value)));

    /// <summary>
    /// <c>ioctl(2)</c> with a structure of bytes that it reads or fills; how many, the request itself decides. Of a longer structure the rest is zero
    /// on the way in, and lost on the way out.
    /// </summary>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    public static int Ioctl(SafeHandle fd, nuint request, Span<byte> argument)
    {
        Check(fd);

        // The kernel is not told how much room there is, and writes behind it: it gets enough for any request. Newer ones have their size in bits 16 to 29,
        // and struct rtentry, the largest of the others, has 120 bytes.
        int most = Math.Max(128, (int)(request >> 16) & 0x3FFF);
        Span<byte> room = argument.IsEmpty || argument.Length >= most ? argument : stackalloc byte[most];
        argument.CopyTo(room);
        int result;
        do
        {
            fixed (byte* p = room)
                result = ioctl(fd, request, p);
        }
        while (Interrupted(result));
        room[..argument.Length].CopyTo(argument);
        return result >= 0 ? result : throw Failed("ioctl");
    }

    /// <summary><c>unlink(2)</c>: removes a name from the file system, a unix socket's too, which outlives the socket.</summary>
    /// <exception cref="UnpException">ENOENT, EACCES, EISDIR...; the message has the path.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or has a NUL in it.</exception>
    public static void Unlink(string path)
    {
        CheckPath(path);
        if (unlink(path) < 0)
            throw Failed("unlink", path);
    }

    /// <summary>
    /// <c>close(2)</c>: closes the descriptor as <see cref="SafeHandle.Dispose()"/> does, and reports its error. A call of another thread that is still
    /// blocked in it keeps it open until that returns, and then the error is not seen.
    /// </summary>
    /// <exception cref="UnpException">EIO, ENOSPC, EDQUOT: data written before was lost. The descriptor is closed even so.</exception>
    public static void Close(Fd fd)
    {
        Check(fd);
        if (fd.CloseAndReport() is { Value: not 0 } error)
            throw new UnpException(error, "close", fd.ToString());
    }

    /// <summary>Whether a descriptor is of a type: of a file, a pipe, a socket (fstat(2); section 3.10 of the book's second edition).</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="fdtype">S_IFSOCK, S_IFREG, S_IFIFO, S_IFCHR...</param>
    /// <exception cref="UnpException">EBADF.</exception>
    public static bool Isfdtype(SafeHandle fd, int fdtype) => isfdtype(fd, fdtype) is >= 0 and int result ? result == 1 : throw Failed("isfdtype");

    /// <summary>As <see cref="Isfdtype"/>, but returns 1 or 0, or -1 and leaves <see cref="Errno.Last"/> where that throws.</summary>
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
            throw new ArgumentException($"A path cannot have a NUL: {path.Replace("\0", "\\0")}", name);
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

    /// <summary>Owns a descriptor that was just made. macOS has no call that makes it close-on-exec from the start.</summary>
    internal static Fd Own(int descriptor)
    {
        var fd = new Fd(descriptor);
        if (Target.IsMacOS)
            Fcntl(fd, F_SETFD, FD_CLOEXEC);
        return fd;
    }
}
