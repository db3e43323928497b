using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

public class LinkTests
{
    [Theory]
    [InlineData(0, 14)]
    [InlineData(1, 18)]
    [InlineData(2, 22)]
    [InlineData(3, 26)]
    public void Tags_stand_before_type(int tags, int headerLength)
    {
        byte[] bytes = Tagged(tags);
        Assert.True(EthernetFrame.TryRead(bytes, out EthernetFrame frame));
        Assert.Equal((headerLength, EtherType.Ipv4, tags), (frame.HeaderLength, frame.EtherType, frame.Tags.Length));
        Assert.Equal((Sample.SourceMac, Sample.DestinationMac), (frame.Header.Source, frame.Header.Destination));
        if (tags > 0)
            Assert.Equal((EtherType.ServiceVlan, 100 + tags, 5),
                (frame.Tags[0].TagProtocolId, frame.Tags[0].VlanId, frame.Tags[0].PriorityCodePoint));
        if (tags > 1)
            Assert.Equal((EtherType.Vlan, 101, true), (frame.Tags[^1].TagProtocolId, frame.Tags[^1].VlanId, frame.Tags[^1].IsDropEligible));
        Packet packet = Packet.Decode(bytes, LinkType.Ethernet);
        Assert.Equal((DecodeStatus.Complete, ChecksumStatus.Valid), (packet.Status, packet.TransportChecksumStatus));
        for (int length = 0; length < headerLength; length++)
        {
            Assert.False(EthernetFrame.TryRead(bytes.AsSpan(..length), out frame));
            Assert.Equal((0, 0, 0), (frame.Payload.Length, frame.Tags.Length, (int)frame.EtherType));
        }
    }

    [Fact]
    public void Frame_with_length_has_that_payload()
    {
        byte[] bytes = [.. new byte[12], 0, 3, 0x42, 0x42, 3, 0, 0, 0];
        Assert.True(EthernetFrame.TryRead(bytes, out EthernetFrame frame));
        Assert.True(frame.HasLength);
        Assert.Equal(new byte[] { 0x42, 0x42, 3 }, frame.Payload);
        Assert.Equal(DecodeStatus.UnknownProtocol, Packet.Decode(bytes, LinkType.Ethernet).Status);
    }

    [Fact]
    public void Padding_of_frame_is_no_payload()
    {
        byte[] bytes = [.. Tagged(0), .. new byte[20]];
        Packet packet = Packet.Decode(bytes, LinkType.Ethernet);
        Assert.Equal("hello"u8, packet.Payload);
        Assert.Equal((ChecksumStatus.Valid, false), (packet.TransportChecksumStatus, packet.HasExcessLength));
    }

