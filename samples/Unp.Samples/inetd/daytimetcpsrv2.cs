namespace Unp.Samples.inetd;

/// <summary>TCP daytime server that runs as a daemon and logs its clients to syslog (figure 13.5).</summary>
static class daytimetcpsrv2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service or port>");

        // The socket is opened before the terminal is given up, so that an error is still printed there.
        Func<IReadOnlyList<Fd>> open = () => [args is [var host, var service] ? Tcp_listen(host, service) : Tcp_listen(null, args[0])];
        using Daemon daemon = Daemon_init("daytimetcpsrv2", 0, open);
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
