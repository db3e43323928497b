using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Creates a stopped timer as a descriptor, close-on-exec (<c>timerfd_create(2)</c>). Linux, and FreeBSD since 14.</summary>
    /// <remarks>
    /// The descriptor is readable after the timer has expired, so <see cref="Poll"/> and every <see cref="Poller"/> can wait for it.
    /// </remarks>
    /// <param name="clockid">
    /// CLOCK_MONOTONIC; CLOCK_REALTIME for the time of day; on Linux CLOCK_BOOTTIME, which also counts the time that the machine is
    /// suspended.
    /// </param>
    /// <param name="flags">0 or TFD_NONBLOCK.</param>
    /// <exception cref="UnpException">EINVAL (no such clock), EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">macOS has no timerfd. Use kqueue with EVFILT_TIMER.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static Fd Timerfd_create(int clockid, int flags = 0)
    {
        CheckTimerfd("timerfd_create");
        int fd = timerfd_create(clockid, flags | TFD_CLOEXEC);
        return fd >= 0 ? new Fd(fd) { Kind = DescriptorKind.Timerfd } : throw Failed("timerfd_create");
    }

    /// <summary>Starts or stops the timer (<c>timerfd_settime(2)</c>).</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="value">
    /// The time until the timer expires. Zero means at once, and null stops the timer. In C zero stops it.
    /// </param>
    /// <param name="interval">The period of later expirations; zero for a single expiration.</param>
    /// <exception cref="UnpException">EINVAL: not a timer; EBADF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    /// <example>
    /// <code>
    /// using Fd timer = Timerfd_create(CLOCK_MONOTONIC);
    /// Timerfd_settime(timer, TimeSpan.FromSeconds(1), interval: TimeSpan.FromSeconds(1));
    /// poller.Add(timer, PollEvents.Readable);      // readable until ReadTimerfd has read the number of expirations
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_settime.2.html">timerfd_settime(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static void Timerfd_settime(SafeHandle fd, TimeSpan? value, TimeSpan interval = default)
    {
        Check(fd);
        ArgumentOutOfRangeException.ThrowIfLessThan(value ?? default, TimeSpan.Zero, nameof(value));
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        var timer = new itimerspec { it_value = ToTimespec(value ?? default), it_interval = ToTimespec(interval) };
        if (value == TimeSpan.Zero)
            timer.it_value.tv_nsec = 1;
        Timerfd_settime(fd, 0, timer);
    }

    /// <summary>Starts the timer so that it expires at a time of day (<c>timerfd_settime(2)</c> with TFD_TIMER_ABSTIME).</summary>
    /// <param name="fd">A timer of CLOCK_REALTIME.</param>
    /// <param name="when">A time since 1970. If it is past, the timer expires at once.</param>
    /// <param name="interval">The period of later expirations; zero for a single expiration.</param>
    /// <param name="cancelOnSet">Whether a read fails with ECANCELED after the clock was set.</param>
    /// <exception cref="UnpException">
    /// EINVAL: not a timer; ECANCELED: the clock was set, but the timer is started nevertheless; EBADF.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970, or the interval is negative.</exception>
    /// <exception cref="ArgumentException">
    /// The timer uses another clock, which would reach the time only years later. Linux only.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_settime.2.html">timerfd_settime(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static void Timerfd_settime(SafeHandle fd, DateTimeOffset when, TimeSpan interval = default, bool cancelOnSet = false)
    {
        Check(fd);
        ArgumentOutOfRangeException.ThrowIfLessThan(when, DateTimeOffset.UnixEpoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        if (DescriptorKinds.ClockOf(fd) is { } clock && clock is not (CLOCK_REALTIME or RealtimeAlarm))
        {
            throw new ArgumentException(
                $"{fd} is a timer of {ClockName(clock)}, which does not show the time of day. Create it with CLOCK_REALTIME.", nameof(fd));
        }
        var timer = new itimerspec { it_value = ToTimespec(when - DateTimeOffset.UnixEpoch), it_interval = ToTimespec(interval) };
        if (when == DateTimeOffset.UnixEpoch)
            timer.it_value.tv_nsec = 1;
        Timerfd_settime(fd, TFD_TIMER_ABSTIME | (cancelOnSet ? TFD_TIMER_CANCEL_ON_SET : 0), timer);
    }

    /// <summary>Starts or stops the timer with C's arguments, to the nanosecond (<c>timerfd_settime(2)</c>).</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="flags">0, or a combination of TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET.</param>
    /// <param name="value">The first expiration and the period of later ones. A zero <c>it_value</c> stops the timer.</param>
    /// <returns>The previous setting: the time that was left, and the period.</returns>
    /// <exception cref="UnpException">EINVAL: not a timer, or the nanoseconds are out of range; ECANCELED; EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_settime.2.html">timerfd_settime(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static itimerspec Timerfd_settime(SafeHandle fd, int flags, in itimerspec value)
    {
        Check(fd);
        CheckTimerfd("timerfd_settime");
        itimerspec old;
        fixed (itimerspec* p = &value)
            return timerfd_settime(fd, flags, p, &old) == 0 ? old : throw Failed("timerfd_settime", fd);
    }

    /// <summary>
    /// Returns the time until the next expiration (<c>timerfd_gettime(2)</c>); null if the timer is stopped or will not expire again.
    /// </summary>
    /// <param name="fd">A timer.</param>
    /// <param name="interval">The period of later expirations; zero for a single expiration.</param>
    /// <exception cref="UnpException">EINVAL: not a timer; EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_gettime.2.html">timerfd_gettime(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static TimeSpan? Timerfd_gettime(SafeHandle fd, out TimeSpan interval)
    {
        Check(fd);
        CheckTimerfd("timerfd_gettime");
        itimerspec timer;
        if (timerfd_gettime(fd, &timer) < 0)
            throw Failed("timerfd_gettime", fd);
        interval = ToTimeSpan(timer.it_interval);
        return timer.it_value is { tv_sec: 0, tv_nsec: 0 } ? null : ToTimeSpan(timer.it_value);
    }

    /// <summary>Returns the number of expirations since the last read, waiting for the first one.</summary>
    /// <param name="fd">A timer.</param>
    /// <exception cref="UnpException">
    /// EAGAIN: the timer is non-blocking and has not expired; ECANCELED: the clock was set; EINVAL: not a timer, and no data was read;
    /// EBADF.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static ulong ReadTimerfd(SafeHandle fd) =>
        TryReadTimerfd(fd, out ulong expirations) ? expirations : throw DescriptorKinds.Failed("read", fd, DescriptorKind.Timerfd);

    /// <summary>
    /// Works like <see cref="ReadTimerfd"/>, but returns false with the error in <see cref="Errno.Last"/> instead of throwing
    /// <see cref="UnpException"/>.
    /// </summary>
    /// <param name="fd">A timer.</param>
    /// <param name="expirations">The number of expirations since the last read; 0 after an error.</param>
    [UnsupportedOSPlatform("macos")]
    public static bool TryReadTimerfd(SafeHandle fd, out ulong expirations)
    {
        Check(fd);
        CheckTimerfd("timerfd");
        return ReadRecord(fd, DescriptorKind.Timerfd, out expirations) == 0;
    }

    // Linux's CLOCK_REALTIME_ALARM, which wakes a suspended machine.
    const int RealtimeAlarm = 8;

    static string ClockName(int clock) =>
        clock == CLOCK_MONOTONIC ? nameof(CLOCK_MONOTONIC) : clock == CLOCK_BOOTTIME ? nameof(CLOCK_BOOTTIME) : $"clock {clock}";

    static timespec ToTimespec(TimeSpan time) =>
        new()
        {
            tv_sec = time.Ticks / TimeSpan.TicksPerSecond,
            tv_nsec = time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        };

    /// <summary>Converts and rounds up, so a wait for the remaining time does not end early.</summary>
    static TimeSpan ToTimeSpan(timespec time) =>
        new((time.tv_sec * TimeSpan.TicksPerSecond) + ((time.tv_nsec + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick));

    static void CheckTimerfd(string function)
    {
        if (Target.IsMacOS)
            throw new PlatformNotSupportedException($"macOS has no {function}. Use the time-out of the wait, or kqueue with EVFILT_TIMER.");
    }
}
