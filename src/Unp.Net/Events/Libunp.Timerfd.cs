using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>timerfd_create(2)</c>, close-on-exec: a timer that is a descriptor, readable once it has run out, for <see cref="Poll"/> and every
    /// <see cref="Poller"/>. Linux, and FreeBSD from 14 on.
    /// </summary>
    /// <param name="clockid">CLOCK_MONOTONIC; CLOCK_REALTIME for the time of day; on Linux CLOCK_BOOTTIME, which goes on while the machine sleeps.</param>
    /// <param name="flags">0 or TFD_NONBLOCK.</param>
    /// <exception cref="UnpException">EINVAL (no such clock), EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue's EVFILT_TIMER instead.</exception>
    [UnsupportedOSPlatform("macos")]
    public static Fd Timerfd_create(int clockid, int flags = 0)
    {
        CheckTimerfd("timerfd_create");
        int fd = timerfd_create(clockid, flags | TFD_CLOEXEC);
        return fd >= 0 ? new Fd(fd) { Kind = DescriptorKind.Timerfd } : throw Failed("timerfd_create");
    }

    /// <summary><c>timerfd_settime(2)</c>: starts the timer, or stops it.</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="value">How long from now; zero runs out at once, null never: that stops the timer. C's zero does.</param>
    /// <param name="interval">Every how long after that; zero: once.</param>
    /// <exception cref="UnpException">EINVAL: not a timer; EBADF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
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

    /// <summary><c>timerfd_settime(2)</c> with TFD_TIMER_ABSTIME: the timer runs out when the clock of the time of day shows a time.</summary>
    /// <param name="fd">A timer of CLOCK_REALTIME.</param>
    /// <param name="when">A time since 1970; one that is past runs out at once.</param>
    /// <param name="interval">Every how long after that; zero: once.</param>
    /// <param name="cancelOnSet">Whether a read fails with ECANCELED when somebody sets the clock.</param>
    /// <exception cref="UnpException">EINVAL: not a timer; ECANCELED: the clock was set, and the timer is now set all the same; EBADF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970, or the interval is negative.</exception>
    /// <exception cref="ArgumentException">The timer is of another clock, by which the time would be years ahead. Linux.</exception>
    [UnsupportedOSPlatform("macos")]
    public static void Timerfd_settime(SafeHandle fd, DateTimeOffset when, TimeSpan interval = default, bool cancelOnSet = false)
    {
        Check(fd);
        ArgumentOutOfRangeException.ThrowIfLessThan(when, DateTimeOffset.UnixEpoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        if (DescriptorKinds.ClockOf(fd) is { } clock && clock is not (CLOCK_REALTIME or RealtimeAlarm))
            throw new ArgumentException($"{fd} is a timer of {ClockName(clock)}, which does not show the time of day: create it with CLOCK_REALTIME.", nameof(fd));
        var timer = new itimerspec { it_value = ToTimespec(when - DateTimeOffset.UnixEpoch), it_interval = ToTimespec(interval) };
        if (when == DateTimeOffset.UnixEpoch)
            timer.it_value.tv_nsec = 1;
        Timerfd_settime(fd, TFD_TIMER_ABSTIME | (cancelOnSet ? TFD_TIMER_CANCEL_ON_SET : 0), timer);
    }

    /// <summary><c>timerfd_settime(2)</c> as in C, to the nanosecond.</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="flags">0, or TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET ored.</param>
    /// <param name="value">When, and every how long after that; zero for <c>it_value</c> stops the timer.</param>
    /// <returns>What was left, and the interval until now.</returns>
    /// <exception cref="UnpException">EINVAL: not a timer, or nanoseconds that are too many; ECANCELED; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static itimerspec Timerfd_settime(SafeHandle fd, int flags, in itimerspec value)
    {
        Check(fd);
        CheckTimerfd("timerfd_settime");
        itimerspec old;
        fixed (itimerspec* p = &value)
            return timerfd_settime(fd, flags, p, &old) == 0 ? old : throw Failed("timerfd_settime");
    }

    /// <summary><c>timerfd_gettime(2)</c>: how long it is until the timer runs out next; null when it is stopped, or was for once and has.</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="interval">Every how long after that; zero: once.</param>
    /// <exception cref="UnpException">EINVAL: not a timer; EBADF.</exception>
    [UnsupportedOSPlatform("macos")]
    public static TimeSpan? Timerfd_gettime(SafeHandle fd, out TimeSpan interval)
    {
        Check(fd);
        CheckTimerfd("timerfd_gettime");
        itimerspec timer;
        if (timerfd_gettime(fd, &timer) < 0)
            throw Failed("timerfd_gettime");
        interval = ToTimeSpan(timer.it_interval);
        return timer.it_value is { tv_sec: 0, tv_nsec: 0 } ? null : ToTimeSpan(timer.it_value);
    }

    /// <summary>Takes how often the timer has run out since the last time, waiting until it has once.</summary>
    /// <param name="fd">A timer.</param>
    /// <exception cref="UnpException">
    /// EAGAIN: non-blocking, and it has not; ECANCELED: the clock was set; EINVAL: not a timer, from which nothing was taken; EBADF.
    /// </exception>
    [UnsupportedOSPlatform("macos")]
    public static ulong Timerfd_read(SafeHandle fd) =>
        timerfd_read(fd, out ulong expirations) == 0 ? expirations
        : throw DescriptorKinds.Failed("timerfd_read", fd, DescriptorKind.Timerfd);

    /// <summary>As <see cref="Timerfd_read"/>, but returns 0, or -1 with <see cref="Errno.Last"/> where that throws.</summary>
    /// <param name="fd">A timer.</param>
    /// <param name="expirations">How often it has run out.</param>
    [UnsupportedOSPlatform("macos")]
    public static int timerfd_read(SafeHandle fd, out ulong expirations)
    {
        Check(fd);
        CheckTimerfd("timerfd_read");
        return ReadRecord(fd, DescriptorKind.Timerfd, out expirations);
    }

    // CLOCK_REALTIME_ALARM of Linux, which wakes a sleeping machine.
    const int RealtimeAlarm = 8;

    static string ClockName(int clock) =>
        clock == CLOCK_MONOTONIC ? nameof(CLOCK_MONOTONIC) : clock == CLOCK_BOOTTIME ? nameof(CLOCK_BOOTTIME) : $"clock {clock}";

    static timespec ToTimespec(TimeSpan time) =>
        new() { tv_sec = time.Ticks / TimeSpan.TicksPerSecond, tv_nsec = time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };

    /// <summary>Rounded up: a wait for what is left should not end before.</summary>
    static TimeSpan ToTimeSpan(timespec time) =>
        new((time.tv_sec * TimeSpan.TicksPerSecond) + ((time.tv_nsec + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick));

    static void CheckTimerfd(string function)
    {
        if (OperatingSystem.IsMacOS())
            throw new PlatformNotSupportedException($"macOS has no {function}; use the time-out of the wait, or kqueue with EVFILT_TIMER.");
    }
}
