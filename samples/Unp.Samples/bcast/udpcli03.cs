namespace Unp.Samples.bcast;

/// <summary>Blocks SIGALRM outside recvfrom, which only makes the race smaller (figure 20.6).</summary>
static class udpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        SigSet sigset_alrm = SigSet.Of(SIGALRM);
        _ = Signal_intr(SIGALRM, static _ => { });
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 5);
            while (true)
            {
                Sigprocmask(SIG_UNBLOCK, sigset_alrm); // a pending signal is delivered here, before recvfrom
                n = (int)recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                Errno reason = Errno.Last;
                Sigprocmask(SIG_BLOCK, sigset_alrm);
                if (n < 0)
                {
                    if (reason == Errno.EINTR)
                        break;
                    Errno.Last = reason;
                    err_sys("recvfrom error");
                }
                BroadcastOptions.Print(replyaddr, line[..n]);
            }
        }
    }
}
