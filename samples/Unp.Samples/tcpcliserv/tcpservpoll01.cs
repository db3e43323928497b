namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with poll (figures 6.25 and 6.26), for as many clients as there are descriptors. One that resets its connection ends
/// that one only, and one that does not read makes nobody else wait.
/// </summary>
static class tcpservpoll01
{
    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        var listener = new EchoListener(listenfd);
        options.Ready(listenfd);

        // Entry i + 1 of the one is about entry i of the other; the listening socket is the first.
        var clients = new List<EchoConnection>();
        pollfd[] watched = new pollfd[64];
        watched[0] = Watch(listenfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            watched[0].events = listener.IsFull ? (short)0 : POLLRDNORM;
            Poll(watched.AsSpan(0, clients.Count + 1), listener.Patience);

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

            bool anybody = listener.IsFull || watched[0].revents != 0;
            while (anybody && listener.Accept() is { } newcomer)
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
