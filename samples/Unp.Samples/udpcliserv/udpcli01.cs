namespace Unp.Samples.udpcliserv;

/// <summary>UDP echo client (figure 8.7).</summary>
static class udpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Dg_cli(Fd.StandardInput, sockfd, servaddr);
    }
}
