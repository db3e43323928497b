using System.Runtime.InteropServices;

namespace Unp.Net.Packets.Tests;

public class PacketTests
{
    [Theory]
    [InlineData(20, DecodeStatus.Truncated, 20)]
    [InlineData(27, DecodeStatus.Truncated, 20)]
    [InlineData(28, DecodeStatus.Complete, 20)]
    public void Status_states_reason_and_place(int length, DecodeStatus status, int offset)
    {
        byte[] bytes = Sample.UdpOverIpv4();
        Packet packet = Packet.Decode(bytes.AsSpan(..length), LinkType.Raw, bytes.Length);
        Assert.Equal((status, offset, IPPROTO_UDP, true), (packet.Status, packet.StatusOffset, packet.Protocol, packet.IsCut));
        Assert.Equal(EtherType.Ipv4, packet.EtherType);
    }

    [Fact]
    public void Unknown_protocol_leaves_payload()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload("esp"u8, IPPROTO_ESP);
            builder.AddIpv4(Sample.Ipv4);
        });
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.UnknownProtocol, IPPROTO_ESP, 20, PacketLayers.Ipv4),
            (packet.Status, packet.Protocol, packet.StatusOffset, packet.Layers));
        Assert.Equal("esp"u8, packet.Payload);
        Assert.Equal(ChecksumStatus.Unknown, packet.TransportChecksumStatus);
    }

    [Fact]
    public void First_fragment_has_transport_header_but_no_checksum()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[100]);
            builder.AddUdp(Sample.Udp);
            Ipv4Header header = Sample.Ipv4;
            header.MoreFragments = true;
            builder.AddIpv4(header);
        });
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(20)).Length = 3000;
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.Complete, true, false, ChecksumStatus.Unknown),
            (packet.Status, packet.IsFragment, packet.HasExcessLength, packet.TransportChecksumStatus));
        MemoryMarshal.AsRef<Ipv4Header>(bytes.AsSpan()).FragmentOffset = 1;
        packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((DecodeStatus.LaterFragment, 20, PacketLayers.Ipv4), (packet.Status, packet.StatusOffset, packet.Layers));
    }

    [Fact]
    public void Length_beyond_wire_is_reported()
    {
        byte[] bytes = Sample.UdpOverIpv4();
        Assert.True(Packet.Decode(bytes.AsSpan(..^1), LinkType.Raw).HasExcessLength);
        Assert.False(Packet.Decode(bytes.AsSpan(..^1), LinkType.Raw, bytes.Length).HasExcessLength);
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(20)).Length++;
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((true, DecodeStatus.Complete, ChecksumStatus.Unknown),
            (packet.HasExcessLength, packet.Status, packet.TransportChecksumStatus));
        bytes = Sample.UdpOverIpv6();
        Assert.True(Packet.Decode(bytes.AsSpan(..^1), LinkType.Raw).HasExcessLength);
    }

    [Fact]
    public void Udp_length_0_is_malformed_over_ipv4()
    {
        byte[] bytes = Sample.UdpOverIpv4();
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(20)).Length = 0;
        Assert.Equal(DecodeStatus.Malformed, Packet.Decode(bytes, LinkType.Raw).Status);
        bytes = Sample.UdpOverIpv6();
        MemoryMarshal.AsRef<UdpHeader>(bytes.AsSpan(40)).Length = 0;
        Assert.Equal(DecodeStatus.Complete, Packet.Decode(bytes, LinkType.Raw).Status);
    }

    [Fact]
    public void Header_is_changed_in_place()
    {
        byte[] bytes = TransportTests.Transport(IPPROTO_TCP);
        Span<byte> segment = bytes.AsSpan(20);
        MemoryMarshal.AsRef<TcpHeader>(segment).DestinationPort = 8080;
        Assert.Equal(ChecksumStatus.Invalid, Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
        Assert.True(Ipv4Packet.TryRead(bytes, out Ipv4Packet ip));
        TransportChecksum.Write(ip.PseudoHeader, IPPROTO_TCP, segment);
        Packet packet = Packet.Decode(bytes, LinkType.Raw);
        Assert.Equal((8080, ChecksumStatus.Valid), (packet.Tcp.Header.DestinationPort, packet.TransportChecksumStatus));
    }

    [Fact]
    public void Decoding_and_building_allocate_nothing()
    {
        byte[] bytes = Sample.UdpOverIpv4(), buffer = new byte[2000];
        byte[] syn = TransportTests.Syn();
        AllocationCheck.AssertFree("decode", () => _ = Packet.Decode(bytes, LinkType.Raw).TransportChecksumStatus);
        AllocationCheck.AssertFree("options", () =>
            _ = TcpSegment.TryRead(syn, out TcpSegment segment) && segment.TryGetFastOpenCookie(out _));
        AllocationCheck.AssertFree("build", () =>
        {
            var builder = new PacketBuilder(buffer);
            HeaderOptionsWriter options = HeaderOptionsWriter.ForTcp(stackalloc byte[40]);
            options.AddNumber((int)TcpOptionKind.MaximumSegmentSize, (ushort)1460);
            builder.AddTcp(Sample.Tcp, options.Written);
            builder.AddIpv6(new Ipv6Header { HopLimit = 1 });
            builder.AddEthernet(default);
        });
        AllocationCheck.AssertFree("fragment", () =>
        {
            var fragmenter = new IpFragmenter(bytes, 28);
            while (fragmenter.TryWriteNext(buffer, out _))
            {
            }
        });
    }
}
