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
        return fd >= 0 ? new Fd(fd) : throw Failed("eventfd");
    }

    /// <summary><c>eventfd_read(3)</c>: takes the counter, or 1 of it (EFD_SEMAPHORE), waiting while it is 0.</summary>
    /// <param name="fd">An eventfd.</param>
    /// <exception cref="UnpException">EAGAIN: non-blocking, and it is 0; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static ulong Eventfd_read(SafeHandle fd)
    {
        Check(fd);
        CheckEventfd("eventfd_read");
        int n;
        ulong value;
        do
            n = eventfd_read(fd, out value);
        while (Interrupted(n));
        return n == 0 ? value : throw Failed("eventfd_read");
    }

    /// <summary><c>eventfd_write(3)</c>: adds to the counter, waiting while there is no room.</summary>
    /// <param name="fd">An eventfd.</param>
    /// <param name="value">How much, up to 2^64 - 2, which is also as far as the counter goes.</param>
    /// <exception cref="UnpException">EAGAIN: non-blocking, and there is no room; EINVAL: 2^64 - 1; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static void Eventfd_write(SafeHandle fd, ulong value = 1)
    {
        Check(fd);
        CheckEventfd("eventfd_write");
        int n;
        do
            n = eventfd_write(fd, value);
        while (Interrupted(n));
        if (n < 0)
            throw Failed("eventfd_write");
    }

    static void CheckEventfd(string function)
    {
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException($"macOS has no {function}; use a pipe, or kqueue with EVFILT_USER.");
    }
}
