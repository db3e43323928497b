namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo client for the standard echo service on port 7 (UNP 2.12).</summary>
static class tcpcli05
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);
    }
}
