using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>One descriptor in the array that <c>poll</c> watches. (poll(2))</summary>
public struct pollfd
{
    /// <summary>The descriptor. A negative one is skipped: <see cref="revents"/> becomes 0.</summary>
    public int fd;

    /// <summary>The requested events: <c>POLLIN</c>, <c>POLLOUT</c>, <c>POLLPRI</c>... The error events are always reported.</summary>
    public short events;

    /// <summary>The reported events: requested ones, and <c>POLLERR</c>, <c>POLLHUP</c>, <c>POLLNVAL</c>.</summary>
    public short revents;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{fd=5, events=POLLIN, revents=POLLIN|POLLHUP}"</c>.</summary>
    public override readonly string ToString() =>
        $"{{fd={fd}, events={ConstantNames.PollEvents(events)}, revents={ConstantNames.PollEvents(revents)}}}";
}
