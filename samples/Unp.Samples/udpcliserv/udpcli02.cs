namespace Unp.Samples.udpcliserv;

/// <summary>UDP echo client that ignores replies from other addresses than the server's (figure 8.9).</summary>
static class udpcli02
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
            if (replyaddr != servaddr)
            {
                Console.WriteLine($"reply from {Sock_ntop(replyaddr)} (ignored)");
                continue;
            }

            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
