using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The protocol in an Ethernet frame (IANA's ETHER TYPES). Other numbers are possible. Less than 1536 is a length.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The field has 16 bits.")]
[SuppressMessage("Design", "CA1008", Justification = "0 is a length.")]
public enum EtherType : ushort
{
    /// <summary>IPv4.</summary>
    Ipv4 = 0x0800,

    /// <summary>ARP.</summary>
    Arp = 0x0806,

    /// <summary>A tag of IEEE 802.1Q, by which a virtual LAN is chosen.</summary>
    Vlan = 0x8100,

    /// <summary>IPv6.</summary>
    Ipv6 = 0x86DD,

    /// <summary>The outer tag of IEEE 802.1ad (QinQ).</summary>
    ServiceVlan = 0x88A8,

    /// <summary>The outer tag of QinQ before IEEE 802.1ad.</summary>
    OldServiceVlan = 0x9100,
}
