using System.Diagnostics.CodeAnalysis;

namespace Unp.Net.Packets;

/// <summary>The header that a captured packet begins with, by the LINKTYPE numbers of capture files.</summary>
/// <seealso href="https://www.tcpdump.org/linktypes.html">LINKTYPE_ values</seealso>
[SuppressMessage("Design", "CA1008", Justification = "0 is LINKTYPE_NULL.")]
public enum LinkType
{
    /// <summary>LINKTYPE_NULL: the address family in 4 bytes in the byte order of the capturing host. The BSDs' loopback.</summary>
    Null = 0,

    /// <summary>LINKTYPE_ETHERNET.</summary>
    Ethernet = 1,

    /// <summary>LINKTYPE_RAW: an IPv4 or IPv6 packet.</summary>
    Raw = 101,

    /// <summary>LINKTYPE_LOOP: the address family in 4 bytes in network byte order. OpenBSD's loopback.</summary>
    Loop = 108,

    /// <summary>LINKTYPE_LINUX_SLL: a header of 16 bytes that Linux makes for captures from all interfaces.</summary>
    LinuxSll = 113,

    /// <summary>LINKTYPE_IPV4: an IPv4 packet.</summary>
    Ipv4 = 228,

    /// <summary>LINKTYPE_IPV6: an IPv6 packet.</summary>
    Ipv6 = 229,

    /// <summary>LINKTYPE_LINUX_SLL2: a header of 20 bytes, which also has the index of the interface.</summary>
    LinuxSll2 = 276,
}
