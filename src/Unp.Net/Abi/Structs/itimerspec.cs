namespace Unp.Net;

/// <summary>The setting of a timer for <c>timerfd_settime</c>, in nanoseconds. (timerfd_create(2)) Not on macOS.</summary>
public struct itimerspec
{
    /// <summary>The interval after the first expiration; zero: expire only once.</summary>
    public timespec it_interval;

    /// <summary>The first expiration: relative to now, or with TFD_TIMER_ABSTIME a time of the clock; zero: never.</summary>
    public timespec it_value;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{it_interval={...}, it_value={tv_sec=1, tv_nsec=0}}"</c>.</summary>
    public override readonly string ToString() => $"{{it_interval={it_interval}, it_value={it_value}}}";
}
