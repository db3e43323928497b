using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Multiplexing;

/// <summary>A server with level-triggered epoll through <see cref="Libc"/>, for comparison with <see cref="Poller"/>.</summary>
sealed class LibcEpollEcho : EchoLoop
{
    readonly Fd epfd = Epoll_create1();
    readonly int epollNumber;
    readonly epoll_event[] events = new epoll_event[1024];

    internal LibcEpollEcho()
        : base(isEdge: false)
    {
        epollNumber = (int)epfd.DangerousGetHandle();
        Epoll_ctl(epfd, EPOLL_CTL_ADD, Listener, EPOLLIN, (uint)ListenerNumber);
    }

    internal override void Turn()
    {
        int ready = epoll_wait(epollNumber, events, -1);
        for (int i = 0; i < ready; i++)
            Serve(events[i].data.fd, isClosing: false);
    }

    protected override void Watch(EchoConnection connection, int number) =>
        Epoll_ctl(epfd, EPOLL_CTL_ADD, connection.Socket, EPOLLIN, (uint)number);

    protected override void Change(EchoConnection connection, Wish wish) => Epoll_ctl(
        epfd, EPOLL_CTL_MOD, connection.Socket, wish == Wish.Writing ? EPOLLOUT : EPOLLIN, (uint)connection.Socket.DangerousGetHandle());

    protected override void Unwatch(EchoConnection connection)
    {
        // The kernel stops watching when the socket is closed.
    }

    protected override void Close() => epfd.Dispose();
}
