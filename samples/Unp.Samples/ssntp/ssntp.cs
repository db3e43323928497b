using System.Buffers.Binary;

namespace Unp.Samples.ssntp;

/// <summary>Receives the time that NTP servers send to a group, and prints how far this host's clock differs (UNP 21.11).</summary>
static class ssntp
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        using Fd sockfd = options.Port is { } port
            ? Udp_client(args[0], port, out SockAddr mcastsa)
            : Udp_client(args[0], "ntp", out mcastsa);

        SockAddr wild = mcastsa; // copy family and port
        Sock_set_wild(ref wild);
        Setsockopt(sockfd, SocketOptions.ReuseAddr, true);
        Bind(sockfd, wild); // bind wildcard

        // obtain interface list and process each one
        foreach (IfiInfo ifi in Get_ifi_info(mcastsa.Family))
        {
            if ((ifi.Flags & IFF_MULTICAST) != 0)
            {
                Mcast_join(sockfd, mcastsa, ifi.Name);
                Console.WriteLine($"joined {Sock_ntop(mcastsa)} on {ifi.Name}");
            }
        }
        options.Ready(sockfd);

        Span<byte> buf = stackalloc byte[MAXLINE];
        while (true)
        {
            int n = Recvfrom(sockfd, buf, 0, out _);
            sntp_proc(buf[..n], DateTimeOffset.UtcNow);
        }
    }

    static void sntp_proc(ReadOnlySpan<byte> ntp, DateTimeOffset now)
    {
        const int PacketSize = 48, TransmitTime = 40, VERSION_MASK = 0x38, MODE_MASK = 0x07, MODE_CLIENT = 3;
        const uint JAN_1970 = 2208988800; // 1970 - 1900 in seconds

        if (ntp.Length < PacketSize)
        {
            Console.WriteLine($"\npacket too small: {ntp.Length} bytes");
            return;
        }

        int version = (ntp[0] & VERSION_MASK) >> 3;
        int mode = ntp[0] & MODE_MASK;
        Console.Write($"\nv{version}, mode {mode}, strat {ntp[1]}, ");
        if (mode == MODE_CLIENT)
        {
            Console.WriteLine("client");
            return;
        }

        // The seconds of NTP have 32 bits and wrap in 2036. Their difference does not.
        uint nsec = BinaryPrimitives.ReadUInt32BigEndian(ntp[TransmitTime..]) - JAN_1970;
        uint fraction = BinaryPrimitives.ReadUInt32BigEndian(ntp[(TransmitTime + 4)..]);
        long usec = (long)(fraction / 4294967296.0 * 1000000); // parts per 2**32 -> parts per million
        long seconds = (int)((uint)now.ToUnixTimeSeconds() - nsec);
        Console.WriteLine($"clock difference = {seconds * 1000000 + now.Millisecond * 1000 + now.Microsecond - usec} usec");
    }
}
