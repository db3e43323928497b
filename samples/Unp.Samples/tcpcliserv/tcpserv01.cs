namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo server with one child per client (figure 5.2). The children are never reaped, so they stay zombies.</summary>
static class tcpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }
}
