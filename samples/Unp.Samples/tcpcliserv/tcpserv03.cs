namespace Unp.Samples.tcpcliserv;

/// <summary><see cref="tcpserv02"/> that calls accept again after EINTR (UNP 5.9).</summary>
static class tcpserv03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWait);
        options.Ready(listenfd);

        bool isReported = false;
        while (true)
        {
            int connfd = accept(listenfd, out _);
            if (connfd < 0)
            {
                if (Errno.Last == Errno.EINTR)
                    continue;
                if (!Acceptor.CanRetry(Errno.Last))
                    err_sys("accept error");
                Acceptor.Pause($"accept error: {Errno.Last.Message}", ref isReported);
                continue;
            }
            isReported = false;

            Child.Start(new Fd(connfd), Str_echo);
        }
    }
}
