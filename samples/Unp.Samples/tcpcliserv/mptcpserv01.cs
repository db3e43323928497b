namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo server (UNP 5.2) that uses several paths by MPTCP. After each client it prints the paths and how much each of them carried.
/// Clients of plain TCP are served too.
/// </summary>
static class mptcpserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Multipath.StreamSocket(servaddr.Family);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Serve);
    }

    static void Serve(Fd connfd)
    {
        Str_echo(connfd);
        Console.WriteLine(Multipath.Describe(connfd));
    }
}
