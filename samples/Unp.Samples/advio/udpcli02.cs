namespace Unp.Samples.advio;

/// <summary>UDP echo client that waits at most 5 seconds for a reply, with SO_RCVTIMEO (figure 14.5).</summary>
static class udpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(5));

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            try
            {
                n = Recvfrom(sockfd, line, 0, out _);
                Write(Fd.StandardOutput, line[..n]);
            }
            catch (UnpException timeout) when (timeout.Errno == Errno.EAGAIN && timeout.Function == "recvfrom")
            {
                err_msg("socket timeout");
            }
        }
    }
}
