using System.CommandLine;
using Unp.Samples.tftp;

namespace Unp.Samples.udpcliserv;

/// <summary>
/// TFTP server, the concurrent UDP server (UNP 22.7): the first datagram of a client arrives on the well-known port, and a thread answers
/// it from a socket with a port of its own.
/// </summary>
static class udpservtftp
{
    const int TftpPort = 69;
    const int DefaultInterval = 1000;
    const int DefaultTransfers = 256;

    public static readonly Option<string> Dir = new("--dir")
    {
        Description = "The directory to serve. Only files that every user may read are sent.",
        HelpName = "path",
        DefaultValueFactory = _ => ".",
    };

    public static readonly Option<bool> Write = new("--write") { Description = "Clients may send new files." };

    public static readonly Option<bool> Overwrite = new("--overwrite") { Description = "With --write, clients may also replace files." };

    public static readonly Option<int?> RetransmissionTimeout = NumberOption.Create(
        "--timeout", "ms",
        "The time until the first retransmission. It doubles with each further one, and the fifth time-out ends the transfer. "
        + $"The default is {DefaultInterval} milliseconds. A client may choose another one for itself.",
        1, 60_000, "the time must be between 1 and 60000 milliseconds");

    public static readonly Option<int?> Transfers = NumberOption.Create(
        "--transfers", "number", $"The number of transfers at once. The default is {DefaultTransfers}.", 1, 10_000,
        "the number of transfers must be between 1 and 10000");

    public static void Main(string[] args, ProgramOptions options)
    {
        bool replaces = options.Value(Overwrite);
        if (replaces && !options.Value(Write))
            err_quit("--overwrite needs --write");
        using var directory = new TftpDirectory(options.Value(Dir)!, options.Value(Write), replaces);
        var server = new TftpServer(
            directory,
            TimeSpan.FromMilliseconds(options.Value(RetransmissionTimeout) ?? DefaultInterval),
            options.Value(Transfers) ?? DefaultTransfers);

        SockAddr servaddr = options.ServerAddress(AF_INET, TftpPort);
        using Fd sockfd = UdpSocket.Create(servaddr);
        UdpSocket.ReportDestinations(sockfd, servaddr.Family);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.RemoveUploads();
        options.Ready(sockfd);

        servaddr.Port = 0;
        Span<byte> mesg = stackalloc byte[MAXLINE];
        bool isReported = false;
        while (true)
        {
            int flags = 0;
            int n = recvfrom_flags(sockfd, mesg, ref flags, out SockAddr cliaddr, out PacketInfo pktinfo);
            if (n < 0)
                Acceptor.Pause($"recvfrom error: {Errno.Last.Message}", ref isReported);
            else if (pktinfo.Family == AF_UNSPEC)
                server.Serve(mesg[..n], cliaddr, servaddr);
            else if (pktinfo.Destination.Equals(pktinfo.LocalAddress)) // a request to a broadcast address is ignored (RFC 1123, 4.2.3.5)
                server.Serve(mesg[..n], cliaddr, pktinfo.LocalAddress);
        }
    }
}
