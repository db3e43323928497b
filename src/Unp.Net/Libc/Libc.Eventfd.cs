using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/eventfd.h>: Linux, and FreeBSD from 13 on.
public static unsafe partial class Libc
{
    /// <summary><c>eventfd(2)</c>: a counter that is a descriptor: readable while it is not 0; a write of 8 bytes adds, a read of 8 takes.</summary>
    /// <param name="initval">What it starts with.</param>
    /// <param name="flags">0, or EFD_CLOEXEC, EFD_NONBLOCK and EFD_SEMAPHORE ored.</param>
    /// <returns>The descriptor, or -1: EINVAL (unknown flags), EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int eventfd(uint initval, int flags);

    /// <summary><c>eventfd_read(3)</c>: takes the counter, or 1 of it (EFD_SEMAPHORE), waiting while it is 0.</summary>
    /// <returns>0, or -1: EAGAIN (non-blocking), EINTR, EINVAL (not an eventfd), EBADF.</returns>
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

    /// <summary><c>eventfd_write(3)</c>: adds to the counter, waiting while there is no room: it goes up to 2^64 - 2.</summary>
    /// <returns>0, or -1: EAGAIN (non-blocking), EINTR, EINVAL (2^64 - 1, or not an eventfd), EBADF.</returns>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_write(int fd, ulong value) => write(fd, &value, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;

    /// <inheritdoc cref="eventfd_write(int, ulong)"/>
    [UnsupportedOSPlatform("macos")]
    public static int eventfd_write(SafeHandle fd, ulong value) => write(fd, &value, sizeof(ulong)) == sizeof(ulong) ? 0 : -1;
}
