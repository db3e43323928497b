namespace Unp.Samples.oob;

/// <summary><see cref="tcpcliserv.tcpserv04"/> with a heartbeat, which detects that a client is gone (UNP 24.5).</summary>
static class tcpserv02
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
            Child.Start(Acceptor.Accept(listenfd), str_echo);
    }

    static void str_echo(Fd sockfd)
    {
        using Heartbeat heart = Heartbeat_serv(sockfd, TimeSpan.FromSeconds(1), 5, silent: () =>
        {
            Console.WriteLine("no probes from client");
            _ = shutdown(sockfd, SHUT_RDWR); // ends the read of the child
        });
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(sockfd, line)) > 0)
            Writen(sockfd, line[..n]);
    }
}
