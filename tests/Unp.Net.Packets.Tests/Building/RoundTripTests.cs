using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Packets.Tests;

/// <summary>A packet that was built is read with the values that it was built from.</summary>
public class RoundTripTests
{
    [Fact]
    public void Read_packet_equals_built_packet() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => IsRead(new RandomPacket(seed))));

    [Fact]
    public void Packet_does_not_depend_on_earlier_bytes_of_buffer() => Assert.All(
        Enumerable.Range(0, 300), seed => Assert.Equal(new RandomPacket(seed).Build(), new RandomPacket(seed).Build(0xff)));

    static bool IsRead(RandomPacket built)
    {
        byte[] bytes = built.Build();
        Packet packet = Packet.Decode(bytes, LinkType.Ethernet);
        Assert.Equal((DecodeStatus.Complete, false, built.Tags), (packet.Status, packet.HasExcessLength, packet.Ethernet.Tags.Length));
        Assert.Equal((built.Ethernet.Source, built.Ethernet.Destination),
            (packet.Ethernet.Header.Source, packet.Ethernet.Header.Destination));
        if (built.IsArp)
        {
            Assert.Equal(built.Ipv4.SourceAddress.Bytes, packet.Arp.SenderProtocolAddress);
            Assert.Equal(built.Ethernet.Destination.Bytes, packet.Arp.TargetHardwareAddress);
            return true;
        }
        Assert.Equal(ChecksumStatus.Valid, packet.TransportChecksumStatus);
        Assert.Equal(built.Transport, packet.Protocol);
        AssertNetwork(built, packet);
        AssertTransport(built, packet);
        return true;
    }

    static void AssertNetwork(RandomPacket built, Packet packet)
    {
        if (built.IsIpv6)
        {
            Ipv6Header expected = built.Ipv6, header = packet.Ipv6.Header;
            expected.PayloadLength = header.PayloadLength;
            expected.NextHeader = header.NextHeader;
            Assert.Equal(expected, header);
            Assert.Equal(built.HasHopByHop, header.NextHeader == IPPROTO_HOPOPTS);
        }
        else
        {
            Ipv4Header expected = built.Ipv4, header = packet.Ipv4.Header;
            expected.TotalLength = header.TotalLength;
            expected.HeaderChecksum = header.HeaderChecksum;
            expected.Protocol = (byte)built.Transport;
            Assert.Equal(expected, header);
            Assert.True(packet.Ipv4.IsHeaderChecksumValid);
        }
    }

    static void AssertTransport(RandomPacket built, Packet packet)
    {
        ReadOnlySpan<byte> data = packet.Payload;
        switch (built.Transport)
        {
            case IPPROTO_UDP:
                Assert.Equal((built.Udp.SourcePort, built.Udp.DestinationPort),
                    (packet.Udp.Header.SourcePort, packet.Udp.Header.DestinationPort));
                break;
            case IPPROTO_TCP:
                TcpHeader expected = built.Tcp, header = packet.Tcp.Header;
                expected.DataOffset = header.DataOffset;
                expected.Checksum = header.Checksum;
                Assert.Equal(expected, header);
                Assert.Equal((built.MaximumSegmentSize, built.WindowScale, built.Timestamps),
                    (packet.Tcp.MaximumSegmentSize, packet.Tcp.WindowScale, packet.Tcp.Timestamps));
                break;
            case IPPROTO_ICMP:
                Assert.Equal((built.Icmp.Type, built.Icmp.RestOfHeader), (packet.Icmp.Header.Type, packet.Icmp.Header.RestOfHeader));
                break;
            case IPPROTO_ICMPV6:
                Assert.Equal((built.Icmpv6.Type, built.Icmpv6.RestOfHeader),
                    (packet.Icmpv6.Header.Type, packet.Icmpv6.Header.RestOfHeader));
                break;
            default:
                SctpChunks chunks = packet.Sctp.Chunks;
                Assert.True(chunks.MoveNext() && chunks.Current.TryRead(out SctpDataFields fields) && fields.Equals(built.SctpData));
                data = chunks.Current.UserData[1..];
                break;
        }
        Assert.Equal(built.Data, data);
    }
}
