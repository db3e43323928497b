namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo client (figure 5.4).</summary>
static class tcpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);
    }
}
