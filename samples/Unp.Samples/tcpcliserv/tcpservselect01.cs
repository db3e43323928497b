namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo server in one process with select (figures 6.21 and 6.22). A client that resets its connection ends that one only.</summary>
static class tcpservselect01
{
    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        var clients = new List<Fd>();
        FdSet allset = default;
        allset.Set(listenfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            FdSet rset = allset;
            Select(allset.Maxfdp1, ref rset);

            if (rset.IsSet(listenfd))
            {
                Fd connfd = Accept(listenfd);
                if (FdSet.Fits(connfd))
                {
                    allset.Set(connfd);
                    clients.Add(connfd);
                }
                else
                {
                    err_msg($"too many clients: {connfd} does not fit into a set of {FdSet.Capacity}");
                    connfd.Dispose();
                }
            }

            for (int i = clients.Count - 1; i >= 0; i--)
            {
                Fd sockfd = clients[i];
                if (rset.IsSet(sockfd) && !Echo(sockfd, buf))
                {
                    allset.Clr(sockfd);
                    clients.RemoveAt(i);
                    sockfd.Dispose();
                }
            }
        }
    }

    /// <summary>Sends back what has come; false when the client is gone.</summary>
    static bool Echo(Fd sockfd, Span<byte> buf)
    {
        nint n = read(sockfd, buf);
        return n > 0 && writen(sockfd, buf[..(int)n]) > 0;
    }
}
