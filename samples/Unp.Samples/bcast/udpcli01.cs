namespace Unp.Samples.bcast;

/// <summary>Prints all replies to a broadcast for 5 seconds (figure 20.5). It has a race.</summary>
static class udpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        _ = Signal_intr(SIGALRM, static _ => { }); // just interrupt the recvfrom
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 5);
            while (true)
            {
                n = (int)recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                if (n < 0)
                {
                    if (Errno.Last == Errno.EINTR)
                        break; // waited long enough for replies
                    err_sys("recvfrom error");
                }

                // A signal that arrives here, or at any place outside recvfrom, is lost.
                BroadcastOptions.Print(replyaddr, line[..n]);
            }
        }
    }
}
