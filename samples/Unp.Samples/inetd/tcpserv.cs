namespace Unp.Samples.inetd;

/// <summary>TCP echo server that inetd starts for each client, or once for all ("wait"), or systemd (beside section 13.6).</summary>
static class tcpserv
{
    public static void Main(string[] args, Options options)
    {
        Daemon_inetd("tcpserv");
        Activation.Serve(options, Str_echo);
    }
}
