namespace Unp.Samples.tcpcliserv;

/// <summary>TCP client for <see cref="tcpserv08"/>, which adds two numbers that are sent as text (UNP 5.18).</summary>
static class tcpcli08
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
