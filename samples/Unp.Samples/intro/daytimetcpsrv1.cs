namespace Unp.Samples.intro;

/// <summary>TCP daytime server that prints the address of each client (figure 4.11).</summary>
static class daytimetcpsrv1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, 13);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd, out SockAddr cliaddr);
            Console.WriteLine($"connection from {Sock_ntop_host(cliaddr)}, port {cliaddr.Port}");
            if (write(connfd, Daytime.Line()) < 0)
                err_ret("write error"); // C's Write ends the server
        }
    }
}
