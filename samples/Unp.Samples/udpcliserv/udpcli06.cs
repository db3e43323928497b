namespace Unp.Samples.udpcliserv;

/// <summary>Sends 2000 datagrams of 1400 bytes as fast as possible, to show that UDP has no flow control (figure 8.19).</summary>
static class udpcli06
{
    const int NDG = 2000; // datagrams
    const int DGLEN = 1400; // bytes per datagram

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Span<byte> sendline = stackalloc byte[DGLEN];
        for (int i = 0; i < NDG; i++)
            Sendto(sockfd, sendline, 0, servaddr);
    }
}
