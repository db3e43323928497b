using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Creates a pipe: data written to <paramref name="write"/> can be read from <paramref name="read"/> (<c>pipe(2)</c>).
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe(2)</seealso>
    public static void Pipe(out Fd read, out Fd write)
    {
        int* fds = stackalloc int[2];
        if ((Target.IsMacOS ? pipe(fds) : pipe2(fds, O_CLOEXEC)) < 0)
            throw Failed("pipe");
        (read, write) = OwnPair(fds);
    }

    /// <summary>Duplicates a descriptor, close-on-exec (<c>dup(2)</c>). Both refer to the same open file, socket or pipe.</summary>
    /// <exception cref="UnpException">EMFILE, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/dup.2.html">dup(2)</seealso>
    public static Fd Dup(SafeHandle fd)
    {
        Check(fd);
        int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? new Fd(copy) : throw Failed("dup", fd);
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
    /// <seealso href="https://man7.org/linux/man-pages/man2/dup2.2.html">dup2(2)</seealso>
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
            result = isSame || isInherited || Target.IsMacOS ? dup2(oldfd, newfd) : dup3(oldfd, newfd, O_CLOEXEC);
        }
        while (Interrupted(result));
        if (result < 0)
            throw Failed("dup2", oldfd, newfd);
        if (!isInherited && (isSame || Target.IsMacOS))
            Fcntl(newfd, F_SETFD, FD_CLOEXEC);
        if (isSame)
            return;
        IReadAhead.Attached(newfd)?.Discard();
        if (newfd is Fd renamed)
            renamed.Kind = DescriptorKind.Unknown;
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
