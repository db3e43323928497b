namespace Unp.Samples.inetd;

/// <summary>TCP daytime server as a daemon: who connects goes to syslog (figure 13.5).</summary>
static class daytimetcpsrv2
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length is not (1 or 2))
            err_quit("usage: daytimetcpsrv2 [ <host> ] <service or port>");

        // Where it can't listen, the terminal is still there to be told.
        using Daemon daemon = Daemon_init("daytimetcpsrv2", 0, () => [args is [var host, var service] ? Tcp_listen(host, service) : Tcp_listen(null, args[0])]);
        Fd listenfd = daemon.Descriptors[0];
        options.Ready(listenfd, args[^1]);
        daemon.Ready();

        Acceptor.ServeInTurn(listenfd, (connfd, cliaddr) =>
        {
            err_msg($"connection from {Sock_ntop(cliaddr)}");
            Write(connfd, Daytime.Line());
        });
    }
}
