using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// <c>eventfd(2)</c>, close-on-exec: a counter that is a descriptor, readable while it is not 0, so that a thread in <see cref="Poll"/>, or a
    /// <see cref="Poller"/>, can be woken. Linux, and FreeBSD from 13 on.
    /// </summary>
    /// <param name="initval">What it starts with.</param>
    /// <param name="flags">0, or EFD_NONBLOCK and EFD_SEMAPHORE (a read takes 1 instead of all) ored.</param>
    /// <exception cref="UnpException">EINVAL (unknown flags), EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has a pipe, or kqueue's EVFILT_USER, instead.</exception>
    [UnsupportedOSPlatform("macos")]
    public static Fd Eventfd(uint initval = 0, int flags = 0)
    {
        CheckEventfd("eventfd");
        int fd = eventfd(initval, flags | EFD_CLOEXEC);
        return fd >= 0 ? new Fd(fd) { Kind = DescriptorKind.Eventfd } : throw Failed("eventfd");
    }

    /// <summary><c>eventfd_read(3)</c>: takes the counter, or 1 of it (EFD_SEMAPHORE), waiting while it is 0.</summary>
    /// <param name="fd">An eventfd.</param>
    /// <exception cref="UnpException">EAGAIN: non-blocking, and it is 0; EINVAL: no eventfd, from which nothing was taken; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static ulong Eventfd_read(SafeHandle fd)
    {
        Check(fd);
        CheckEventfd("eventfd_read");
        return ReadRecord(fd, DescriptorKind.Eventfd, out ulong value) == 0 ? value
            : throw DescriptorKinds.Failed("eventfd_read", fd, DescriptorKind.Eventfd);
    }

    /// <summary><c>eventfd_write(3)</c>: adds to the counter, waiting while there is no room.</summary>
    /// <param name="fd">An eventfd.</param>
    /// <param name="value">How much, up to 2^64 - 2, which is also as far as the counter goes.</param>
    /// <exception cref="UnpException">EAGAIN: non-blocking, and there is no room; EINVAL: 2^64 - 1, or no eventfd; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static void Eventfd_write(SafeHandle fd, ulong value = 1)
    {
        Check(fd);
        CheckEventfd("eventfd_write");
        int n = -1;
        if (DescriptorKinds.Is(fd, DescriptorKind.Eventfd))
        {
            do
                n = eventfd_write(fd, value);
            while (Interrupted(n));
        }
        if (n < 0)
            throw DescriptorKinds.Failed("eventfd_write", fd, DescriptorKind.Eventfd);
    }

    /// <summary>Reads a record of one number; -1 leaves <see cref="Errno.Last"/>, EINVAL for another kind of descriptor.</summary>
    static unsafe int ReadRecord(SafeHandle fd, DescriptorKind kind, out ulong value)
    {
        value = 0;
        if (!DescriptorKinds.Is(fd, kind))
            return -1;
        nint n;
        fixed (ulong* p = &value)
        {
            do
                n = read(fd, p, sizeof(ulong));
            while (Interrupted(n));
        }
        if (n is < 0 or sizeof(ulong))
            return n < 0 ? -1 : 0;

        // Not asked: the system does not tell the kind.
        (value, Errno.Last) = (0, Errno.EINVAL);
        return -1;
    }

    static void CheckEventfd(string function)
    {
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException($"macOS has no {function}; use a pipe, or kqueue with EVFILT_USER.");
    }
}
