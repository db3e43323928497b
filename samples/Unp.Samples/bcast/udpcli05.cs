namespace Unp.Samples.bcast;

/// <summary>
/// Leaves recvfrom by siglongjmp from the handler (figure 20.9). No signal is lost, but the jump also leaves the printing of a reply, whose
/// rest is lost.
/// </summary>
static class udpcli05
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        var jmpbuf = new SigJmpBuf();
        _ = Signal(SIGALRM, _ => jmpbuf.Siglongjmp()); // the jump interrupts, not the signal
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 5);
            while (true)
            {
                if (jmpbuf.Sigsetjmp() != 0)
                    break;
                n = (int)recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                if (n < 0 && Errno.Last != Errno.EINTR)
                    err_sys("recvfrom error");
                if (n < 0)
                    continue; // to the jump

                // Bare calls: a signal ends them, and what they have not written is lost.
                byte[] from = System.Text.Encoding.ASCII.GetBytes($"from {Sock_ntop_host(replyaddr)}: ");
                if (write(Fd.StandardOutput, from) == from.Length)
                    _ = write(Fd.StandardOutput, line[..n]);
            }
        }
    }
}
