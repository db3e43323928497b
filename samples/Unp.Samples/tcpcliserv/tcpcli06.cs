namespace Unp.Samples.tcpcliserv;

/// <summary>Sends a line without its newline and waits: what stops an iterative server (section 6.8).</summary>
static class tcpcli06
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: tcpcli06 <IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        Writen(sockfd, "foo"u8);
        Thread.Sleep(TimeSpan.FromSeconds(30));
    }
}
