namespace Unp.Samples.test;

/// <summary>
/// Is accept called again after a signal (section 5.9)? With SA_RESTART, which .NET's handlers have, the kernel does it, and the program
/// does not notice the signal. Where the kernel does not, the program ends by the error. SIGTERM ends it.
/// </summary>
static class accept_eintr
{
    public static void Main(string[] args, Options options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        using IDisposable sigint = Signal(SIGINT, _ => Console.WriteLine("received SIGINT"));
        options.Ready(listenfd, handlesSigint: true);

        while (true)
        {
            int connfd = accept(listenfd, out _); // Accept would not show it
            if (connfd < 0)
                err_sys("accept error");
            new Fd(connfd).Dispose();
        }
    }
}
