namespace Unp.Net;

/// <summary>How a <see cref="Poller"/> watches a descriptor. What a mechanism lacks is a <see cref="NotSupportedException"/> with its name.</summary>
[Flags]
public enum PollMode
{
    /// <summary>Tells in each wait what is ready: whoever leaves data unread is told again. The default; every mechanism has it.</summary>
    LevelTriggered = 0,

    /// <summary>
    /// Tells when something becomes ready, and not again before there is news: read until EAGAIN. EPOLLET, EV_CLEAR; select and poll do not have it.
    /// </summary>
    EdgeTriggered = 1 << 0,

    /// <summary>Tells once, and then nothing before <see cref="Poller.Modify"/>. EPOLLONESHOT, EV_DISPATCH; select and poll do not have it.</summary>
    OneShot = 1 << 1,

    /// <summary>
    /// Of several pollers that watch the same descriptor, wakes one or some, not all, and tells the others nothing: for a listening socket that
    /// processes or threads share. Such a registration cannot be modified. EPOLLEXCLUSIVE; epoll only.
    /// </summary>
    Exclusive = 1 << 2,
}
