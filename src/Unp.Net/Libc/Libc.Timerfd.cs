using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/timerfd.h>: Linux, and FreeBSD from 14 on.
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>timerfd_create(2)</c>: creates a timer with a descriptor, which is readable after the timer has expired. A read of 8 bytes
    /// returns the number of expirations.
    /// </summary>
    /// <param name="clockid">CLOCK_MONOTONIC, CLOCK_REALTIME; on Linux also CLOCK_BOOTTIME.</param>
    /// <param name="flags">0, or TFD_CLOEXEC and TFD_NONBLOCK combined.</param>
    /// <returns>The descriptor, or -1: EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int timerfd_create(int clockid, int flags);

    /// <summary><c>timerfd_settime(2)</c>: starts the timer, or stops it.</summary>
    /// <param name="fd">The timer.</param>
    /// <param name="flags">0, or TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET combined.</param>
    /// <param name="new_value">The first expiration and the interval; zero for <c>it_value</c> stops the timer.</param>
    /// <param name="old_value">Receives the previous setting with the remaining time, or null.</param>
    /// <returns>0, or -1: EINVAL (not a timer, or invalid nanoseconds), EBADF, ECANCELED (the clock was set).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_settime.2.html">timerfd_settime(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int timerfd_settime(int fd, int flags, itimerspec* new_value, itimerspec* old_value);

    /// <inheritdoc cref="timerfd_settime(int, int, itimerspec*, itimerspec*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int timerfd_settime(SafeHandle fd, int flags, itimerspec* new_value, itimerspec* old_value);

    /// <summary><c>timerfd_gettime(2)</c>: reads the time until the next expiration, and the interval.</summary>
    /// <returns>0, or -1: EINVAL (not a timer), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_gettime.2.html">timerfd_gettime(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int timerfd_gettime(int fd, itimerspec* curr_value);

    /// <inheritdoc cref="timerfd_gettime(int, itimerspec*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int timerfd_gettime(SafeHandle fd, itimerspec* curr_value);
}
