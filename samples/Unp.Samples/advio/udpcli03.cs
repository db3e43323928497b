namespace Unp.Samples.advio;

/// <summary>
/// UDP echo client that waits at most 5 seconds for a reply: SIGALRM interrupts recvfrom (figure 14.2). A signal that arrives before
/// recvfrom is lost (UNP 20.5).
/// </summary>
static class udpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 7);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        _ = Signal_intr(SIGALRM, static _ => { }); // just interrupt the recvfrom
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            alarm.Set(5);
            n = (int)recvfrom(sockfd, line, 0, out _);
            if (n < 0)
            {
                if (Errno.Last != Errno.EINTR)
                    err_sys("recvfrom error");
                err_msg("socket timeout");
                continue;
            }
            alarm.Set(0);
            Write(Fd.StandardOutput, line[..n]);
        }
    }
}
