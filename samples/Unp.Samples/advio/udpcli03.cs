namespace Unp.Samples.advio;

/// <summary>
/// UDP echo client that waits at most 5 seconds for a reply, with SIGALRM (figure 14.2). In C the signal interrupts recvfrom. A .NET
/// handler runs on another thread and interrupts nothing, so it writes to a pipe, and select waits for the pipe and the reply.
/// </summary>
static class udpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Pipe(out Fd reader, out Fd writer);
        using Fd alarmed = reader, ring = writer;
        using IDisposable sigalrm = Signal(SIGALRM, _ => Write(ring, [0]));
        using var alarm = new Timer(_ => kill(getpid(), SIGALRM));

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        FdSet rset = default;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            alarm.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
            rset.Zero();
            rset.Set(sockfd);
            rset.Set(alarmed);
            Select(rset.Maxfdp1, ref rset);
            alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            if (rset.IsSet(alarmed))
                Read(alarmed, line);
            if (!rset.IsSet(sockfd))
            {
                err_msg("socket timeout");
                continue;
            }

            n = Recvfrom(sockfd, line, 0, out _);
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
