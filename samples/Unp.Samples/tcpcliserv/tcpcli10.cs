namespace Unp.Samples.tcpcliserv;

/// <summary>TCP echo client that ends the connection with RST (UNP 7.5).</summary>
static class tcpcli10
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Str_cli(Fd.StandardInput, sockfd);

        var ling = new linger { l_onoff = 1, l_linger = 0 };
        Setsockopt(sockfd, SOL_SOCKET, SO_LINGER, ling);
    }
}
