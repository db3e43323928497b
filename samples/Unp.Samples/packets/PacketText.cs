using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>Packets as lines of tcpdump(8), with numbers in place of names.</summary>
sealed partial class PacketText(DumpOptions options)
{
    readonly StringBuilder text = new();

    public int Length => text.Length;

    /// <summary>Returns the lines that were added, and starts again.</summary>
    public string Take()
    {
        string lines = text.ToString();
        text.Clear();
        return lines;
    }

    public void Add(PacketTime time, ReadOnlySpan<byte> data, LinkType linkType, int wireLength)
    {
        Packet packet = Packet.Decode(data, linkType, wireLength);
        AddTime(time);
        bool isNamed = AddLink(packet, out int networkOffset);
        AddNetwork(packet, isNamed, wireLength - networkOffset);
        text.Append('\n');
        if (options.ShowsBytes)
            AddBytes(data[Math.Min(networkOffset, data.Length)..]);
    }

    void AddTime(PacketTime time)
    {
        int microseconds = time.NanosecondsOfSecond / 1000;
        if (options.TimeForm == 0)
            text.Append(CultureInfo.InvariantCulture, $"{time.ToDateTimeOffset().ToLocalTime():HH:mm:ss}.{microseconds:d6} ");
        else if (options.TimeForm == 2)
            text.Append(CultureInfo.InvariantCulture, $"{time.Seconds}.{microseconds:d6} ");
    }

