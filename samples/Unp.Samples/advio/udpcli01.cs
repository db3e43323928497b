namespace Unp.Samples.advio;

/// <summary>UDP echo client that waits at most 5 seconds for a reply, with Readable_timeo (figure 14.4).</summary>
static class udpcli01
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

            if (Readable_timeo(sockfd, TimeSpan.FromSeconds(5)) == 0)
            {
                err_msg("socket timeout");
                continue;
            }

            n = Recvfrom(sockfd, line, 0, out _);
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
