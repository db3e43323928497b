namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with epoll, edge-triggered: each socket is added once, for both directions, and is told of only when there is news.
/// So a client is served until it has to wait (EAGAIN), also after a read that did not fill the buffer: the end may have come with the data (section
/// 14.9 has the level-triggered relatives).
/// </summary>
static class tcpservepoll02
{
    /// <summary>How often a client is served in a row. One that sends without end would otherwise be the only one.</summary>
    const int Turn = 16;

    public static void Main(string[] args, Options options)
    {
        using Fd epfd = Epoll_create1();
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        Epoll_ctl(epfd, EPOLL_CTL_ADD, listenfd, EPOLLIN | EPOLLET, Number(listenfd));
        options.Ready(listenfd);

        var clients = new Dictionary<ulong, EchoConnection>();
        Span<epoll_event> events = stackalloc epoll_event[64];
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            bool anybody = listener.IsFull;
            foreach (ref readonly epoll_event ready in events[..Epoll_wait(epfd, events, listener.Patience)])
            {
                if (!clients.TryGetValue(ready.data.u64, out EchoConnection? client))
                {
                    anybody = true;
                    continue;
                }
                int rounds = 0;
                while (rounds < Turn && client.Echo(buf))
                    rounds++;
                if (client.IsOver)
                {
                    clients.Remove(ready.data.u64);
                    client.Dispose(); // which takes it from the list
                }
                else if (rounds == Turn)
                {
                    // Not drained yet, and nobody would tell: a change of the list makes the kernel look again.
                    Epoll_ctl(epfd, EPOLL_CTL_MOD, client.Sockfd, EPOLLIN | EPOLLOUT | EPOLLET, ready.data.u64);
                }
            }

            while (anybody && listener.Accept() is { } newcomer)
            {
                ulong number = Number(newcomer.Sockfd);
                var wanted = new epoll_event { events = EPOLLIN | EPOLLOUT | EPOLLET, data = new() { u64 = number } };
                if (epoll_ctl(epfd, EPOLL_CTL_ADD, newcomer.Sockfd, wanted) == 0)
                {
                    clients.Add(number, newcomer);
                }
                else
                {
                    err_ret("epoll_ctl error, a client is lost"); // ENOSPC (max_user_watches), ENOMEM
                    newcomer.Dispose();
                }
            }
        }
    }

    static ulong Number(Fd fd) => (ulong)fd.DangerousGetHandle();
}
