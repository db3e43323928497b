namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server in one process with poll (figures 6.25 and 6.26). Like <see cref="tcpservselect01"/>, it blocks in <c>writen</c> while
/// a client does not read (UNP 6.8). <see cref="tcpservpoll02"/> blocks only in poll.
/// </summary>
static class tcpservpoll01
{
    /// <summary>The number of entries. Linux defines no such constant, because the limit can change. Usually it is 1024.</summary>
    const int OPEN_MAX = 1024;

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        int maxi = 0; // the highest index in use
        var client = new pollfd[OPEN_MAX];
        var owner = new Fd[OPEN_MAX]; // owns the descriptor of the same index
        client[0] = new() { fd = Number(listenfd), events = POLLRDNORM };
        for (int i = 1; i < OPEN_MAX; i++)
            client[i].fd = -1; // a free entry
        Span<byte> buf = stackalloc byte[MAXLINE];
        bool isReported = false;
        while (true)
        {
            int nready = Poll(client.AsSpan(0, maxi + 1)); // INFTIM

            if ((client[0].revents & POLLRDNORM) != 0) // new client connection
            {
                if (Acceptor.AcceptOrPause(listenfd, ref isReported) is { } connfd)
                {
                    int i = Array.FindIndex(client, entry => entry.fd < 0);
                    if (i < 0)
                    {
                        err_msg("too many clients");
                        connfd.Dispose();
                        continue;
                    }
                    client[i] = new() { fd = Number(connfd), events = POLLRDNORM };
                    owner[i] = connfd;
                    maxi = Math.Max(maxi, i);
                }
                if (--nready <= 0)
                    continue;
            }

            for (int i = 1; i <= maxi; i++) // check all clients for data
            {
                if (client[i].fd < 0 || (client[i].revents & (POLLRDNORM | POLLERR)) == 0)
                    continue;

                // C checks read for ECONNRESET, but its Writen ends the server. Here only the client is lost.
                nint n = read(owner[i], buf);
                if (n <= 0 || writen(owner[i], buf[..(int)n]) < 0)
                {
                    owner[i].Dispose();
                    client[i].fd = -1;
                }
                if (--nready <= 0)
                    break;
            }
        }
    }

    static int Number(Fd fd) => (int)fd.DangerousGetHandle();
}
