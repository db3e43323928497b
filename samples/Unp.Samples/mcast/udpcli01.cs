namespace Unp.Samples.mcast;

/// <summary>
/// UDP echo client that sends each line to a group and prints all replies of the next 5 seconds, with SIGALRM (UNP 21.8). In C the signal
/// interrupts recvfrom. Here its handler writes to a pipe, and select waits for the pipe and the replies, which loses no signal (UNP 20.5).
/// </summary>
static class udpcli01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Dg_cli(Fd.StandardInput, sockfd, servaddr);
    }

    static void Dg_cli(Fd fp, Fd sockfd, SockAddr servaddr)
    {
        Pipe(out Fd reader, out Fd writer);
        using Fd alarmed = reader, ring = writer;
        using IDisposable sigalrm = Signal(SIGALRM, _ => Write(ring, [0]));
        using var alarm = new Timer(_ => kill(getpid(), SIGALRM));

        Span<byte> line = stackalloc byte[MAXLINE];
        FdSet rset = default;
        int n;
        while ((n = Readline(fp, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            alarm.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
            while (true)
            {
                rset.Zero();
                rset.Set(sockfd);
                rset.Set(alarmed);
                Select(rset.Maxfdp1, ref rset);

                if (rset.IsSet(sockfd))
                {
                    n = Recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                    Received.Print(replyaddr, line[..n]);
                }

                if (rset.IsSet(alarmed))
                {
                    Read(alarmed, line);
                    break; // waited long enough for replies
                }
            }
        }
    }
}
