using System.Diagnostics;

namespace Unp.Samples.mcast;

/// <summary>
/// Daytime client that sends each line to a group and prints all replies of the next 5 seconds, the correct version (UNP 21.8). C jumps out
/// of recvfrom by siglongjmp. Here each wait for a reply has a limit, so nothing must be interrupted.
/// </summary>
static class udpcli05
{
    static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);

        Dg_cli(Fd.StandardInput, sockfd, servaddr);
    }

    public static void Dg_cli(Fd fp, Fd sockfd, SockAddr servaddr)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = Readline(fp, line)) > 0)
        {
            Sendto(sockfd, line[..n], 0, servaddr);

            long sent = Stopwatch.GetTimestamp();
            TimeSpan left;
            while ((left = ReplyTimeout - Stopwatch.GetElapsedTime(sent)) > TimeSpan.Zero && Readable_timeo(sockfd, left) > 0)
            {
                n = Recvfrom(sockfd, line, 0, out SockAddr replyaddr);
                Received.Print(replyaddr, line[..n]);
            }
        }
    }
}
