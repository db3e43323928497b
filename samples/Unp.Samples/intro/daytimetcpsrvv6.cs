namespace Unp.Samples.intro;

/// <summary>TCP daytime server for IPv6 that prints the address of each client with <c>sock_ntop</c> (figures 1.9 and 3.14).</summary>
static class daytimetcpsrvv6
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET6, 13);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd, out SockAddr cliaddr);
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            if (write(connfd, Daytime.Line()) < 0)
                err_ret("write error"); // C's Write ends the server
        }
    }
}
