namespace Unp.Samples.mcast;

/// <summary>
/// UDP echo client that sends each line to a group and prints all replies of the next 5 seconds, which SIGALRM ends (UNP 21.8). A signal
/// that arrives outside recvfrom is lost, as in bcast/udpcli01.
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
        _ = Signal_intr(SIGALRM, static _ => { }); // just interrupt the recvfrom
        using var alarm = new Alarm();

        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(fp, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            alarm.Set(5);
            while (true)
            {
                n = (int)recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                if (n < 0)
                {
                    if (Errno.Last == Errno.EINTR)
                        break; // waited long enough for replies
                    err_sys("recvfrom error");
                }
                Received.Print(replyaddr, line[..n]);
            }
        }
    }
}
