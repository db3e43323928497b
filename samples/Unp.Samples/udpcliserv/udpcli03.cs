namespace Unp.Samples.udpcliserv;

/// <summary>UDP echo client that prints the sender of each reply (UNP 8.8).</summary>
static class udpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            n = Recvfrom(sockfd, line, 0, out SockAddr replyaddr);
            Console.WriteLine($"received reply from {Sock_ntop_host(replyaddr)}, port {replyaddr.Port}");
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
