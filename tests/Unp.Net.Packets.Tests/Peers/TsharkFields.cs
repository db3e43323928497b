namespace Unp.Net.Packets.Tests;

/// <summary>The fields that tshark prints, with the value that the views have for it. An absent field is empty.</summary>
static class TsharkFields
{
    public delegate string Value(Packet packet);

    public static readonly (string Name, Value Value)[] All =
    [
        .. In(PacketLayers.Ethernet,
            ("eth.src", p => $"{p.Ethernet.Header.Source}"),
            ("eth.dst", p => $"{p.Ethernet.Header.Destination}"),
            ("vlan.id", p => Tag(p, EtherType.Vlan, tag => tag.VlanId)),
            ("vlan.priority", p => Tag(p, EtherType.Vlan, tag => tag.PriorityCodePoint)),
            ("ieee8021ad.id", p => Tag(p, EtherType.ServiceVlan, tag => tag.VlanId))),
        .. In(PacketLayers.Arp,
            ("arp.hw.type", p => $"{p.Arp.Header.HardwareType}"),
            ("arp.opcode", p => $"{(int)p.Arp.Header.Opcode}"),
            ("arp.src.hw_mac", p => $"{new MacAddress(p.Arp.SenderHardwareAddress)}"),
            ("arp.src.proto_ipv4", p => $"{new Ipv4Address(p.Arp.SenderProtocolAddress)}"),
            ("arp.dst.hw_mac", p => $"{new MacAddress(p.Arp.TargetHardwareAddress)}"),
            ("arp.dst.proto_ipv4", p => $"{new Ipv4Address(p.Arp.TargetProtocolAddress)}")),
        ("ip.version", Version),
        .. In(PacketLayers.Ipv4,
            ("ip.hdr_len", p => $"{p.Ipv4.Header.HeaderLength}"),
            ("ip.dsfield.dscp", p => $"{p.Ipv4.Header.Dscp}"),
            ("ip.dsfield.ecn", p => $"{p.Ipv4.Header.Ecn}"),
            ("ip.len", p => $"{p.Ipv4.Length}"),
            ("ip.id", p => $"{p.Ipv4.Header.Identification}"),
            ("ip.flags.df", p => Flag(p.Ipv4.Header.DontFragment)),
            ("ip.flags.mf", p => Flag(p.Ipv4.Header.MoreFragments)),
            ("ip.frag_offset", p => $"{p.Ipv4.Header.FragmentOffset}"),
            ("ip.ttl", p => $"{p.Ipv4.Header.TimeToLive}"),
            ("ip.proto", p => $"{p.Ipv4.Header.Protocol}"),
            ("ip.checksum", p => $"{p.Ipv4.Header.HeaderChecksum}"),
            ("ip.checksum.status", p => Flag(p.Ipv4.IsHeaderChecksumValid)),
            ("ip.src", p => $"{p.Ipv4.Header.SourceAddress}"),
            ("ip.dst", p => $"{p.Ipv4.Header.DestinationAddress}")),
        .. In(PacketLayers.Ipv6,
            ("ipv6.tclass", p => $"{p.Ipv6.Header.TrafficClass}"),
            ("ipv6.flow", p => $"{p.Ipv6.Header.FlowLabel}"),
            ("ipv6.plen", p => $"{p.Ipv6.Header.PayloadLength}"),
            ("ipv6.nxt", p => $"{p.Ipv6.Header.NextHeader}"),
            ("ipv6.hlim", p => $"{p.Ipv6.Header.HopLimit}"),
            ("ipv6.src", p => $"{p.Ipv6.Header.SourceAddress}"),
            ("ipv6.dst", p => $"{p.Ipv6.Header.DestinationAddress}"),
            ("ipv6.fraghdr.ident", p => Fragment(p, fragment => $"{fragment.Identification}")),
            ("ipv6.fraghdr.offset", p => Fragment(p, fragment => $"{fragment.FragmentOffset}")),
            ("ipv6.fraghdr.more", p => Fragment(p, fragment => Flag(fragment.MoreFragments)))),
        .. In(PacketLayers.Udp,
            ("udp.srcport", p => $"{p.Udp.Header.SourcePort}"),
            ("udp.dstport", p => $"{p.Udp.Header.DestinationPort}"),
            ("udp.length", p => $"{p.Udp.Length}"),
            ("udp.checksum", p => $"{p.Udp.Header.Checksum}"),
            ("udp.checksum.status", Status)),
        .. In(PacketLayers.Tcp,
            ("tcp.srcport", p => $"{p.Tcp.Header.SourcePort}"),
            ("tcp.dstport", p => $"{p.Tcp.Header.DestinationPort}"),
            ("tcp.seq_raw", p => $"{p.Tcp.Header.SequenceNumber}"),
            ("tcp.ack_raw", p => $"{p.Tcp.Header.AcknowledgmentNumber}"),
            ("tcp.hdr_len", p => $"{p.Tcp.Header.HeaderLength}"),
            ("tcp.flags", p => $"{(int)p.Tcp.Header.Flags}"),
            ("tcp.window_size_value", p => $"{p.Tcp.Header.Window}"),
            ("tcp.checksum", p => $"{p.Tcp.Header.Checksum}"),
            ("tcp.checksum.status", Status),
            ("tcp.urgent_pointer", p => $"{p.Tcp.Header.UrgentPointer}"),
            ("tcp.len", p => $"{p.Payload.Length}"),
            ("tcp.options.mss_val", p => $"{p.Tcp.MaximumSegmentSize}"),
            ("tcp.options.wscale.shift", p => $"{p.Tcp.WindowScale}"),
            ("tcp.options.timestamp.tsval", p => $"{p.Tcp.Timestamps?.Value}"),
            ("tcp.options.timestamp.tsecr", p => $"{p.Tcp.Timestamps?.EchoReply}")),
        .. In(PacketLayers.Icmp,
            ("icmp.type", p => $"{(int)p.Icmp.Header.Type}"),
            ("icmp.code", p => $"{p.Icmp.Header.Code}"),
            ("icmp.checksum", p => $"{p.Icmp.Header.Checksum}"),
            ("icmp.checksum.status", Status),
            ("icmp.ident", p => p.Icmp.IsError ? "" : $"{p.Icmp.Header.Identifier}"),
            ("icmp.seq", p => p.Icmp.IsError ? "" : $"{p.Icmp.Header.SequenceNumber}")),
        .. In(PacketLayers.Icmpv6,
            ("icmpv6.type", p => $"{(int)p.Icmpv6.Header.Type}"),
            ("icmpv6.code", p => $"{p.Icmpv6.Header.Code}"),
            ("icmpv6.checksum", p => $"{p.Icmpv6.Header.Checksum}"),
            ("icmpv6.checksum.status", Status),
            ("icmpv6.echo.identifier", p => IsEcho(p) ? $"{p.Icmpv6.Header.Identifier}" : ""),
            ("icmpv6.echo.sequence_number", p => IsEcho(p) ? $"{p.Icmpv6.Header.SequenceNumber}" : ""),
            ("icmpv6.nd.ns.target_address", p => Target(p, Icmpv6Type.NeighborSolicitation)),
            ("icmpv6.nd.na.target_address", p => Target(p, Icmpv6Type.NeighborAdvertisement)),
            ("icmpv6.opt.linkaddr", LinkAddress)),
        .. In(PacketLayers.Sctp,
            ("sctp.srcport", p => $"{p.Sctp.Header.SourcePort}"),
            ("sctp.dstport", p => $"{p.Sctp.Header.DestinationPort}"),
            ("sctp.verification_tag", p => $"{p.Sctp.Header.VerificationTag}"),
            ("sctp.checksum", p => $"{p.Sctp.Header.Checksum}"),
            ("sctp.checksum.status", Status),
            ("sctp.data_tsn_raw", p => Data(p, data => $"{data.Tsn}")),
            ("sctp.data_sid", p => Data(p, data => $"{data.StreamIdentifier}")),
            ("sctp.data_ssn", p => Data(p, data => $"{data.StreamSequenceNumber}")),
            ("sctp.data_payload_proto_id", p => Data(p, data => $"{data.PayloadProtocolIdentifier}"))),
    ];

