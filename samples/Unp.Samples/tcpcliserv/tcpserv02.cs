namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server whose SIGCHLD handler waits for one child (figures 5.2 and 5.7). Signals are not queued, so some of five children that
/// end together may stay zombies.
/// </summary>
static class tcpserv02
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

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }
}
