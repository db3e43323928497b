using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Creates an eventfd, close-on-exec (<c>eventfd(2)</c>). Linux, and FreeBSD since 13.</summary>
    /// <remarks>
    /// An eventfd is a counter, which is readable while it is not 0. Writing to it wakes a thread in <see cref="Poll"/> or in a
    /// <see cref="Poller"/>.
    /// </remarks>
    /// <param name="initval">The initial value of the counter.</param>
    /// <param name="flags">
    /// 0, or a combination of EFD_NONBLOCK and EFD_SEMAPHORE (a read decrements by 1 instead of resetting to 0).
    /// </param>
    /// <exception cref="UnpException">EINVAL (unknown flags), EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has no eventfd. Use a pipe, or kqueue with EVFILT_USER.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static Fd Eventfd(uint initval = 0, int flags = 0)
    {
        CheckEventfd("eventfd");
        int fd = eventfd(initval, flags | EFD_CLOEXEC);
        return fd >= 0 ? new Fd(fd) { Kind = DescriptorKind.Eventfd } : throw Failed("eventfd");
    }

    /// <summary>
    /// Returns the counter and resets it to 0, waiting while it is 0 (<c>eventfd_read(3)</c>). With EFD_SEMAPHORE it returns 1 and
    /// subtracts 1.
    /// </summary>
    /// <param name="fd">An eventfd.</param>
    /// <exception cref="UnpException">
    /// EAGAIN: the eventfd is non-blocking and the counter is 0; EINVAL: the descriptor is not an eventfd, and no data was read; EBADF.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/eventfd_read.3.html">eventfd_read(3)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static ulong Eventfd_read(SafeHandle fd)
    {
        Check(fd);
        CheckEventfd("eventfd_read");
        return ReadRecord(fd, DescriptorKind.Eventfd, out ulong value) == 0 ? value
            : throw DescriptorKinds.Failed("eventfd_read", fd, DescriptorKind.Eventfd);
    }

    /// <summary>Adds to the counter, waiting while the sum would exceed its limit (<c>eventfd_write(3)</c>).</summary>
    /// <param name="fd">An eventfd.</param>
    /// <param name="value">The number to add, at most 2^64 - 2, which is also the limit of the counter.</param>
    /// <exception cref="UnpException">
    /// EAGAIN: the eventfd is non-blocking and the sum would exceed the limit; EINVAL: the value is 2^64 - 1, or the descriptor is not an
    /// eventfd; EBADF.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/eventfd_write.3.html">eventfd_write(3)</seealso>
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

    /// <summary>
    /// Reads a record of one number. Returns 0, or -1 with the error in <see cref="Errno.Last"/>: EINVAL for the wrong kind.
    /// </summary>
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

        // A record of another size: the kind was unknown, and it is the wrong one.
        (value, Errno.Last) = (0, Errno.EINVAL);
        return -1;
    }

    static void CheckEventfd(string function)
    {
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException($"macOS has no {function}. Use a pipe, or kqueue with EVFILT_USER.");
    }
}
