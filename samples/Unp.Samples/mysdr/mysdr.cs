using System.Buffers.Binary;

namespace Unp.Samples.mysdr;

/// <summary>Receives announcements of multicast sessions and prints them (UNP 21.9).</summary>
static class mysdr
{
    const string SAP_ADDRESS = "224.2.127.254"; // sap.mcast.net, which the book's program looks up
    const int SAP_PORT = 9875;

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (0 or 3))
            options.Usage("<mcast-addr> <port#> <interface-name>");

        using Fd sockfd = args.Length == 0
            ? Udp_client(SAP_ADDRESS, options.Port ?? SAP_PORT, out SockAddr sa)
            : Udp_client(args[0], args[1], out sa);

        Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
        Bind(sockfd, sa);

        Mcast_join(sockfd, sa, args.Length == 3 ? args[2] : null);
        options.Ready(sockfd, args.ElementAtOrDefault(1));

        Loop(sockfd); // receive and print
    }

    static void Loop(Fd sockfd)
    {
        const int HeaderSize = 8;
        const uint SAP_VERSION_MASK = 0xe0000000, SAP_IPV6 = 0x10000000, SAP_DELETE = 0x04000000;
        const uint SAP_ENCRYPTED = 0x02000000, SAP_COMPRESSED = 0x01000000, SAP_AUTHLEN_MASK = 0x00ff0000, SAP_HASH_MASK = 0x0000ffff;
        const int SAP_VERSION_SHIFT = 29, SAP_AUTHLEN_SHIFT = 16;

        Span<byte> buf = stackalloc byte[HeaderSize + BUFFSIZE];
        while (true)
        {
            int n = Recvfrom(sockfd, buf, 0, out SockAddr from);
            if (n < HeaderSize)
            {
                err_msg($"From {Sock_ntop(from)}: ... {n} bytes are no SAP packet");
                continue;
            }

            uint header = BinaryPrimitives.ReadUInt32BigEndian(buf);
            Console.WriteLine($"From {Sock_ntop(from)} hash 0x{header & SAP_HASH_MASK:x4}");
            if ((header & SAP_VERSION_MASK) >> SAP_VERSION_SHIFT > 1)
            {
                err_msg($"... version field not 1 (0x{header:x8})");
                continue;
            }
            if ((header & SAP_IPV6) != 0)
            {
                err_msg("... IPv6");
                continue;
            }
            if ((header & (SAP_DELETE | SAP_ENCRYPTED | SAP_COMPRESSED)) != 0)
            {
                err_msg($"... can't parse this packet type (0x{header:x8})");
                continue;
            }

            // The length of the authentication data counts words of 32 bits (RFC 2974).
            int p = HeaderSize + 4 * (int)((header & SAP_AUTHLEN_MASK) >> SAP_AUTHLEN_SHIFT);
            ReadOnlySpan<byte> data = p <= n ? buf[p..n] : default;
            ReadOnlySpan<byte> type = "application/sdp\0"u8;
            if (data.StartsWith(type))
                data = data[type.Length..];
            int end = data.IndexOf((byte)0);
            Write(Fd.StandardOutput, end < 0 ? data : data[..end]);
            Console.WriteLine();
        }
    }
}
