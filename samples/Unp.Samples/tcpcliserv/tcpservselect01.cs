namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with select (figures 6.21 and 6.22). It blocks in <c>writen</c> while a client does not read, so one
/// client denies the service to all others (UNP 6.8). <see cref="tcpservselect02"/> blocks only in select.
/// </summary>
static class tcpservselect01
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
        Span<byte> buf = stackalloc byte[MAXLINE];
        bool isReported = false;
        while (true)
        {
            FdSet rset = allset;
            int nready = Select(rset.Maxfdp1, ref rset); // maxfd + 1

            if (rset.IsSet(listenfd)) // new client connection
            {
                if (Acceptor.AcceptOrPause(listenfd, ref isReported) is { } connfd)
                {
                    // A set is full before the array is. C does not check this, and writes beyond the set.
                    if (!FdSet.Fits(connfd))
                    {
                        err_msg($"too many clients: {connfd} does not fit into a set of {FD_SETSIZE}");
                        connfd.Dispose();
                        continue;
                    }
                    int i = Array.IndexOf(client, null);
                    client[i] = connfd;
                    allset.Set(connfd);
                    maxi = Math.Max(maxi, i);
                }
                if (--nready <= 0)
                    continue;
            }

            for (int i = 0; i <= maxi; i++) // check all clients for data
            {
                if (client[i] is not { } sockfd || !rset.IsSet(sockfd))
                    continue;

                // C's Read and Writen end the server when a client has reset its connection. Here only that client is lost.
                nint n = read(sockfd, buf);
                if (n <= 0 || writen(sockfd, buf[..(int)n]) < 0)
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
}
