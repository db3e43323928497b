using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/eventfd.h>: Linux, and FreeBSD from 13 on.
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>eventfd(2)</c>: creates a counter with a descriptor, which is readable while the counter is not 0. A write of 8 bytes adds to it,
    /// a read of 8 bytes resets it.
    /// </summary>
    /// <param name="initval">The initial value.</param>
    /// <param name="flags">0, or EFD_CLOEXEC, EFD_NONBLOCK and EFD_SEMAPHORE combined.</param>
    /// <returns>The descriptor, or -1: EINVAL (unknown flags), EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int eventfd(uint initval, int flags);

    /// <summary><c>eventfd_read(3)</c>: resets the counter, or subtracts 1 (EFD_SEMAPHORE). It waits while the counter is 0.</summary>
    /// <returns>0, or -1: EAGAIN (non-blocking), EINTR, EINVAL (not an eventfd), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/eventfd_read.3.html">eventfd_read(3)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_read(int fd, out ulong value)
    {
        fixed (ulong* p = &value)
            return read(fd, p, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;
    }

    /// <inheritdoc cref="eventfd_read(int, out ulong)"/>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_read(SafeHandle fd, out ulong value)
    {
        fixed (ulong* p = &value)
            return read(fd, p, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;
    }

    /// <summary><c>eventfd_write(3)</c>: adds to the counter. It waits while the sum exceeds 2^64 - 2.</summary>
    /// <returns>0, or -1: EAGAIN (non-blocking), EINTR, EINVAL (2^64 - 1, or not an eventfd), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/eventfd_write.3.html">eventfd_write(3)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_write(int fd, ulong value) => write(fd, &value, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;

    /// <inheritdoc cref="eventfd_write(int, ulong)"/>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_write(SafeHandle fd, ulong value) => write(fd, &value, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;
}
