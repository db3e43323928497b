namespace Unp.Samples.udpcliserv;

/// <summary>Sends 2000 datagrams of the maximum size, 65,507 bytes, to the discard service (UNP 8.13).</summary>
static class udpcli08
{
    const int NDG = 2000; // datagrams
    const int DGLEN = 65507; // bytes per datagram

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 9);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Setsockopt(sockfd, SocketOptions.SndBuf, 100 * 1024);

        byte[] sendline = new byte[DGLEN];
        for (int i = 0; i < NDG; i++)
            Sendto(sockfd, sendline, 0, servaddr);
    }
}
