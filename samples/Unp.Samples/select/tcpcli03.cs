namespace Unp.Samples.select;

/// <summary>
/// Client that shuts down reading and then shows whether the kernel still accepts data of a chargen server (exercise 6.5).
/// </summary>
static class tcpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 19);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);

        _ = shutdown(sockfd, SHUT_RD); // ignores that the server may have reset the connection
        Thread.Sleep(Timeout.Infinite); // pause()
    }
}
