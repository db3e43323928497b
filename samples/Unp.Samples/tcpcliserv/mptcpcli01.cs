namespace Unp.Samples.tcpcliserv;

/// <summary>
/// TCP echo client (UNP 5.4) that uses several paths by MPTCP. At the end of its input it prints on standard error the paths and how much
/// each of them carried. A server of plain TCP serves it too.
/// </summary>
static class mptcpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Multipath.StreamSocket(servaddr.Family);
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);
        err_msg(Multipath.Describe(sockfd));
    }
}
