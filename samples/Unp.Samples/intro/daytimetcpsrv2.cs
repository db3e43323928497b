namespace Unp.Samples.intro;

/// <summary>TCP daytime server that writes one byte at a time (exercise 1.5).</summary>
static class daytimetcpsrv2
{
    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, 9999);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, 1);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        Acceptor.ServeInTurn(listenfd, (connfd, _) =>
        {
            foreach (byte b in Daytime.Line())
                Write(connfd, [b]);
        });
    }
}
