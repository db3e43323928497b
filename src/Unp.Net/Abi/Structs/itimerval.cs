namespace Unp.Net.Abi;

/// <summary>A timer of <c>setitimer</c>: how long from now, and every how long after that; zero: not, and once.</summary>
struct itimerval
{
    public timeval it_interval;
    public timeval it_value;
}
