namespace Unp.Net;

/// <summary>
/// How a <see cref="Poller"/> watches a descriptor. A mode that the mechanism does not support throws <see cref="NotSupportedException"/>.
/// </summary>
[Flags]
public enum PollMode
{
    /// <summary>Reports a ready descriptor in every wait until the data is read. The default; every mechanism supports it.</summary>
    LevelTriggered = 0,

    /// <summary>
    /// Reports a descriptor when it becomes ready, and again only after new data or space arrives, so read until EAGAIN. EPOLLET, EV_CLEAR;
    /// not supported by select and poll.
    /// </summary>
    EdgeTriggered = 1 << 0,

    /// <summary>
    /// Reports a descriptor once, and again only after <see cref="Poller.Modify"/>. EPOLLONESHOT, EV_DISPATCH; not supported by select and
    /// poll.
    /// </summary>
    OneShot = 1 << 1,

    /// <summary>
    /// Wakes one or a few of the pollers that watch the same descriptor, not all. Use it for a listening socket that several processes or
    /// threads share. The registration cannot be modified. EPOLLEXCLUSIVE; epoll only.
    /// </summary>
    Exclusive = 1 << 2,
}
