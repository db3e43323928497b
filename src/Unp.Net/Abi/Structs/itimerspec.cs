namespace Unp.Net;

/// <summary>A timer of <c>timerfd_settime</c>, to the nanosecond. (timerfd_create(2)) Not on macOS.</summary>
public struct itimerspec
{
    /// <summary>Every how long after the first time; zero: once.</summary>
    public timespec it_interval;

    /// <summary>When for the first time: how long from now, or with TFD_TIMER_ABSTIME what the clock shows then; zero: never.</summary>
    public timespec it_value;
}
