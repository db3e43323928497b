using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

public class Ipv6Tests
{
    [Fact]
    public void Fields_have_meaning_of_RFC_8200()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("hello"u8, 99);
            Ipv6Header header = Sample.Ipv6;
            header.TrafficClass = 0xb8;
            header.FlowLabel = 0xabcde;
            header.HopLimit = 3;
            builder.AddIpv6(header);
        });
        Assert.Equal("6b8abcde00056303", Convert.ToHexStringLower(bytes.AsSpan(..8)));
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        ref readonly Ipv6Header read = ref packet.Header;
        Assert.Equal((6, 0xb8, 0xabcde, 5, 99, 3),
            (read.Version, read.TrafficClass, read.FlowLabel, read.PayloadLength, read.NextHeader, read.HopLimit));
        Assert.Equal((Sample.Source6, Sample.Destination6), (read.SourceAddress, read.DestinationAddress));
        Assert.True(packet.TryGetUpper(out int protocol, out ReadOnlySpan<byte> payload));
        Assert.Equal(99, protocol);
        Assert.Equal("hello"u8, payload);
    }

    [Fact]
    public void All_extension_headers_lead_to_upper_protocol()
    {
        byte[] bytes = AllExtensions();
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        var seen = new List<(int Type, int Length)>();
        foreach (Ipv6ExtensionHeader extension in packet.ExtensionHeaders)
            seen.Add((extension.Type, extension.Bytes.Length));
        Assert.Equal([(IPPROTO_HOPOPTS, 8), (IPPROTO_ROUTING, 40), (IPPROTO_FRAGMENT, 8), (IPPROTO_AH, 24), (IPPROTO_DSTOPTS, 16)], seen);
        Assert.True(packet.TryGetUpper(out int protocol, out ReadOnlySpan<byte> payload));
        Assert.Equal((IPPROTO_UDP, 13), (protocol, payload.Length));
        Packet decoded = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((PacketLayers.Ipv6 | PacketLayers.Udp, ChecksumStatus.Valid), (decoded.Layers, decoded.TransportChecksumStatus));
        Assert.Equal(40 + 8 + 40 + 8 + 24 + 16, decoded.StatusOffset);
    }

    [Fact]
    public void Extension_headers_have_fields_of_their_types()
    {
        Assert.True(Ipv6Packet.TryRead(AllExtensions(), out Ipv6Packet packet));
        Ipv6ExtensionHeaders headers = packet.ExtensionHeaders;
        Assert.True(headers.MoveNext());
        Assert.True(headers.Current.Options.TryGet((int)Ipv6OptionType.RouterAlert, out HeaderOption alert));
        Assert.Equal(new byte[2], alert.Data);
        Assert.False(headers.Current.TryGetFragment(out _));
        Assert.True(headers.MoveNext());
        Assert.Equal((4, 1), (headers.Current.RoutingType, headers.Current.SegmentsLeft));
        Assert.True(headers.Current.TryGetFinalDestination(out Ipv6Address final));
        Assert.Equal("2001:db8:ffff::1", $"{final}");
        Assert.Equal(final, packet.FinalDestination);
        Assert.True(headers.MoveNext());
        Assert.True(headers.Current.TryGetFragment(out Ipv6FragmentHeader fragment));
        Assert.Equal((0, false, 0xcafeu), (fragment.FragmentOffset, fragment.MoreFragments, fragment.Identification));
        Assert.True(headers.MoveNext());
        Assert.True(headers.Current.TryGetAuthentication(out AuthenticationHeader authentication, out ReadOnlySpan<byte> value));
        Assert.Equal((0x100u, 7u, 12), (authentication.SecurityParametersIndex, authentication.SequenceNumber, value.Length));
        Assert.True(headers.MoveNext());
        Assert.True(headers.Current.Options.TryGet(0x1e, out HeaderOption option));
        Assert.Equal("abcdefgh"u8, option.Data);
        Assert.False(headers.MoveNext());
        Assert.Equal((0, 0, 0), (headers.Current.RoutingType, headers.Current.SegmentsLeft, headers.Current.Options.Bytes.Length));
    }

    [Theory]
    [InlineData(2, 1, ChecksumStatus.Valid)]
    [InlineData(2, 0, ChecksumStatus.Valid)]
    [InlineData(3, 0, ChecksumStatus.Valid)] // the packet has arrived
    [InlineData(3, 1, ChecksumStatus.Unknown)] // RPL compresses the addresses
    public void Unknown_route_leaves_checksum_unknown(byte type, byte segmentsLeft, ChecksumStatus status)
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddUdp(Sample.Udp);
            builder.AddIpv6Routing(type, segmentsLeft, [0, 0, 0, 0, .. Sample.Source6.Bytes]);
            builder.AddIpv6(Sample.Ipv6);
        });
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.Complete, status), (packet.Status, packet.TransportChecksumStatus));
        Assert.Equal(type == 2 && segmentsLeft > 0 ? Sample.Source6 : Sample.Destination6, packet.Ipv6.FinalDestination);
    }

    [Fact]
    public void Packet_is_decoded_or_truncated_at_each_length()
    {
        byte[] bytes = AllExtensions();
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> captured = bytes.AsSpan(..length);
            Assert.Equal(length >= Ipv6Header.Size, Ipv6Packet.TryRead(captured, out Ipv6Packet packet));
            Assert.Equal(length >= 136, packet.TryGetUpper(out _, out _));
            Packet decoded = Packet.Decode(captured, LinkType.Ipv6, bytes.Length);
            Assert.Equal(length >= 144 ? DecodeStatus.Complete : DecodeStatus.Truncated, decoded.Status);
            Assert.Equal((false, true), (decoded.HasExcessLength, decoded.IsCut));
        }
    }

    [Fact]
    public void Later_fragment_has_no_upper_protocol()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("data"u8, IPPROTO_UDP);
            builder.AddIpv6Fragment(new Ipv6FragmentHeader { FragmentOffset = 185, Identification = 1 });
            builder.AddIpv6(Sample.Ipv6);
        });
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        Assert.False(packet.TryGetUpper(out int protocol, out ReadOnlySpan<byte> payload));
        Assert.Equal((IPPROTO_UDP, 0), (protocol, payload.Length));
        Packet decoded = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.LaterFragment, true, 48), (decoded.Status, decoded.IsFragment, decoded.StatusOffset));
        Assert.Equal("data"u8, decoded.Payload);
    }

    [Fact]
    public void No_next_header_ends_packet()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddIpv6Options(IPPROTO_DSTOPTS, default);
            builder.AddIpv6(Sample.Ipv6);
        });
        Packet decoded = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.NoNextHeader, IPPROTO_NONE, 48), (decoded.Status, decoded.Protocol, decoded.StatusOffset));
        bytes = Sample.Built((ref PacketBuilder builder) => builder.AddIpv6(Sample.Ipv6));
        Assert.True(Ipv6Packet.TryRead([.. bytes, 0, 0], out Ipv6Packet packet));
        Assert.Equal((40, 0), (packet.Length, packet.Payload.Length));
    }

    [Fact]
    public void Jumbogram_has_length_of_its_option()
    {
        const int Data = 70_000;
        byte[] bytes = Jumbogram(Data);
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        Assert.Equal((48 + 8 + Data, false), (packet.Length, packet.IsTruncated));
        Packet decoded = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.Complete, Data, ChecksumStatus.Valid),
            (decoded.Status, decoded.Payload.Length, decoded.TransportChecksumStatus));
        Assert.Equal(8 + Data, decoded.Udp.Length);

        // A capture limit leaves the length on the wire.
        Assert.True(Ipv6Packet.TryRead(bytes.AsSpan(..100), out packet));
        Assert.Equal((48L + 8 + Data, true), (packet.Length, packet.IsTruncated));
    }

    [Fact]
    public void Length_0_without_jumbo_option_means_all_bytes()
    {
        byte[] bytes = Sample.UdpOverIpv6();
        MemoryMarshal.AsRef<Ipv6Header>(bytes.AsSpan()).PayloadLength = 0;
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        Assert.Equal((bytes.Length, 13), (packet.Length, packet.Payload.Length));

        // A jumbo option with a length that needs none is not believed.
        bytes = Jumbogram(70_000);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(44), 65535);
        Assert.True(Ipv6Packet.TryRead(bytes, out packet));
        Assert.Equal(bytes.Length, packet.Length);
    }

    [Fact]
    public void Last_address_of_routing_header_type_2_is_in_pseudo_header()
    {
        byte[] route = [0, 0, 0, 0, .. Sample.Source6.Bytes];
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddTcp(Sample.Tcp);
            builder.AddIpv6Routing(2, 1, route);
            builder.AddIpv6(Sample.Ipv6);
        });
        Assert.True(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        Assert.Equal($"{Sample.Source6} > {Sample.Source6}", $"{packet.PseudoHeader}");
        Assert.Equal(ChecksumStatus.Valid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
        bytes[43] = 0; // no segment left, so the header's destination is the last
        Assert.True(Ipv6Packet.TryRead(bytes, out packet));
        Assert.Equal(Sample.Destination6, packet.FinalDestination);
    }

    [Fact]
    public void Other_version_is_refused()
    {
        byte[] bytes = Sample.UdpOverIpv6();
        bytes[0] = 0x40;
        Assert.False(Ipv6Packet.TryRead(bytes, out Ipv6Packet packet));
        Assert.Equal((0, 0), (packet.Length, packet.Payload.Length));
        Assert.False(packet.TryGetUpper(out _, out _));
    }

    static byte[] AllExtensions() => Sample.Built((ref PacketBuilder builder) =>
    {
        HeaderOptionsWriter hop = HeaderOptionsWriter.ForIpv6(stackalloc byte[8]);
        hop.Add((int)Ipv6OptionType.RouterAlert, [0, 0]);
        HeaderOptionsWriter destination = HeaderOptionsWriter.ForIpv6(stackalloc byte[16]);
        destination.Add(0x1e, "abcdefgh"u8);
        byte[] route = [1, 0, 0, 0, .. Ipv6Address.Parse("2001:db8:ffff::1").Bytes, .. Sample.Destination6.Bytes];
        builder.AddPayload("hello"u8);
        builder.AddUdp(Sample.Udp);
        builder.AddIpv6Options(IPPROTO_DSTOPTS, destination.Written);
        builder.AddAuthentication(new AuthenticationHeader { SecurityParametersIndex = 0x100, SequenceNumber = 7 }, new byte[12]);
        builder.AddIpv6Fragment(new Ipv6FragmentHeader { Identification = 0xcafe });
        builder.AddIpv6Routing(4, 1, route);
        builder.AddIpv6Options(IPPROTO_HOPOPTS, hop.Written);
        builder.AddIpv6(Sample.Ipv6);
    });

    static byte[] Jumbogram(int data)
    {
        byte[] bytes = new byte[48 + 8 + data];
        new Random(1).NextBytes(bytes.AsSpan(56));
        Ipv6Header header = Sample.Ipv6;
        header.NextHeader = IPPROTO_HOPOPTS;
        MemoryMarshal.Write(bytes, in header);
        bytes[40] = IPPROTO_UDP;
        bytes[42] = (byte)Ipv6OptionType.JumboPayload;
        bytes[43] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(44), (uint)(8 + 8 + data));
        UdpHeader udp = Sample.Udp;
        MemoryMarshal.Write(bytes.AsSpan(48), in udp);
        TransportChecksum.Write(new PseudoHeader(Sample.Source6, Sample.Destination6), IPPROTO_UDP, bytes.AsSpan(48));
        return bytes;
    }
}
