namespace Unp.Samples.inetd;

/// <summary>TCP daytime server that inetd or systemd starts for each client. It logs its clients to syslog (figure 13.12).</summary>
static class daytimetcpsrv3
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Daemon_inetd("daytimetcpsrv3");
        Activation.Serve(options, connfd =>
        {
            err_msg($"connection from {Sock_ntop(Getpeername(connfd))}");
            Write(connfd, Daytime.Line());
        });
    }
}
