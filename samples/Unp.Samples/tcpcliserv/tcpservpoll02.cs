namespace Unp.Samples.tcpcliserv;

/// <summary>
/// <see cref="tcpservpoll01"/> with nonblocking sockets (UNP 6.11). A client that does not read, or for which no descriptor is free, delays
/// no other client. The array grows, so only the number of descriptors limits the number of clients.
/// </summary>
static class tcpservpoll02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        options.Ready(listenfd);

        // Entry 0 of "watched" is the listening socket. Entry i + 1 belongs to clients[i].
        var clients = new List<EchoConnection>();
        pollfd[] watched = new pollfd[64];
        watched[0] = Watch(listenfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            watched[0].events = listener.IsFull ? (short)0 : POLLRDNORM;
            Poll(watched.AsSpan(0, clients.Count + 1), listener.WaitTimeout);

            for (int i = clients.Count - 1; i >= 0; i--)
            {
                if (watched[i + 1].revents == 0)
                    continue;
                EchoConnection client = clients[i];
                client.Echo(buf);
                watched[i + 1].events = client.IsSending ? POLLWRNORM : POLLRDNORM;
                if (client.IsOver)
                {
                    client.Dispose();
                    (clients[i], watched[i + 1]) = (clients[^1], watched[clients.Count]);
                    clients.RemoveAt(clients.Count - 1);
                }
            }

            bool mayAccept = listener.IsFull || watched[0].revents != 0;
            while (mayAccept && listener.Accept() is { } newcomer)
            {
                clients.Add(newcomer);
                if (clients.Count == watched.Length)
                    Array.Resize(ref watched, 2 * watched.Length);
                watched[clients.Count] = Watch(newcomer.Sockfd);
            }
        }
    }

    static pollfd Watch(Fd fd) => new() { fd = (int)fd.DangerousGetHandle(), events = POLLRDNORM };
}
