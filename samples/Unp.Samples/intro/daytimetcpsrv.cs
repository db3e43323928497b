namespace Unp.Samples.intro;

/// <summary>Iterative TCP daytime server (figure 1.9).</summary>
static class daytimetcpsrv
{
    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, 13);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, 1);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        options.Ready(listenfd);

        Acceptor.ServeInTurn(listenfd, (connfd, _) => Write(connfd, Daytime.Line()));
    }
}
