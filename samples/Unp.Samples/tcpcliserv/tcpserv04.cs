namespace Unp.Samples.tcpcliserv;

/// <summary>The final TCP echo server: it continues after EINTR and reaps every ended child (figures 5.11 and 5.12).</summary>
static class tcpserv04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }
}
