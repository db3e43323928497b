namespace Unp.Samples.inetd;

/// <summary>TCP echo server that inetd or systemd starts, for each client or once for all ("wait") (UNP 13.6).</summary>
static class tcpechosrv
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Daemon_inetd("tcpechosrv");
        Activation.Serve(options, Str_echo);
    }
}
