namespace Unp.Net.Abi;

/// <summary>
/// The setting of a timer for <c>setitimer</c>: the interval (zero: expire once), and the time until the first expiration (zero: stop).
/// </summary>
struct itimerval
{
    public timeval it_interval;
    public timeval it_value;
}
