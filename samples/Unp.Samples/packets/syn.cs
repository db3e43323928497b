using System.CommandLine;
using System.Diagnostics;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>
/// Sends a TCP SYN that it makes by hand, prints the answer, and resets the connection (after UNP 29.7). The packet goes out by a raw
/// socket with its IP header, or as an Ethernet frame.
/// </summary>
static class syn
{
    const int MaxSyns = 3;

    public static readonly Option<bool> Frame = new("--frame") { Description = "send Ethernet frames, with a packet socket (Linux)" };

    public static readonly Option<double> FirstTimeout = new("--timeout")
    {
        Description = "how long the first answer is awaited, 1 s by default; the time doubles for the second and third",
        HelpName = "seconds",
        DefaultValueFactory = _ => 1,
    };

    public static IReadOnlyList<Option> Own => [Frame, FirstTimeout];

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("[ --frame ] [ --timeout <seconds> ] <host> <service>");
        double seconds = options.Value(FirstTimeout);
        if (seconds is not (>= 0.01 and <= 3600))
            err_quit($"--timeout {seconds}: the time must be between 0.01 and 3600 seconds");

        // The bound socket reserves the port. It does not listen, so it receives nothing.
        SockAddr dest = Host_serv(args[0], args[1], AF_UNSPEC, SOCK_STREAM)[0].Address;
        using Fd portfd = Socket(dest.Family, SOCK_STREAM);
        Bind(portfd, SourceFor(dest));
        SockAddr local = Getsockname(portfd);

        using Fd recvfd = RawSocket.Open(dest.Family, SOCK_RAW, IPPROTO_TCP);
        using SegmentSender sender = options.Value(Frame) ? new FrameSender(local, dest) : new IpSender(local, dest);
        RawSocket.GiveUpRights();

        TcpHeader answer = exchange(recvfd, sender, local, dest, TimeSpan.FromSeconds(seconds));
        if (answer.Flags.HasFlag(TcpFlags.Rst))
        {
            Console.WriteLine($"port {dest.Port} is closed");
            throw new ExitException(1, "");
        }
        // The kernel knows nothing of the connection, so it has already answered with an RST of its own.
        var reset = new TcpHeader { SequenceNumber = answer.AcknowledgmentNumber, Flags = TcpFlags.Rst };
        sender.Send(reset);
        SegmentText.Print(local, dest, reset, default);
        Console.WriteLine($"port {dest.Port} is open");
    }

    /// <summary>Sends the SYN until an answer arrives, and returns the header of the answer.</summary>
    static TcpHeader exchange(Fd recvfd, SegmentSender sender, SockAddr local, SockAddr dest, TimeSpan timeout)
    {
        var header = new TcpHeader
        {
            SequenceNumber = (uint)Random.Shared.Next(),
            Flags = TcpFlags.Syn,
            Window = ushort.MaxValue,
        };
        HeaderOptionsWriter mss = HeaderOptionsWriter.ForTcp(stackalloc byte[4]);
        mss.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)(dest.Family == AF_INET ? 1460 : 1440));

        byte[] buffer = new byte[ushort.MaxValue];
        for (int nsent = 1; nsent <= MaxSyns; nsent++, timeout *= 2)
        {
            sender.Send(header, mss.Written);
            SegmentText.Print(local, dest, header, $", mss {(dest.Family == AF_INET ? 1460 : 1440)}");

            long sent = Stopwatch.GetTimestamp();
            TimeSpan left;
            while ((left = timeout - Stopwatch.GetElapsedTime(sent)) > TimeSpan.Zero && Readable_timeo(recvfd, left) > 0)
            {
                int n = Recvfrom(recvfd, buffer, 0, out SockAddr from);
                if (!TryReadSegment(buffer.AsSpan(0, n), from, out TcpSegment segment) || Sock_cmp_addr(from, dest) != 0)
                    continue;
                TcpHeader tcp = segment.Header;
                bool isAnswer = (tcp.SourcePort, tcp.DestinationPort, tcp.AcknowledgmentNumber)
                    == (dest.Port, local.Port, header.SequenceNumber + 1);
                if (isAnswer && tcp.Flags.HasFlag(TcpFlags.Ack) && (tcp.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != 0)
                {
                    SegmentText.Print(dest, local, tcp, SegmentText.Options(segment));
                    return tcp;
                }
            }
        }
        err_quit($"no answer from {Sock_ntop(dest)}");
        return default;
    }

    /// <summary>Reads what the raw socket passes: with the header for IPv4, without it for IPv6.</summary>
    static bool TryReadSegment(Span<byte> received, in SockAddr from, out TcpSegment segment)
    {
        segment = default;
        if (from.Family != AF_INET)
            return TcpSegment.TryRead(received, out segment);
        return RawSocket.TryReadIpv4(received, out Ipv4Packet packet) && TcpSegment.TryRead(packet.Payload, out segment);
    }

    /// <summary>Returns the address that the kernel chooses for packets to a host, with port 0.</summary>
    static SockAddr SourceFor(in SockAddr dest)
    {
        using Fd sockfd = Socket(dest.Family, SOCK_DGRAM);
        Connect(sockfd, dest);
        SockAddr local = Getsockname(sockfd);
        local.Port = 0;
        return local;
    }
}
