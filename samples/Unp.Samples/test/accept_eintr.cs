namespace Unp.Samples.test;

/// <summary>
/// Shows whether accept is restarted after a signal (UNP 5.9). .NET's handlers have SA_RESTART, so the kernel restarts accept. Where the
/// kernel does not, the program ends with the error. SIGTERM ends the program.
/// </summary>
static class accept_eintr
{
    public static void Main(string[] args, ProgramOptions options)
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
            int connfd = accept(listenfd, out _); // not Accept, which would repeat the call
            if (connfd < 0)
                err_sys("accept error");
            new Fd(connfd).Dispose();
        }
    }
}
