namespace Unp.Samples.select;

/// <summary>Shuts down the reading side towards a chargen server, to see whether the kernel still accepts data (exercise 6.5).</summary>
static class tcpcli03
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: tcpcli03 <IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 19);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        _ = shutdown(sockfd, SHUT_RD); // ignores that the server may have reset the connection
        Thread.Sleep(Timeout.Infinite); // pause()
    }
}
