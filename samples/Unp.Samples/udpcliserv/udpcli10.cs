namespace Unp.Samples.udpcliserv;

/// <summary>Sends a UDP datagram of the maximum size, 65,507 bytes, and prints the size of the reply (exercise 8.8).</summary>
static class udpcli10
{
    const int MaxDatagram = 65507;

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        using Fd sockfd = Udp_client(args[0], args[1], out SockAddr servaddr);
        Setsockopt(sockfd, SocketOptions.SndBuf, 70000);
        Setsockopt(sockfd, SocketOptions.RcvBuf, 70000);

        byte[] line = new byte[MaxDatagram];
        Sendto(sockfd, line, 0, servaddr);

        int n = Recvfrom(sockfd, line, 0, out _);
        Console.WriteLine($"received {n} bytes");
    }
}
