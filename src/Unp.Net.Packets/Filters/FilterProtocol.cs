namespace Unp.Net.Packets;

/// <summary>A protocol of the language.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="EtherType">The type in the link-layer header, or null for a protocol above IP.</param>
/// <param name="Number">The number in the header of IPv4 or IPv6, or null for a protocol below them.</param>
/// <param name="IsOverIpv4">Whether the keyword by itself includes packets of IPv4.</param>
/// <param name="IsOverIpv6">Whether the keyword by itself includes packets of IPv6.</param>
sealed record FilterProtocol(
    string Name, ushort? EtherType = null, byte? Number = null, bool IsOverIpv4 = false, bool IsOverIpv6 = false)
{
    internal static readonly FilterProtocol Link = new("ether");
    internal static readonly FilterProtocol Ip = new("ip", EtherType: 0x0800);
    internal static readonly FilterProtocol Ip6 = new("ip6", EtherType: 0x86dd);
    internal static readonly FilterProtocol Arp = new("arp", EtherType: 0x0806);
    internal static readonly FilterProtocol Rarp = new("rarp", EtherType: 0x8035);
    internal static readonly FilterProtocol Tcp = OverBoth("tcp", 6);
    internal static readonly FilterProtocol Udp = OverBoth("udp", 17);
    internal static readonly FilterProtocol Sctp = OverBoth("sctp", 132);
    internal static readonly FilterProtocol Icmp6 = new("icmp6", Number: 58, IsOverIpv6: true);

    /// <summary>The protocols by their keywords.</summary>
    internal static readonly Dictionary<string, FilterProtocol> ByName = new()
    {
        ["ether"] = Link,
        ["link"] = Link,
        ["ip"] = Ip,
        ["ip6"] = Ip6,
        ["arp"] = Arp,
        ["rarp"] = Rarp,
        ["tcp"] = Tcp,
        ["udp"] = Udp,
        ["sctp"] = Sctp,
        ["icmp"] = OverIpv4("icmp", 1),
        ["igmp"] = OverIpv4("igmp", 2),
        ["igrp"] = OverIpv4("igrp", 9),
        ["vrrp"] = OverIpv4("vrrp", 112),
        ["carp"] = OverIpv4("carp", 112),
        ["icmp6"] = Icmp6,
        ["pim"] = OverBoth("pim", 103),
        ["ah"] = OverBoth("ah", 51),
        ["esp"] = OverBoth("esp", 50),
    };

    /// <summary>Gets whether the protocol has ports.</summary>
    internal bool HasPorts => this == Tcp || this == Udp || this == Sctp;

    static FilterProtocol OverIpv4(string name, byte number) => new(name, Number: number, IsOverIpv4: true);

    static FilterProtocol OverBoth(string name, byte number) => new(name, Number: number, IsOverIpv4: true, IsOverIpv6: true);
}
