using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

// Each method decodes the header at the start of its bytes and calls the one of the next layer.
public ref partial struct Packet
{
    const int FamilySize = sizeof(uint);

    void DecodeLink(LinkType linkType)
    {
        switch (linkType)
        {
            case LinkType.Ethernet:
                DecodeEthernet();
                break;
            case LinkType.Raw:
                DecodeIp(captured);
                break;
            case LinkType.Ipv4:
                DecodeNetwork(EtherType.Ipv4, captured);
                break;
            case LinkType.Ipv6:
                DecodeNetwork(EtherType.Ipv6, captured);
                break;
            case LinkType.LinuxSll when captured.Length >= LinuxSllHeader.Size:
                LinuxSll = Wire.View<LinuxSllHeader>(captured);
                Found(PacketLayers.LinuxSll, captured, captured[LinuxSllHeader.Size..]);
                DecodeTagged(LinuxSll.Protocol, Payload);
                break;
            case LinkType.LinuxSll2 when captured.Length >= LinuxSll2Header.Size:
                LinuxSll2 = Wire.View<LinuxSll2Header>(captured);
                Found(PacketLayers.LinuxSll2, captured, captured[LinuxSll2Header.Size..]);
                DecodeTagged(LinuxSll2.Protocol, Payload);
                break;
            case LinkType.Null or LinkType.Loop when captured.Length >= FamilySize:
                DecodeFamily(linkType);
                break;
            default:
                bool isKnown = linkType is LinkType.LinuxSll or LinkType.LinuxSll2 or LinkType.Null or LinkType.Loop;
                End(isKnown ? DecodeStatus.Truncated : DecodeStatus.UnknownProtocol, captured);
                break;
        }
    }

    void DecodeEthernet()
    {
        if (!EthernetFrame.TryRead(captured, out EthernetFrame frame))
        {
            End(DecodeStatus.Truncated, captured);
            return;
        }
        Ethernet = frame;
        Found(PacketLayers.Ethernet, captured, frame.Payload);
        DecodeNetwork(frame.EtherType, frame.Payload);
    }

    /// <summary>Decodes what follows a cooked header. A tag there lacks its first two bytes, which are the header's protocol.</summary>
    void DecodeTagged(EtherType etherType, ReadOnlySpan<byte> bytes)
    {
        if (etherType is EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan)
        {
            ReadOnlySpan<byte> rest = bytes.Length >= sizeof(ushort) ? bytes[sizeof(ushort)..] : default;
            if (!EthernetFrame.TrySkipTags(ref rest, out etherType))
            {
                End(DecodeStatus.Truncated, bytes);
                return;
            }
            bytes = rest;
        }
        DecodeNetwork(etherType, bytes);
    }

    void DecodeFamily(LinkType linkType)
    {
        uint family = BinaryPrimitives.ReadUInt32BigEndian(captured);

        // LINKTYPE_NULL has the byte order of the host that captured. A family is less than 65536, so its order shows.
        if (linkType == LinkType.Null && family > ushort.MaxValue)
            family = BinaryPrimitives.ReverseEndianness(family);
        Found(PacketLayers.Family, captured, captured[FamilySize..]);

        // AF_INET is 2 everywhere. AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD and 30 on macOS.
        if (family is 2 or 10 or 24 or 28 or 30)
            DecodeNetwork(family == 2 ? EtherType.Ipv4 : EtherType.Ipv6, Payload);
        else
            End(DecodeStatus.UnknownProtocol, Payload);
    }

    void DecodeIp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            End(DecodeStatus.Truncated, bytes);
        else if (bytes[0] >> 4 is 4 or 6)
            DecodeNetwork(bytes[0] >> 4 == 4 ? EtherType.Ipv4 : EtherType.Ipv6, bytes);
        else
            End(DecodeStatus.Malformed, bytes);
    }

    void DecodeNetwork(EtherType etherType, ReadOnlySpan<byte> bytes)
    {
        EtherType = etherType;
        lengthInFrame = WireLength - OffsetOf(bytes);
        switch (etherType)
        {
            case EtherType.Ipv4:
                DecodeIpv4(bytes);
                break;
            case EtherType.Ipv6:
                DecodeIpv6(bytes);
                break;
            case EtherType.Arp when ArpPacket.TryRead(bytes, out ArpPacket arp):
                Arp = arp;
                Found(PacketLayers.Arp, bytes, default);
                break;
            default:
                End(etherType == EtherType.Arp ? DecodeStatus.Truncated : DecodeStatus.UnknownProtocol, bytes);
                break;
        }
    }

    void DecodeIpv4(ReadOnlySpan<byte> bytes)
    {
        DecodeStatus status = Ipv4Packet.Decode(bytes, out Ipv4Packet packet);
        if (status != DecodeStatus.Complete)
        {
            End(status, bytes);
            return;
        }
        Ipv4 = packet;
        HasExcessLength = packet.Length > lengthInFrame;
        IsFragment = packet.Header.IsFragment;
        Protocol = packet.Header.Protocol;
        Found(PacketLayers.Ipv4, bytes, packet.Payload);
        if (packet.Header.FragmentOffset != 0)
            End(DecodeStatus.LaterFragment, Payload);
        else
            DecodeTransport(Payload, packet.Header.TotalLength == 0 ? long.MaxValue : packet.PayloadLength);
    }

    void DecodeIpv6(ReadOnlySpan<byte> bytes)
    {
        DecodeStatus status = Ipv6Packet.Decode(bytes, out Ipv6Packet packet);
        if (status != DecodeStatus.Complete)
        {
            End(status, bytes);
            return;
        }
        Ipv6 = packet;
        HasExcessLength = packet.Length > lengthInFrame;
        foreach (Ipv6ExtensionHeader extension in packet.ExtensionHeaders)
        {
            IsFragment |= extension.TryGetFragment(out Ipv6FragmentHeader fragment)
                && fragment is not { FragmentOffset: 0, MoreFragments: false };
        }
        status = packet.Walk(out int protocol, out ReadOnlySpan<byte> rest);
        Protocol = protocol;
        Found(PacketLayers.Ipv6, bytes, rest);
        if (status == DecodeStatus.Complete)
            DecodeTransport(rest, packet.Length - OffsetOf(rest) + OffsetOf(bytes));
        else
            End(status, rest);
    }

    /// <summary>Decodes the payload of an IP packet.</summary>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="length">The length on the wire.</param>
    void DecodeTransport(ReadOnlySpan<byte> bytes, long length)
    {
        DecodeStatus status = DecodeStatus.UnknownProtocol;
        switch (Protocol)
        {
            case IPPROTO_UDP:
                status = UdpDatagram.Decode(bytes, out UdpDatagram datagram);
                Udp = datagram;

                // A UDP length of 0 is that of a jumbogram, which only IPv6 has.
                if (status == DecodeStatus.Complete && datagram.Header.Length == 0 && !Has(PacketLayers.Ipv6))
                    status = DecodeStatus.Malformed;
                if (status == DecodeStatus.Complete)
                {
                    HasExcessLength |= datagram.Length > length && !IsFragment;
                    Found(PacketLayers.Udp, bytes, datagram.Payload);
                }
                break;
            case IPPROTO_TCP:
                status = TcpSegment.Decode(bytes, out TcpSegment segment);
                Tcp = segment;
                if (status == DecodeStatus.Complete)
                    Found(PacketLayers.Tcp, bytes, segment.Payload);
                break;
            case IPPROTO_ICMP when IcmpMessage.TryRead(bytes, out IcmpMessage message):
                Icmp = message;
                status = Found(PacketLayers.Icmp, bytes, message.Body);
                break;
            case IPPROTO_ICMPV6 when Icmpv6Message.TryRead(bytes, out Icmpv6Message message):
                Icmpv6 = message;
                status = Found(PacketLayers.Icmpv6, bytes, message.Body);
                break;
            case IPPROTO_SCTP when SctpPacket.TryRead(bytes, out SctpPacket packet):
                Sctp = packet;
                status = Found(PacketLayers.Sctp, bytes, packet.Payload);
                break;
            case IPPROTO_ICMP or IPPROTO_ICMPV6 or IPPROTO_SCTP:
                status = DecodeStatus.Truncated;
                break;
        }
        if (status != DecodeStatus.Complete)
            End(status, bytes);
    }

    DecodeStatus Found(PacketLayers layer, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        Layers |= layer;
        Payload = payload;
        StatusOffset = OffsetOf(header);
        return DecodeStatus.Complete;
    }

    void End(DecodeStatus status, ReadOnlySpan<byte> header)
    {
        Status = status;
        StatusOffset = OffsetOf(header);
    }

    /// <summary>Returns the place of a part of the captured bytes.</summary>
    readonly int OffsetOf(ReadOnlySpan<byte> part) =>
        (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(captured), ref MemoryMarshal.GetReference(part));
}
