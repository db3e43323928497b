namespace Unp.Net.Packets.Tests;

public class PacketBuilderTests
{
    [Fact]
    public void Lengths_protocols_and_checksums_are_filled_in()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("hello"u8);
            builder.AddTcp(Sample.Tcp, [1, 1, 1, 0]);
            builder.AddIpv4(Sample.Ipv4, [1, 1, 1, 1, 1, 1, 1, 0]);
            builder.AddEthernet(Sample.Ethernet);
        });
        Packet packet = Packet.Decode(bytes, LinkType.Ethernet);
        Assert.Equal((EtherType.Ipv4, IPPROTO_TCP, 28 + 24 + 5, 7),
            (packet.EtherType, packet.Protocol, packet.Ipv4.Length, packet.Ipv4.Header.Ihl));
        Assert.Equal((6, ChecksumStatus.Valid, true),
            (packet.Tcp.Header.DataOffset, packet.TransportChecksumStatus, packet.Ipv4.IsHeaderChecksumValid));
        Assert.Equal("hello"u8, packet.Payload);
    }

    [Fact]
    public void Tunnel_has_inner_packet()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddIcmpv6(new Icmpv6Header { Type = Icmpv6Type.EchoRequest });
            builder.AddIpv6(Sample.Ipv6);
            builder.AddIpv4(Sample.Ipv4);
        });
        Packet outer = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.UnknownProtocol, IPPROTO_IPV6), (outer.Status, outer.Protocol));
        Packet inner = Packet.Decode(outer.Payload, LinkType.Ipv6);
        Assert.Equal((Icmpv6Type.EchoRequest, ChecksumStatus.Valid), (inner.Icmpv6.Header.Type, inner.TransportChecksumStatus));
    }

    [Fact]
    public void Type_of_unknown_payload_is_callers()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("x"u8);
            builder.AddVlanTag(new VlanTag { VlanId = 7 }, (EtherType)0x88b5);
            builder.AddEthernet(new EthernetHeader { EtherType = EtherType.Arp });
        });
        Assert.Equal("810000" + "0788b578", Convert.ToHexStringLower(bytes.AsSpan(12)));
        bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("x"u8);
            builder.AddIpv4(new Ipv4Header { Protocol = 253 });
        });
        Assert.Equal(253, Packet.Decode(bytes, LinkType.Raw).Protocol);
        bytes = Sample.Built((ref PacketBuilder builder) => builder.AddEthernet(new EthernetHeader { EtherType = (EtherType)0x88b5 }));
        Assert.Equal((EtherType)0x88b5, Packet.Decode(bytes, LinkType.Ethernet).EtherType);
    }

    [Fact]
    public void Short_buffer_is_refused_and_packet_stays()
    {
        AssertRefused(39, "an IPv6 header needs 40", (ref PacketBuilder builder) => builder.AddIpv6(Sample.Ipv6));
        AssertRefused(7, "a UDP header needs 8", (ref PacketBuilder builder) => builder.AddUdp(Sample.Udp));
        AssertRefused(23, "a TCP header needs 24", (ref PacketBuilder builder) => builder.AddTcp(Sample.Tcp, [1, 1, 1, 1]));
        AssertRefused(19, "an IPv4 header needs 20", (ref PacketBuilder builder) => builder.AddIpv4(Sample.Ipv4));
        AssertRefused(7, "an ICMP header needs 8", (ref PacketBuilder builder) => builder.AddIcmp(default));
        AssertRefused(7, "an ICMPv6 header needs 8", (ref PacketBuilder builder) => builder.AddIcmpv6(default));
        AssertRefused(11, "an SCTP header needs 12", (ref PacketBuilder builder) => builder.AddSctp(default));
        AssertRefused(7, "an SCTP chunk needs 8", (ref PacketBuilder builder) => builder.AddSctpChunk(SctpChunkType.Abort, 0, [1]));
        AssertRefused(7, "an extension header needs 8", (ref PacketBuilder builder) => builder.AddIpv6Options(IPPROTO_DSTOPTS, default));
        AssertRefused(7, "a fragment header needs 8", (ref PacketBuilder builder) => builder.AddIpv6Fragment(default));
        AssertRefused(11, "an authentication header needs 12", (ref PacketBuilder builder) => builder.AddAuthentication(default, default));
        AssertRefused(27, "an ARP packet needs 28", (ref PacketBuilder builder) =>
            builder.AddArp(default, default, default, default, default));
        AssertRefused(3, "a VLAN tag needs 4", (ref PacketBuilder builder) => builder.AddVlanTag(default));
        AssertRefused(13, "an Ethernet header needs 14", (ref PacketBuilder builder) => builder.AddEthernet(default));
        AssertRefused(1, "data needs 2", (ref PacketBuilder builder) => builder.AddPayload([1, 2]));
    }

    [Fact]
    public void Wrong_values_are_refused_by_name()
    {
        AssertThrows<ArgumentException>("5 bytes", (ref PacketBuilder builder) => builder.AddTcp(Sample.Tcp, new byte[5]));
        AssertThrows<ArgumentException>("44 bytes", (ref PacketBuilder builder) => builder.AddIpv4(Sample.Ipv4, new byte[44]));
        AssertThrows<ArgumentException>("6 bytes", (ref PacketBuilder builder) => builder.AddIpv6Routing(0, 0, new byte[6]));
        AssertThrows<ArgumentException>("not 2056", (ref PacketBuilder builder) => builder.AddIpv6Options(IPPROTO_HOPOPTS, new byte[2047]));
        AssertThrows<ArgumentException>("not 2056", (ref PacketBuilder builder) => builder.AddIpv6Routing(0, 0, new byte[2052]));
        AssertThrows<ArgumentException>("1020 bytes", (ref PacketBuilder builder) => builder.AddAuthentication(default, new byte[1020]));
        AssertThrows<ArgumentException>("not 65536", (ref PacketBuilder builder) => builder.AddSctpChunk(0, 0, new byte[65532]));
        AssertThrows<ArgumentOutOfRangeException>("type", (ref PacketBuilder builder) => builder.AddIpv6Options(IPPROTO_TCP, default));
        AssertThrows<ArgumentOutOfRangeException>("ipProtocol", (ref PacketBuilder builder) => builder.AddPayload(default, 256));
        AssertThrows<InvalidOperationException>("65536", (ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[65528]);
            builder.AddUdp(Sample.Udp);
        });
        AssertThrows<InvalidOperationException>("65536", (ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[65516]);
            builder.AddIpv4(Sample.Ipv4);
        });
        AssertThrows<InvalidOperationException>("65536", (ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[65536]);
            builder.AddIpv6(Sample.Ipv6);
        });
    }

    [Fact]
    public void Cleared_builder_builds_another_packet()
    {
        var builder = new PacketBuilder(new byte[100]);
        builder.AddUdp(Sample.Udp);
        builder.Clear();
        builder.AddPayload("x"u8);
        builder.AddIpv4(new Ipv4Header { Protocol = 253 });
        Assert.Equal(21, builder.Written.Length);
        Assert.Equal("x"u8, builder.Written[20..]);
        Assert.Equal(253, builder.Written[9]);
        Assert.Equal("packet of 21 bytes, 79 free", builder.ToString());
    }

    [Fact]
    public void Options_have_alignment_of_their_format()
    {
        HeaderOptionsWriter tcp = HeaderOptionsWriter.ForTcp(new byte[8]);
        tcp.Add(4);
        Assert.Equal(new byte[] { 4, 2, 0, 0 }, tcp.Written);
        tcp.Add(3, [7]);
        Assert.Equal(new byte[] { 4, 2, 3, 3, 7, 0, 0, 0 }, tcp.Written);
        HeaderOptionsWriter ipv6 = HeaderOptionsWriter.ForIpv6(new byte[9]);
        ipv6.AddPadding(1);
        ipv6.AddPadding(3);
        ipv6.Add(5, [0, 0]);
        Assert.Equal(new byte[] { 0, 1, 1, 0, 5, 2, 0, 0 }, ipv6.Written);
        HeaderOptionsWriter neighbor = HeaderOptionsWriter.ForNeighborDiscovery(new byte[16]);
        neighbor.Add(14, [1, 2, 3, 4, 5, 6, 7]);
        Assert.Equal(new byte[] { 14, 2, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0 }, neighbor.Written);
        HeaderOptionsWriter sctp = HeaderOptionsWriter.ForSctp(new byte[16]);
        sctp.Add(7, [1]);
        sctp.Add(8);
        Assert.Equal(new byte[] { 0, 7, 0, 5, 1, 0, 0, 0, 0, 8, 0, 4 }, sctp.Written);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Assert.Throws<ArgumentException>("data", () => HeaderOptionsWriter.ForTcp(new byte[100]).Add(5, new byte[39]));
        Assert.Throws<ArgumentException>("data", () => HeaderOptionsWriter.ForIpv6(new byte[300]).Add(5, new byte[256]));
        Assert.Throws<ArgumentOutOfRangeException>("type", () => HeaderOptionsWriter.ForTcp(new byte[4]).Add(1));
        Assert.Throws<ArgumentOutOfRangeException>("type", () => HeaderOptionsWriter.ForIpv6(new byte[4]).Add(256));
        Assert.Throws<InvalidOperationException>(() => HeaderOptionsWriter.ForTcp(new byte[3]).Add(4));
        Assert.Throws<InvalidOperationException>(() => HeaderOptionsWriter.ForSctp(new byte[8]).AddPadding(1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => HeaderOptionsWriter.ForTcp(new byte[8]).AddPadding(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => HeaderOptionsWriter.ForIpv6(new byte[300]).AddPadding(258));
    }

    static void AssertThrows<T>(string text, Sample.Build build)
        where T : Exception
    {
        T exception = Assert.Throws<T>(() => Sample.Built(build));
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    static void AssertRefused(int room, string text, Sample.Build build)
    {
        byte[] buffer = new byte[room + 3];
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
        {
            var builder = new PacketBuilder(buffer);
            builder.AddPayload("abc"u8);
            build(ref builder);
        });
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal("abc"u8, buffer.AsSpan(room));
    }
}
