namespace Unp.Net.Packets;

/// <summary>The headers that <see cref="Packet.Decode(ReadOnlySpan{byte}, LinkType)"/> found.</summary>
[Flags]
public enum PacketLayers
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>An Ethernet header, <see cref="Packet.Ethernet"/>.</summary>
    Ethernet = 0x1,

    /// <summary>The header of a cooked capture of Linux, <see cref="Packet.LinuxSll"/>.</summary>
    LinuxSll = 0x2,

    /// <summary>The header of a cooked capture of Linux, version 2, <see cref="Packet.LinuxSll2"/>.</summary>
    LinuxSll2 = 0x4,

    /// <summary>The address family of LINKTYPE_NULL and LINKTYPE_LOOP.</summary>
    Family = 0x8,

    /// <summary>An ARP packet, <see cref="Packet.Arp"/>.</summary>
    Arp = 0x10,

    /// <summary>An IPv4 header, <see cref="Packet.Ipv4"/>.</summary>
    Ipv4 = 0x20,

    /// <summary>An IPv6 header, <see cref="Packet.Ipv6"/>.</summary>
    Ipv6 = 0x40,

    /// <summary>An ICMP message, <see cref="Packet.Icmp"/>.</summary>
    Icmp = 0x80,

    /// <summary>An ICMPv6 message, <see cref="Packet.Icmpv6"/>.</summary>
    Icmpv6 = 0x100,

    /// <summary>A UDP datagram, <see cref="Packet.Udp"/>.</summary>
    Udp = 0x200,

    /// <summary>A TCP segment, <see cref="Packet.Tcp"/>.</summary>
    Tcp = 0x400,

    /// <summary>An SCTP packet, <see cref="Packet.Sctp"/>.</summary>
    Sctp = 0x800,
}
