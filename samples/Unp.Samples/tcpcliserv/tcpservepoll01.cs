namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with level-triggered epoll, which corresponds to /dev/poll and kqueue (UNP 14.9). The number of clients
/// is limited only by the number of descriptors.
/// </summary>
static class tcpservepoll01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd epfd = Epoll_create1();
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        Epoll_ctl(epfd, EPOLL_CTL_ADD, listenfd, EPOLLIN, Number(listenfd));
        options.Ready(listenfd);

        var clients = new Dictionary<ulong, EchoConnection>();
        Span<epoll_event> events = stackalloc epoll_event[64];
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            bool wasFull = listener.IsFull;
            bool mayAccept = wasFull;
            foreach (ref readonly epoll_event ready in events[..Epoll_wait(epfd, events, listener.WaitTimeout)])
            {
                if (!clients.TryGetValue(ready.data.u64, out EchoConnection? client))
                {
                    mayAccept = true;
                    continue;
                }
                bool wasSending = client.IsSending;
                client.Echo(buf);
                if (client.IsOver)
                {
                    clients.Remove(ready.data.u64);
                    client.Dispose(); // also removes it from the epoll set
                }
                else if (client.IsSending != wasSending)
                {
                    Epoll_ctl(epfd, EPOLL_CTL_MOD, client.Sockfd, client.IsSending ? EPOLLOUT : EPOLLIN, ready.data.u64);
                }
            }

            while (mayAccept && listener.Accept() is { } newcomer)
            {
                ulong number = Number(newcomer.Sockfd);
                var wanted = new epoll_event { events = EPOLLIN, data = new() { u64 = number } };
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
            if (listener.IsFull != wasFull)
                Epoll_ctl(epfd, EPOLL_CTL_MOD, listenfd, listener.IsFull ? 0 : EPOLLIN, Number(listenfd));
        }
    }

    static ulong Number(Fd fd) => (ulong)fd.DangerousGetHandle();
}
