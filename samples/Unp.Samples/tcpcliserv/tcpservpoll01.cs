namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with poll (figures 6.25 and 6.26), for as many clients as there are descriptors. A client that resets its connection
/// ends that one only.
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
        options.Ready(listenfd);

        // Entry i of the one is about entry i of the other; the listening socket is the first.
        var sockets = new List<Fd> { listenfd };
        pollfd[] watched = new pollfd[64];
        watched[0] = Watch(listenfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            Poll(watched.AsSpan(0, sockets.Count));

            for (int i = sockets.Count - 1; i > 0; i--)
            {
                if (watched[i].revents != 0 && !Echo(sockets[i], buf))
                {
                    sockets[i].Dispose();
                    (sockets[i], watched[i]) = (sockets[^1], watched[sockets.Count - 1]);
                    sockets.RemoveAt(sockets.Count - 1);
                }
            }

            if (watched[0].revents != 0)
            {
                Fd connfd = Accept(listenfd);
                if (sockets.Count == watched.Length)
                    Array.Resize(ref watched, 2 * watched.Length);
                watched[sockets.Count] = Watch(connfd);
                sockets.Add(connfd);
            }
        }
    }

    static pollfd Watch(Fd fd) => new() { fd = (int)fd.DangerousGetHandle(), events = POLLRDNORM };

    /// <summary>Sends back what has come; false when the client is gone.</summary>
    static bool Echo(Fd sockfd, Span<byte> buf)
    {
        nint n = read(sockfd, buf);
        return n > 0 && writen(sockfd, buf[..(int)n]) > 0;
    }
}
