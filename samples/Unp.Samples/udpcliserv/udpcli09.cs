namespace Unp.Samples.udpcliserv;

/// <summary>Prints the local address that connect chooses for a UDP socket, which shows the outgoing interface (figure 8.23).</summary>
static class udpcli09
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Connect(sockfd, servaddr);

        Console.WriteLine($"local address {Sock_ntop(Getsockname(sockfd))}");
    }
}
