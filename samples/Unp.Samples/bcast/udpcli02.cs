namespace Unp.Samples.bcast;

/// <summary>Makes the race of udpcli01 visible: the signal arrives during the sleep, and recvfrom waits indefinitely (UNP 20.5).</summary>
static class udpcli02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        _ = Signal_intr(SIGALRM, static _ => { });
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 1);
            while (true)
            {
                n = (int)recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                if (n < 0)
                {
                    if (Errno.Last == Errno.EINTR)
                        break;
                    err_sys("recvfrom error");
                }
                Thread.Sleep(TimeSpan.FromSeconds(1));
                BroadcastOptions.Print(replyaddr, line[..n]);
            }
        }
    }
}
