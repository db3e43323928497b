namespace Unp.Net.Multiplexing;

/// <summary>A mechanism that watches the readers of a <see cref="Ring"/>.</summary>
interface IDispatchLoop : IDisposable
{
    /// <summary>Starts watching.</summary>
    void Watch(Ring ring);

    /// <summary>Waits once and passes readable descriptors to <see cref="Ring.OnReadable"/>.</summary>
    void Turn();

    /// <summary>
    /// Creates a mechanism. It must exist before the pairs, because select needs a low descriptor number for <see cref="Poller.Wake"/>.
    /// </summary>
    static IDispatchLoop Create(string api, string mechanism) => (api, mechanism) switch
    {
        ("poller", "edge") => new PollerLoop(Poller.Create("epoll"), PollMode.EdgeTriggered),
        ("poller", _) => new PollerLoop(Poller.Create(mechanism), PollMode.LevelTriggered),
        ("libc", "select") => new LibcSelectLoop(),
        ("libc", "poll") => new LibcPollLoop(),
        ("libc", "epoll") => new LibcEpollLoop(isEdge: false),
        ("libc", "edge") => new LibcEpollLoop(isEdge: true),
        _ => throw new ArgumentException($"{api} {mechanism}"),
    };
}
