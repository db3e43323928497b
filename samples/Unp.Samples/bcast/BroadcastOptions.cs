using System.CommandLine;

namespace Unp.Samples.bcast;

/// <summary>The options, the socket and the output of the six clients. Their loops are the figures.</summary>
static class BroadcastOptions
{
    public static readonly Option<int?> Seconds = NumberOption.Create(
        "--seconds", "number", "how long replies are awaited, instead of the book's time", 1, 3600, "must be 1 to 3600");

    public static readonly Option<bool> DontFragment = new("--dont-fragment")
    {
        Description = "let a datagram beyond the MTU fail with EMSGSIZE, as on systems that never fragment a broadcast",
    };

    public static readonly Option[] All = [Seconds, DontFragment];

    /// <summary>Creates the client's socket and the address of the server, and allows broadcasts.</summary>
    public static Fd Open(string[] args, ProgramOptions options, out SockAddr servaddr)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        Fd sockfd = Socket(servaddr.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.Broadcast, true);
        if (options.Value(DontFragment))
            Setsockopt(sockfd, SocketOptions.IpMtuDiscover, IP_PMTUDISC_DO);
        return sockfd;
    }

    public static void Print(in SockAddr from, ReadOnlySpan<byte> line)
    {
        Writen(Fd.StandardOutput, System.Text.Encoding.ASCII.GetBytes($"from {Sock_ntop_host(from)}: "));
        Writen(Fd.StandardOutput, line);
    }
}