    static IEnumerable<(string, Value)> In(PacketLayers layer, params (string Name, Value Value)[] fields) =>
        fields.Select(field => (field.Name, (Value)(packet => packet.Has(layer) ? field.Value(packet) : "")));

    static string Version(Packet packet) =>
        packet.Has(PacketLayers.Ipv4) ? $"{packet.Ipv4.Header.Version}"
        : packet.Has(PacketLayers.Ipv6) ? $"{packet.Ipv6.Header.Version}" : "";

    static string Tag(Packet packet, EtherType kind, Func<VlanTag, int> value)
    {
        foreach (VlanTag tag in packet.Ethernet.Tags)
        {
            if (tag.TagProtocolId == kind)
                return $"{value(tag)}";
        }
        return "";
    }

    static string Flag(bool value) => value ? "1" : "0";

    // tshark's numbers: 0 bad, 1 good, 2 unverified, 3 not present.
    static string Status(Packet packet) => packet.TransportChecksumStatus switch
    {
        ChecksumStatus.Valid => "1",
        ChecksumStatus.Invalid => "0",
        ChecksumStatus.Absent => "3",
        _ => "2",
    };

    static string Fragment(Packet packet, Func<Ipv6FragmentHeader, string> value)
    {
        foreach (Ipv6ExtensionHeader extension in packet.Ipv6.ExtensionHeaders)
        {
            if (extension.TryGetFragment(out Ipv6FragmentHeader fragment))
                return value(fragment);
        }
        return "";
    }

    static string Data(Packet packet, Func<SctpDataFields, string> value)
    {
        foreach (SctpChunk chunk in packet.Sctp.Chunks)
        {
            if (chunk.Type == SctpChunkType.Data && chunk.TryRead(out SctpDataFields data))
                return value(data);
        }
        return "";
    }

    static bool IsEcho(Packet packet) => packet.Icmpv6.Header.Type is Icmpv6Type.EchoRequest or Icmpv6Type.EchoReply;

    static string Target(Packet packet, Icmpv6Type type) =>
        packet.Icmpv6.Header.Type == type && packet.Icmpv6.TryGetTarget(out Ipv6Address target) ? $"{target}" : "";

    static string LinkAddress(Packet packet)
    {
        foreach (HeaderOption option in packet.Icmpv6.NeighborOptions)
        {
            if ((NeighborOptionType)option.Type is NeighborOptionType.SourceLinkLayerAddress or NeighborOptionType.TargetLinkLayerAddress)
                return $"{new MacAddress(option.Data)}";
        }
        return "";
    }
}
