using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

/// <summary>
/// The views on mutated packets and on random bytes. UNP_FUZZ_COUNT sets how many there are; by default the test has a second. A seed makes
/// a failure repeatable.
/// </summary>
public sealed class HeaderFuzzTests
{
    const int Seed = 4711;
    const int Pages = 4;

    static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);
    static readonly LinkType[] Links = [.. Enum.GetValues<LinkType>(), (LinkType)147];

    static long Count =>
        long.TryParse(Environment.GetEnvironmentVariable("UNP_FUZZ_COUNT"), CultureInfo.InvariantCulture, out long count) ? count : 0;

    [Fact]
    public void Views_survive_mutated_packets()
    {
        byte[][] samples = Samples();
        using var memory = new GuardedMemory(Pages);
        var random = new Random(Seed);
        long start = Stopwatch.GetTimestamp(), count = Count, done = 0, decoded = 0;
        byte[] copy = new byte[4096];
        while (count > 0 ? done < count : Stopwatch.GetElapsedTime(start) < Budget)
        {
            int length = Mutate(samples[random.Next(samples.Length)], copy, random);
            Span<byte> guarded = memory.Last(length);
            copy.AsSpan(..length).CopyTo(guarded);
            decoded += Read(guarded, Links[random.Next(Links.Length)], length + random.Next(4) * 40);
            done++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{done} packets, {decoded} complete, {Stopwatch.GetElapsedTime(start)}");
        Assert.NotEqual(0, decoded);
    }

    /// <summary>Reads a packet as the link type says, and its bytes by each view.</summary>
    /// <returns>1 if the packet was decoded completely.</returns>
    static int Read(ReadOnlySpan<byte> bytes, LinkType link, int wireLength)
    {
        Packet packet = Packet.Decode(bytes, link, wireLength);
        _ = packet.TransportChecksumStatus;
        Assert.InRange(packet.StatusOffset, 0, bytes.Length);
        Assert.InRange(packet.Payload.Length, 0, bytes.Length);
        ReadEach(packet.Payload);
        ReadEach(bytes);
        return packet.Status == DecodeStatus.Complete ? 1 : 0;
    }

    static void ReadEach(ReadOnlySpan<byte> bytes)
    {
        if (EthernetFrame.TryRead(bytes, out EthernetFrame frame))
            Assert.InRange(frame.Payload.Length + 4 * frame.Tags.Length, 0, bytes.Length);
        if (ArpPacket.TryRead(bytes, out ArpPacket arp))
            _ = arp.SenderHardwareAddress.Length + arp.TargetProtocolAddress.Length + arp.SenderProtocolAddress.Length;
        if (Ipv4Packet.TryRead(bytes, out Ipv4Packet ipv4))
        {
            Assert.Equal(ipv4.IsTruncated, ipv4.PayloadLength > ipv4.Payload.Length);
            _ = ipv4.IsHeaderChecksumValid && ipv4.FinalDestination == default;
            Walk(ipv4.Options);
        }
        ReadIpv6(bytes);
        ReadTransport(bytes);
    }

    static void ReadIpv6(ReadOnlySpan<byte> bytes)
    {
        if (!Ipv6Packet.TryRead(bytes, out Ipv6Packet packet))
            return;
        _ = packet.TryGetUpper(out _, out ReadOnlySpan<byte> upper) && packet.FinalDestination == default;
        Assert.InRange(upper.Length, 0, packet.Payload.Length);
        int steps = 0;
        foreach (Ipv6ExtensionHeader header in packet.ExtensionHeaders)
        {
            steps++;
            Walk(header.Options);
            _ = header.TryGetFinalDestination(out _) | header.TryGetFragment(out _) | header.TryGetAuthentication(out _, out _);
        }
        Assert.InRange(steps, 0, packet.Payload.Length / 8);
    }

    static void ReadTransport(ReadOnlySpan<byte> bytes)
    {
        if (UdpDatagram.TryRead(bytes, out UdpDatagram udp))
            Assert.Equal(udp.IsTruncated, udp.Length > udp.Bytes.Length);
        if (TcpSegment.TryRead(bytes, out TcpSegment tcp))
        {
            _ = (tcp.MaximumSegmentSize, tcp.WindowScale, tcp.Timestamps, tcp.IsSackPermitted, tcp.SackBlocks.Length);
            _ = tcp.TryGetFastOpenCookie(out _);
            Walk(tcp.Options);
        }
        if (IcmpMessage.TryRead(bytes, out IcmpMessage icmp))
            _ = icmp.TryGetQuotedPacket(out _) | icmp.TryGetTimestamps(out _);
        if (Icmpv6Message.TryRead(bytes, out Icmpv6Message icmpv6))
        {
            _ = icmpv6.TryGetQuotedPacket(out _) | icmpv6.TryGetTarget(out _) | icmpv6.TryGetRedirectDestination(out _)
                | icmpv6.TryGetMulticastAddress(out _) | icmpv6.TryGetRouterAdvertisementTimes(out _);
            Walk(icmpv6.NeighborOptions);
            foreach (MulticastRecord record in icmpv6.MulticastRecords)
                Assert.InRange(record.SourceAddresses.Length, 0, bytes.Length / 16);
            Assert.InRange(icmpv6.QuerySources.Length, 0, bytes.Length / 16);
        }
        if (SctpPacket.TryRead(bytes, out SctpPacket sctp))
        {
            foreach (SctpChunk chunk in sctp.Chunks)
            {
                Walk(chunk.Parameters);
                Assert.InRange(chunk.UserData.Length + 4 * chunk.GapAckBlocks.Length, 0, chunk.Bytes.Length);
            }
        }
    }

    static void Walk(HeaderOptions options)
    {
        int left = options.Bytes.Length;
        foreach (HeaderOption option in options)
        {
            left -= option.Bytes.Length;
            _ = option.TryRead(out PrefixInformation _);
        }
        Assert.InRange(left, 0, options.Bytes.Length);
        _ = options.IsWellFormed;
    }

    static int Mutate(byte[] sample, byte[] bytes, Random random)
    {
        int length = sample.Length;
        sample.CopyTo(bytes, 0);
        for (int i = random.Next(1, 6); i > 0 && length > 0; i--)
        {
            int at = random.Next(length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2: // a length or type at its usual place
                    if (length >= 2)
                        MemoryMarshal.Write(bytes.AsSpan(Math.Min(at & ~1, length - 2)),
                            (ushort)(random.Next(2) == 0 ? random.Next(64) << 8 : random.Next()));
                    break;
                case 3: // the header of another protocol
                    bytes[at] = (byte)(random.Next(4) switch { 0 => 0x45, 1 => 0x60, 2 => 43, _ => 0 });
                    break;
                default:
                    length = random.Next(3) == 0 ? at : length;
                    break;
            }
        }
        return length;
    }

    static byte[][] Samples()
    {
        byte[] sll = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, .. Sample.UdpOverIpv4()];
        byte[] redirect = [137, 0, 0, 0, 0, 0, 0, 0, .. new byte[32], 2, 1, 2, 0, 0, 0, 0, 1, 3, 4, .. new byte[30]];
        byte[] report = [143, 0, 0, 0, 0, 0, 0, 2, .. new byte[20], 1, 0, 0, 1, .. new byte[32]];
        return
        [
            .. Enumerable.Range(0, 200).Select(seed => new RandomPacket(seed).Build()).Where(packet => packet.Length < 400),
            .. Enumerable.Range(0, 100).Select(seed => new RandomPacket(seed).Build()[14..]).Where(packet => packet.Length < 400),
            sll, redirect, report, TransportTests.Syn(), TransportTests.SctpAssociation(), Sample.UdpOverIpv6(),
                [0, 0, 0, 2, .. Sample.UdpOverIpv4()],
        ];
    }
}
