namespace Unp.Samples.select;

/// <summary>Shuts the reading side towards a chargen server and waits: does the kernel still take what it sends? (exercise 6.5)</summary>
static class tcpcli03
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: tcpcli03 <IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 19);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        _ = shutdown(sockfd, SHUT_RD); // a server that has reset the connection meanwhile changes nothing
        Thread.Sleep(Timeout.Infinite); // pause()
    }
}
