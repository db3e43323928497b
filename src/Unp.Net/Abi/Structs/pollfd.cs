namespace Unp.Net;

/// <summary>One descriptor in the array that <c>poll</c> watches. (poll(2))</summary>
public struct pollfd
{
    /// <summary>The descriptor. A negative one is skipped: <see cref="revents"/> becomes 0.</summary>
    public int fd;

    /// <summary>What to wait for: <c>POLLIN</c>, <c>POLLOUT</c>, <c>POLLPRI</c>... The error events need no asking.</summary>
    public short events;

    /// <summary>What has happened: of the asked events, and <c>POLLERR</c>, <c>POLLHUP</c>, <c>POLLNVAL</c>.</summary>
    public short revents;
}
