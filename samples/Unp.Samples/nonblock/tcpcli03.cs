namespace Unp.Samples.nonblock;

/// <summary>Client that connects and ends the connection with RST before the server has accepted it (figure 16.21).</summary>
static class tcpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Setsockopt(sockfd, SocketOptions.Linger, TimeSpan.Zero);
    }
}
