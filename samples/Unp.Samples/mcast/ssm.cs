namespace Unp.Samples.mcast;

/// <summary>
/// Prints the datagrams that one source sends to a group, IPv4 or IPv6 (UNP 21.5). Routers carry such a group only from that source, so its
/// address needs no coordination with other senders: 232.0.0.0/8 and ff3x::/32 are reserved for it.
/// </summary>
static class ssm
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (3 or 4))
            options.Usage("<source> <group> <port#> [ <interface> ]");

        SockAddr source = SockAddr.Inet(args[0], 0);
        SockAddr group = SockAddr.Inet(args[1], ProgramOptions.Number(args[2]));
        using Fd sockfd = Socket(group.Family, SOCK_DGRAM);
        Setsockopt(sockfd, SocketOptions.ReuseAddr, true);

        // Linux also delivers what other programs of this host have joined, from any source, unless this is off.
        SocketOption<bool> all = group.Family == AF_INET ? SocketOptions.IpMulticastAll : SocketOptions.Ipv6MulticastAll;
        if (all.IsSupported)
            Setsockopt(sockfd, all, false);

        Bind(sockfd, group);
        Mcast_join_source_group(sockfd, source, group, args.Length == 4 ? args[3] : null);
        options.Ready(sockfd, args[2]);

        Span<byte> datagram = new byte[ushort.MaxValue];
        while (true)
        {
            int n = Recvfrom(sockfd, datagram, 0, out SockAddr from);
            Received.Print(Sock_ntop(from), datagram[..n]);
        }
    }
}