    /// <summary>Adds the link layer, which tcpdump shows on request or if nothing else is known.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="networkOffset">The place of the network header.</param>
    /// <returns>Whether the name of the network protocol is already there.</returns>
    bool AddLink(in Packet packet, out int networkOffset)
    {
        networkOffset = 0;
        if (packet.Has(PacketLayers.Ethernet))
        {
            EthernetFrame frame = packet.Ethernet;
            networkOffset = frame.HeaderLength;
            bool isUnknown = packet.Status == DecodeStatus.UnknownProtocol && packet.Protocol < 0;
            if (!options.ShowsLink && !isUnknown)
                return false;
            text.Append($"{frame.Header.Source} > {frame.Header.Destination}, ");
            AddType(frame.Header.EtherType);
            text.Append(CultureInfo.InvariantCulture, $", length {packet.WireLength}: ");
            ReadOnlySpan<VlanTag> tags = frame.Tags;
            for (int i = 0; i < tags.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"vlan {tags[i].VlanId}, p {tags[i].PriorityCodePoint}, ");
                AddType(i + 1 < tags.Length ? tags[i + 1].TagProtocolId : frame.EtherType);
                text.Append(i + 1 < tags.Length ? ": " : ", ");
            }
            return true;
        }
        if (packet.Has(PacketLayers.LinuxSll2))
        {
            networkOffset = LinuxSll2Header.Size;
            string direction = DirectionOf(packet.LinuxSll2.PacketType);
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(packet.LinuxSll2.InterfaceIndex),-5} {direction,-3} ");
        }
        else if (packet.Has(PacketLayers.LinuxSll))
        {
            networkOffset = LinuxSllHeader.Size;
            text.Append(CultureInfo.InvariantCulture, $"{DirectionOf(packet.LinuxSll.PacketType),3} ");
        }
        else if (packet.Has(PacketLayers.Family))
        {
            networkOffset = sizeof(uint);
        }
        return false;
    }

    static string DirectionOf(int packetType) => packetType switch
    {
        0 => "In",
        1 => "B",
        2 => "M",
        3 => "P",
        4 => "Out",
        _ => "?",
    };

    static string NameOf(uint interfaceIndex)
    {
        try
        {
            return If_indextoname(interfaceIndex);
        }
        catch (UnpException)
        {
            return "?"; // a file of another host, or the interface is gone
        }
    }

    void AddType(EtherType type)
    {
        string name = type switch
        {
            EtherType.Ipv4 => "IPv4",
            EtherType.Ipv6 => "IPv6",
            EtherType.Arp => "ARP",
            EtherType.Vlan => "802.1Q",
            EtherType.ServiceVlan => "802.1Q-QinQ",
            EtherType.OldServiceVlan => "802.1Q-9100",
            _ => "Unknown",
        };
        text.Append(CultureInfo.InvariantCulture, $"ethertype {name} (0x{(ushort)type:x4})");
    }

    void AddNetwork(in Packet packet, bool isNamed, int length)
    {
        if (packet.Has(PacketLayers.Arp))
            AddArp(packet.Arp, isNamed, length);
        else if (packet.Has(PacketLayers.Ipv4))
            AddIpv4(packet, isNamed);
        else if (packet.Has(PacketLayers.Ipv6))
            AddIpv6(packet, isNamed);
        else if (packet.EtherType is EtherType.Ipv4 or EtherType.Ipv6 or EtherType.Arp)
            text.Append(packet.EtherType switch { EtherType.Ipv4 => "IP [|ip]", EtherType.Ipv6 => "IP6 [|ip6]", _ => "ARP [|arp]" });
        else if (packet.Layers == PacketLayers.None)
            text.Append("[|link]");
    }

    void AddArp(in ArpPacket arp, bool isNamed, int length)
    {
        text.Append(isNamed ? "" : "ARP, ");
        if (!arp.IsIpv4OverEthernet)
        {
            text.Append(CultureInfo.InvariantCulture, $"hardware type {arp.Header.HardwareType}, opcode {(int)arp.Header.Opcode}");
        }
        else
        {
            var sender = new Ipv4Address(arp.SenderProtocolAddress);
            var target = new Ipv4Address(arp.TargetProtocolAddress);
            switch (arp.Header.Opcode)
            {
                case ArpOpcode.Request:
                    bool isKnown = arp.TargetHardwareAddress.IndexOfAnyExcept((byte)0) >= 0;
                    string hardware = isKnown ? $" ({new MacAddress(arp.TargetHardwareAddress)})" : "";
                    text.Append($"Request who-has {target}{hardware} tell {sender}");
                    break;
                case ArpOpcode.Reply:
                    text.Append($"Reply {sender} is-at {new MacAddress(arp.SenderHardwareAddress)}");
                    break;
                default:
                    text.Append(CultureInfo.InvariantCulture, $"opcode {(int)arp.Header.Opcode} of {sender}");
                    break;
            }
        }
        text.Append(CultureInfo.InvariantCulture, $", length {length}");
    }

    void AddIpv4(in Packet packet, bool isNamed)
    {
        text.Append(isNamed ? "" : "IP ");
        Ipv4Header header = packet.Ipv4.Header;
        AddressPair addresses = new(header.SourceAddress.ToIPAddress(), header.DestinationAddress.ToIPAddress());
        if (header.FragmentOffset != 0)
            text.Append(CultureInfo.InvariantCulture, $"{addresses.Source} > {addresses.Destination}: ip-proto-{header.Protocol}");
        else
            AddTransport(packet, addresses, packet.Ipv4.PayloadLength, showsAddresses: true);
    }

    void AddIpv6(in Packet packet, bool isNamed)
    {
        text.Append(isNamed ? "" : "IP6 ");
        Ipv6Header header = packet.Ipv6.Header;
        AddressPair addresses = new(header.SourceAddress.ToIPAddress(), header.DestinationAddress.ToIPAddress());
        long length = packet.Ipv6.Length - Ipv6Header.Size;
        bool hasAddresses = header.NextHeader is not (IPPROTO_TCP or IPPROTO_UDP);
        if (hasAddresses)
            text.Append($"{addresses.Source} > {addresses.Destination}: ");
        foreach (Ipv6ExtensionHeader extension in packet.Ipv6.ExtensionHeaders)
        {
            length -= extension.Bytes.Length;
            text.Append(extension.Type switch
            {
                IPPROTO_HOPOPTS => "HBH ",
                IPPROTO_DSTOPTS => "DSTOPT ",
                IPPROTO_ROUTING => $"srcrt (len={extension.Bytes[1]}, type={extension.RoutingType}, segleft={extension.SegmentsLeft}) ",
                _ => "",
            });
            if (!extension.TryGetFragment(out Ipv6FragmentHeader fragment))
                continue;
            text.Append(CultureInfo.InvariantCulture, $"frag ({fragment.FragmentOffset * 8}|{length})"); // units of 8 bytes
            if (fragment.FragmentOffset != 0)
                return;
            text.Append(' ');
        }
        AddTransport(packet, addresses, length, showsAddresses: !hasAddresses);
    }

    void AddTransport(in Packet packet, AddressPair addresses, long length, bool showsAddresses)
    {
        if (packet.Protocol == IPPROTO_TCP && packet.Has(PacketLayers.Tcp))
        {
            AddPorts(addresses, packet.Tcp.Header.SourcePort, packet.Tcp.Header.DestinationPort, showsAddresses);
            AddTcp(packet.Tcp, addresses, length);
            return;
        }
        if (packet.Protocol == IPPROTO_UDP && packet.Has(PacketLayers.Udp))
        {
            UdpHeader udp = packet.Udp.Header;
            AddPorts(addresses, udp.SourcePort, udp.DestinationPort, showsAddresses);
            int stated = udp.Length - UdpHeader.Size;
            if (udp.Length > length && !packet.IsFragment)
                text.Append(CultureInfo.InvariantCulture, $"UDP, bad length {stated} > {length - UdpHeader.Size}");
            else
                text.Append(CultureInfo.InvariantCulture, $"UDP, length {stated}");
            return;
        }
        if (showsAddresses)
            text.Append($"{addresses.Source} > {addresses.Destination}: ");
        if (packet.Has(PacketLayers.Icmp))
            AddIcmp(packet.Icmp, length);
        else if (packet.Has(PacketLayers.Icmpv6))
            AddIcmpv6(packet.Icmpv6, length);
        else if (packet.Status is DecodeStatus.Truncated or DecodeStatus.Malformed)
            text.Append(packet.Protocol switch
            {
                IPPROTO_TCP => "[|tcp]",
                IPPROTO_UDP => "[|udp]",
                IPPROTO_ICMP => "[|icmp]",
                IPPROTO_ICMPV6 => "[|icmp6]",
                _ => "[|ip]",
            });
        else if (packet.Status == DecodeStatus.NoNextHeader)
            text.Append("no next header");
        else
            text.Append(CultureInfo.InvariantCulture, $" ip-proto-{packet.Protocol} {length}");
    }

    void AddPorts(AddressPair addresses, int source, int destination, bool showsAddresses)
    {
        if (showsAddresses)
            text.Append(CultureInfo.InvariantCulture, $"{addresses.Source}.{source} > {addresses.Destination}.{destination}: ");
        else
            text.Append(CultureInfo.InvariantCulture, $"{source} > {destination}: ");
    }

    /// <summary>Adds the bytes in lines of 16, in pairs.</summary>
    void AddBytes(ReadOnlySpan<byte> bytes)
    {
        const int BytesPerLine = 16;
        for (int at = 0; at < bytes.Length; at += 2)
        {
            if (at % BytesPerLine == 0)
                text.Append(CultureInfo.InvariantCulture, $"{(at == 0 ? "" : "\n")}\t0x{at:x4}: ");
            if (at + 1 < bytes.Length)
                text.Append(CultureInfo.InvariantCulture, $" {BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]):x4}");
            else
                text.Append(CultureInfo.InvariantCulture, $" {bytes[at]:x2}");
        }
        text.Append('\n');
    }

    readonly record struct AddressPair(IPAddress Source, IPAddress Destination);
}
