using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>The names of link types that tcpdump prints.</summary>
static class LinkNames
{
    public static string Of(LinkType type) => type switch
    {
        LinkType.Ethernet => "EN10MB (Ethernet)",
        LinkType.Raw => "RAW (Raw IP)",
        LinkType.Null => "NULL (BSD loopback)",
        LinkType.Loop => "LOOP (OpenBSD loopback)",
        LinkType.LinuxSll => "LINUX_SLL (Linux cooked v1)",
        LinkType.LinuxSll2 => "LINUX_SLL2 (Linux cooked v2)",
        LinkType.Ipv4 => "IPV4 (Raw IPv4)",
        LinkType.Ipv6 => "IPV6 (Raw IPv6)",
        _ => $"{(int)type}",
    };
}
