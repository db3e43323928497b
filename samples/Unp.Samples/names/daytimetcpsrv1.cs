namespace Unp.Samples.names;

/// <summary>Protocol-independent daytime server (figure 11.13).</summary>
static class daytimetcpsrv1
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: daytimetcpsrv1 <service or port#>");

        using Fd listenfd = Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[0]);

        Acceptor.ServeInTurn(listenfd, (connfd, cliaddr) =>
        {
            Console.WriteLine($"connection from {Sock_ntop(cliaddr)}");
            Write(connfd, Daytime.Line());
        });
    }
}
