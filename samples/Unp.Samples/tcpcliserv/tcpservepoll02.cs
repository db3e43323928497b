namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with edge-triggered epoll (UNP 14.9). Each socket is added once for both directions, and only changes are
/// reported. So each client is served until EAGAIN, even after a read that did not fill the buffer, because the end may have arrived too.
/// </summary>
static class tcpservepoll02
{
    /// <summary>The number of times a client is served in a row. Without the limit one fast sender would occupy the server.</summary>
    const int MaxRounds = 16;

    public static void Main(string[] args, ProgramOptions options)
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
            bool mayAccept = listener.IsFull;
            foreach (ref readonly epoll_event ready in events[..Epoll_wait(epfd, events, listener.WaitTimeout)])
            {
                if (!clients.TryGetValue(ready.data.u64, out EchoConnection? client))
                {
                    mayAccept = true;
                    continue;
                }
                int rounds = 0;
                while (rounds < MaxRounds && client.Echo(buf))
                    rounds++;
                if (client.IsOver)
                {
                    clients.Remove(ready.data.u64);
                    client.Dispose(); // also removes it from the epoll set
                }
                else if (rounds == MaxRounds)
                {
                    // Input may remain that epoll has already reported. EPOLL_CTL_MOD makes the kernel check again.
                    Epoll_ctl(epfd, EPOLL_CTL_MOD, client.Sockfd, EPOLLIN | EPOLLOUT | EPOLLET, ready.data.u64);
                }
            }

            while (mayAccept && listener.Accept() is { } newcomer)
            {
                ulong number = Number(newcomer.Sockfd);
                var wanted = new epoll_event { events = EPOLLIN | EPOLLOUT | EPOLLET, data = new() { u64 = number } };
                if (epoll_ctl(epfd, EPOLL_CTL_ADD, newcomer.Sockfd, wanted) == 0)
                {
                    clients.Add(number, newcomer);
                }
                else
                {
                    err_ret("epoll_ctl error; closing a client"); // ENOSPC (max_user_watches), ENOMEM
                    newcomer.Dispose();
                }
            }
        }
    }

    static ulong Number(Fd fd) => (ulong)fd.DangerousGetHandle();
}
