namespace Unp.Samples.bcast;

/// <summary>The handler writes to a pipe, and select waits for the pipe and the replies: no race (figure 20.10).</summary>
static class udpcli06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        Pipe(out Fd reader, out Fd writer);
        using Fd alarmed = reader, ring = writer;
        using IDisposable sigalrm = Signal(SIGALRM, _ => Write(ring, [0]));
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        FdSet rset = default;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 5);
            while (true)
            {
                rset.Zero();
                rset.Set(sockfd);
                rset.Set(alarmed);
                Select(rset.Maxfdp1, ref rset);

                if (rset.IsSet(sockfd))
                {
                    n = Recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                    BroadcastOptions.Print(replyaddr, line[..n]);
                }

                if (rset.IsSet(alarmed))
                {
                    Read(alarmed, line[..1]); // timer expired
                    break;
                }
            }
        }
    }
}
