namespace Unp.Samples.tcpcliserv;

/// <summary>Client that sends a line without its newline and waits, which blocks an iterative server (UNP 6.8).</summary>
static class tcpcli06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Writen(sockfd, "foo"u8);
        Thread.Sleep(TimeSpan.FromSeconds(30));
    }
}
