namespace Unp.Samples.nonblock;

/// <summary>
/// TCP echo server in one process that accepts 5 seconds late, after a client may have reset its connection (UNP 16.6). On Linux accept(2)
/// succeeds nevertheless. The first read then fails and ends the server. <see cref="tcpcliserv.tcpservselect01"/> avoids this.
/// </summary>
static class tcpservselect03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        int maxi = -1; // the highest index in use
        var client = new Fd?[FD_SETSIZE]; // null: a free entry
        FdSet allset = default;
        allset.Set(listenfd);
        Span<byte> line = stackalloc byte[MAXLINE];
        while (true)
        {
            FdSet rset = allset;
            int nready = Select(rset.Maxfdp1, ref rset); // maxfd + 1

            if (rset.IsSet(listenfd)) // new client connection
            {
                Console.WriteLine("listening socket readable");
                Thread.Sleep(TimeSpan.FromSeconds(5));
                Fd connfd = Accept(listenfd);
                if (!FdSet.Fits(connfd))
                    err_quit("too many clients");
                int i = Array.IndexOf(client, null);
                client[i] = connfd;
                allset.Set(connfd);
                maxi = Math.Max(maxi, i);
                if (--nready <= 0)
                    continue;
            }

            for (int i = 0; i <= maxi; i++) // check all clients for data
            {
                if (client[i] is not { } sockfd || !rset.IsSet(sockfd))
                    continue;
                if (!EchoLines(sockfd, line))
                {
                    allset.Clr(sockfd);
                    sockfd.Dispose();
                    client[i] = null;
                }
                if (--nready <= 0)
                    break;
            }
        }
    }

    /// <summary>
    /// Echoes a line and all lines that were read ahead with it, because select(2) does not see those. Returns false at the end.
    /// </summary>
    static bool EchoLines(Fd sockfd, Span<byte> line)
    {
        int n;
        do
        {
            n = Readline(sockfd, line);
            if (n > 0)
                Writen(sockfd, line[..n]);
        }
        while (n > 0 && Readlinebuf(sockfd).Contains((byte)'\n'));
        return n > 0;
    }
}