    [Fact]
    public void Arp_packet_is_read()
    {
        byte[] bytes = Sample.Built((ref PacketBuilder builder) =>
        {
            builder.AddPayload(new byte[18]);
            builder.AddArp(ArpOpcode.Request, Sample.SourceMac, Sample.Source4, default, Sample.Destination4);
            builder.AddEthernet(new EthernetHeader { Source = Sample.SourceMac, Destination = MacAddress.Broadcast });
        });
        Assert.Equal(60, bytes.Length);
        Packet packet = Packet.Decode(bytes, LinkType.Ethernet);
        Assert.Equal((PacketLayers.Ethernet | PacketLayers.Arp, DecodeStatus.Complete), (packet.Layers, packet.Status));
        ArpPacket arp = packet.Arp;
        Assert.True(arp.IsIpv4OverEthernet);
        Assert.Equal((1, ArpOpcode.Request), (arp.Header.HardwareType, arp.Header.Opcode));
        Assert.Equal((Sample.SourceMac, default(MacAddress)),
            (new MacAddress(arp.SenderHardwareAddress), new MacAddress(arp.TargetHardwareAddress)));
        Assert.Equal("ARP Request, 192.0.2.1 to 198.51.100.7", arp.ToString());
        for (int length = 14; length < 42; length++)
        {
            packet = Packet.Decode(bytes.AsSpan(..length), LinkType.Ethernet);
            Assert.Equal((DecodeStatus.Truncated, 14), (packet.Status, packet.StatusOffset));
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(10, false)]
    [InlineData(24, true)]
    [InlineData(28, true)]
    [InlineData(30, false)]
    public void Null_link_has_family_in_either_order(int family, bool isBigEndian)
    {
        byte[] bytes = [0, 0, 0, 0, .. family == 2 ? Sample.UdpOverIpv4() : Sample.UdpOverIpv6()];
        if (isBigEndian)
            BinaryPrimitives.WriteInt32BigEndian(bytes, family);
        else
            BinaryPrimitives.WriteInt32LittleEndian(bytes, family);
        Packet packet = Packet.Decode(bytes, LinkType.Null);
        Assert.Equal((PacketLayers.Family | PacketLayers.Udp | (family == 2 ? PacketLayers.Ipv4 : PacketLayers.Ipv6)), packet.Layers);
        DecodeStatus loop = isBigEndian ? DecodeStatus.Complete : DecodeStatus.UnknownProtocol;
        Assert.Equal(loop, Packet.Decode(bytes, LinkType.Loop).Status);
    }

    [Fact]
    public void Cooked_links_state_protocol()
    {
        byte[] ip = Sample.UdpOverIpv4();
        byte[] sll = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, .. ip];
        Packet packet = Packet.Decode(sll, LinkType.LinuxSll);
        Assert.Equal(PacketLayers.LinuxSll | PacketLayers.Ipv4 | PacketLayers.Udp, packet.Layers);
        Assert.Equal((4, 1, 6, Sample.SourceMac), (packet.LinuxSll.PacketType, packet.LinuxSll.ArphrdType, packet.LinuxSll.AddressLength,
            packet.LinuxSll.Address));
        byte[] sll2 = [8, 0, 0, 0, 0, 0, 0, 3, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. ip];
        packet = Packet.Decode(sll2, LinkType.LinuxSll2);
        Assert.Equal(PacketLayers.LinuxSll2 | PacketLayers.Ipv4 | PacketLayers.Udp, packet.Layers);
        Assert.Equal((3u, 1, 4, Sample.SourceMac),
            (packet.LinuxSll2.InterfaceIndex, packet.LinuxSll2.ArphrdType, packet.LinuxSll2.PacketType,
            packet.LinuxSll2.Address));

        // A tag behind a cooked header begins with its last two bytes.
        byte[] tagged = [.. sll.AsSpan(..14), 0x81, 0, 0, 5, 8, 0, .. ip];
        Assert.Equal(DecodeStatus.Complete, Packet.Decode(tagged, LinkType.LinuxSll).Status);
        Assert.Equal(DecodeStatus.Truncated, Packet.Decode(tagged.AsSpan(..19), LinkType.LinuxSll).Status);
    }

    [Fact]
    public void Unknown_and_empty_input_has_status()
    {
        Assert.Equal(DecodeStatus.UnknownProtocol, Packet.Decode(new byte[100], (LinkType)147).Status);
        Assert.All(Enum.GetValues<LinkType>(), link =>
            Assert.Equal((DecodeStatus.Truncated, 0), (Packet.Decode(default, link).Status, Packet.Decode(default, link).StatusOffset)));
        Assert.Equal(DecodeStatus.Malformed, Packet.Decode([0x50], LinkType.Raw).Status);
        Assert.Throws<ArgumentOutOfRangeException>("wireLength", () => Packet.Decode(new byte[2], LinkType.Raw, 1));
    }

    static byte[] Tagged(int tags) => Sample.Built((ref PacketBuilder builder) =>
    {
        builder.AddPayload("hello"u8);
        builder.AddUdp(Sample.Udp);
        builder.AddIpv4(Sample.Ipv4);
        for (int i = 1; i <= tags; i++)
        {
            builder.AddVlanTag(new VlanTag
            {
                TagProtocolId = i == tags ? EtherType.ServiceVlan : default,
                VlanId = 100 + i,
                IsDropEligible = i == 1,
                PriorityCodePoint = i == tags ? 5 : 0,
            });
        }
        builder.AddEthernet(Sample.Ethernet);
    });
}
