namespace Unp.Samples.intro;

/// <summary>TCP daytime server that writes one byte at a time (exercise 1.5).</summary>
static class daytimetcpsrv2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, 9999);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            foreach (byte b in Daytime.Line())
            {
                if (write(connfd, [b]) < 0)
                {
                    err_ret("write error"); // C's Write ends the server
                    break;
                }
            }
        }
    }
}
