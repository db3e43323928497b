namespace Unp.Samples.names;

/// <summary><see cref="daytimetcpsrv2"/> that ends each connection with RST (UNP 7.5).</summary>
static class daytimetcpsrv3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        using Fd listenfd = args is [var host, var service] ? Tcp_listen(host, service) : Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[^1]);

        Acceptor.ServeInTurn(listenfd, (connfd, cliaddr) =>
        {
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            Setsockopt(connfd, SocketOptions.Linger, TimeSpan.Zero);
            Write(connfd, Daytime.Line());
            Thread.Sleep(TimeSpan.FromSeconds(2)); // otherwise the RST would discard the data before the client reads it
        });
    }
}
