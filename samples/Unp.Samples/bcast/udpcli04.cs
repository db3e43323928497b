using System.Runtime.CompilerServices;

namespace Unp.Samples.bcast;

/// <summary>Lets pselect unblock SIGALRM and wait in one step: no race (figure 20.7).</summary>
static class udpcli04
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd sockfd = BroadcastOptions.Open(args, options, out SockAddr servaddr);

        SigSet sigset_empty = SigSet.Empty;
        SigSet sigset_alrm = SigSet.Of(SIGALRM);
        _ = Signal(SIGALRM, static _ => { });
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        FdSet rset = default;
        while ((n = Readline(Fd.StandardInput, line)) > 0)
        {
            BroadcastOptions.Send(sockfd, line[..n], servaddr);

            Sigprocmask(SIG_BLOCK, sigset_alrm);
            alarm.Set(options.Value(BroadcastOptions.Seconds) ?? 5);
            while (true)
            {
                rset.Zero();
                rset.Set(sockfd);
                try
                {
                    Pselect(rset.Maxfdp1, ref rset, ref Unsafe.NullRef<FdSet>(), ref Unsafe.NullRef<FdSet>(), null, sigset_empty);
                }
                catch (UnpException e) when (e.Errno == Errno.EINTR)
                {
                    break;
                }

                n = Recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                BroadcastOptions.Print(replyaddr, line[..n]);
            }
        }
    }
}
