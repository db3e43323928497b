namespace Unp.Net.Abi;

/// <summary>A timer of <c>setitimer</c>: how long from now, and every how long after that; zero: not, and once.</summary>
struct itimerval
{
    public timeval it_interval;
    public timeval it_value;
}

/// <summary>A timer of <c>timerfd_settime</c>, to the nanosecond. Not on macOS.</summary>
struct itimerspec
{
    public timespec it_interval;
    public timespec it_value;
}
