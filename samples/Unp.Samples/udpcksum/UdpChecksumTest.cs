using System.CommandLine;
using System.Diagnostics;
using Unp.Net.Packets;

namespace Unp.Samples.udpcksum;

/// <summary>Writes the IPv4 packet with a query into a buffer, and returns it.</summary>
delegate ReadOnlySpan<byte> QueryWriter(Span<byte> packet, in SockAddr local, in SockAddr dest, ReadOnlySpan<byte> data, bool zerosum);

/// <summary>The parts that <see cref="udpcksum"/> and <see cref="udpcksum_libnet"/> share, as in the book (UNP 29.7).</summary>
static class UdpChecksumTest
{
    const int MaxQueries = 3;

    // "a.root-servers.net", type A, class IN, with id 1234 and the flag "recursion desired".
    static readonly byte[] Query =
    [
        0x04, 0xd2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        1, .. "a"u8, 12, .. "root-servers"u8, 3, .. "net"u8, 0, 0, 1, 0, 1,
    ];

    public static readonly Option<bool> ZeroSum = new("-0") { Description = "send the query without checksum" };

    public static readonly Option<string?> Device = new("-i")
    {
        Description = "the interface on which the reply is captured, otherwise that of the route",
        HelpName = "dev",
    };

    public static readonly Option<string?> Local = new("-l")
    {
        Description = "the source address and port of the query, otherwise those of a UDP socket",
        HelpName = "a.b.c.d.p",
    };

    public static readonly Option<bool> Verbose = new("-v") { Description = "print the interface, the filter and the received checksum" };

    public static readonly Option<double> FirstTimeout = new("--timeout")
    {
        Description = "how long the first reply is awaited, 3 s by default; the time doubles for the second and third",
        HelpName = "seconds",
        DefaultValueFactory = _ => 3,
    };

    public static IReadOnlyList<Option> Own => [ZeroSum, Device, Local, Verbose, FirstTimeout];

    public static void Run(string[] args, ProgramOptions options, QueryWriter udp_write)
    {
        if (args.Length != 2)
            options.Usage("[ -0 ] [ -i <dev> ] [ -l <a.b.c.d.p> ] [ -v ] <host> <service>");
        double seconds = options.Value(FirstTimeout);
        if (seconds is not (>= 0.01 and <= 3600))
            err_quit($"--timeout {seconds}: the time must be between 0.01 and 3600 seconds");
        bool verbose = options.Value(Verbose);

        // The connected socket chooses the local address. It stays open, so that this host does not refuse the reply with an ICMP error.
        SockAddr dest = Host_serv(args[0], args[1], AF_INET, SOCK_DGRAM)[0].Address;
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        Connect(sockfd, dest);
        SockAddr local = options.Value(Local) is { } text ? ParseLocal(text) : Getsockname(sockfd);
        string device = options.Value(Device) ?? If_indextoname(GetRoute(dest).InterfaceIndex);

        using Fd rawfd = RawSocket.Open(AF_INET, SOCK_RAW, IPPROTO_RAW);
        Setsockopt(rawfd, SocketOptions.IpHdrIncl, true);
        using var capture = new UdpCapture(device, dest, verbose);
        RawSocket.GiveUpRights();

        Span<byte> buffer = stackalloc byte[Ipv4Header.Size + UdpHeader.Size + Query.Length];
        ReadOnlySpan<byte> packet = udp_write(buffer, local, dest, Query, options.Value(ZeroSum));
        ushort sum = test_udp(rawfd, packet, capture, local, dest, TimeSpan.FromSeconds(seconds), verbose);

        Console.WriteLine($"UDP checksums {(sum == 0 ? "off" : "on")}");
        if (verbose)
            Console.WriteLine($"received UDP checksum = {sum:x}");
    }

    /// <summary>Sends the query until a reply arrives, and returns the checksum of the reply.</summary>
    static ushort test_udp(
        Fd rawfd, ReadOnlySpan<byte> packet, UdpCapture capture, SockAddr local, SockAddr dest, TimeSpan timeout, bool verbose)
    {
        for (int nsent = 1; ; nsent++, timeout *= 2)
        {
            Sendto(rawfd, packet, 0, dest);
            if (verbose)
                Console.WriteLine($"sent: {Query.Length} bytes of data");

            long sent = Stopwatch.GetTimestamp();
            while (capture.TryReceive(timeout - Stopwatch.GetElapsedTime(sent), out Packet reply))
            {
                if (udp_check(reply, local))
                    return reply.Udp.Header.Checksum;
            }
            if (nsent == MaxQueries)
                err_quit("no response");
            Console.WriteLine("timeout");
        }
    }

    /// <summary>Returns whether a captured packet is the reply to the query. The filter has checked its sender.</summary>
    static bool udp_check(Packet reply, in SockAddr local) =>
        reply.Has(PacketLayers.Udp) && reply.Udp.Header.DestinationPort == local.Port
        && reply.Payload.StartsWith(Query.AsSpan(0, 2));

    /// <summary>Reads an address and a port with dots between all of them.</summary>
    static SockAddr ParseLocal(string text)
    {
        int dot = text.LastIndexOf('.');
        int port = dot < 0 ? -1 : ProgramOptions.Number(text[(dot + 1)..]);
        if (port is < 1 or > ushort.MaxValue)
            throw new FormatException($"-l {text}: an address and a port from 1 to 65535 are needed, such as 192.0.2.1.4000");
        SockAddr local = SockAddr.Inet(text[..dot], port);
        return local.Family == AF_INET ? local : throw new FormatException($"-l {text}: the address must be an IPv4 address");
    }
}
