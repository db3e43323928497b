namespace Unp.Samples.nonblock;

/// <summary>TCP echo client that ends the connection with RST, even after a failure (UNP 16.6).</summary>
static class tcpcli04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Setsockopt(sockfd, SocketOptions.Linger, TimeSpan.Zero);
        Str_cli(Fd.StandardInput, sockfd);
    }
}
