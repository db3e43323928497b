using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// IP protocol numbers (IANA's), the third argument of socket and the level of getsockopt for options of that protocol.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>0: the family's default protocol for the type; as a level, IPv4's own options.</summary>
    public const int IPPROTO_IP = 0;

    /// <summary>ICMP for IPv4. (RFC 792)</summary>
    public const int IPPROTO_ICMP = 1;

    /// <summary>IGMP, by which hosts report their multicast groups. (RFC 3376)</summary>
    public const int IPPROTO_IGMP = 2;

    /// <summary>Gateway to gateway protocol. Not on Linux.</summary>
    public static int IPPROTO_GGP => Of(Absent, 3, 3);

    /// <summary>IPv4 inside IPv4. Most systems use the number 4 for it.</summary>
    public const int IPPROTO_IPIP = 4;

    /// <summary>IPv4 inside IP. Not on Linux.</summary>
    public static int IPPROTO_IPV4 => Of(Absent, 4, 4);

    /// <summary>TCP; as a level, its options. (tcp(7))</summary>
    public const int IPPROTO_TCP = 6;

    /// <summary>The stream protocol ST-II. Not on Linux.</summary>
    public static int IPPROTO_ST => Of(Absent, 7, 7);

    /// <summary>Exterior gateway protocol.</summary>
    public const int IPPROTO_EGP = 8;

    /// <summary>Xerox PUP.</summary>
    public const int IPPROTO_PUP = 12;

    /// <summary>UDP; as a level, its options. (udp(7))</summary>
    public const int IPPROTO_UDP = 17;

    /// <summary>Xerox XNS datagrams.</summary>
    public const int IPPROTO_IDP = 22;

    /// <summary>ISO transport protocol, class 4.</summary>
    public const int IPPROTO_TP = 29;

    /// <summary>DCCP. (RFC 4340) Not on macOS.</summary>
    public static int IPPROTO_DCCP => Of(33, Absent, 33);

    /// <summary>IPv6 inside IP; as a level, IPv6's own options. (ipv6(7))</summary>
    public const int IPPROTO_IPV6 = 41;

    /// <summary>IPv6 hop-by-hop options header, with the number of <see cref="IPPROTO_IP"/>.</summary>
    public const int IPPROTO_HOPOPTS = 0;

    /// <summary>IPv6 routing header.</summary>
    public const int IPPROTO_ROUTING = 43;

    /// <summary>IPv6 fragment header.</summary>
    public const int IPPROTO_FRAGMENT = 44;

    /// <summary>Resource reservation. (RFC 2205)</summary>
    public const int IPPROTO_RSVP = 46;

    /// <summary>Generic routing encapsulation. (RFC 2784)</summary>
    public const int IPPROTO_GRE = 47;

    /// <summary>IPsec's encrypted payload. (RFC 4303)</summary>
    public const int IPPROTO_ESP = 50;

    /// <summary>IPsec's authentication header. (RFC 4302)</summary>
    public const int IPPROTO_AH = 51;

    /// <summary>IP mobility. (RFC 2004) FreeBSD only.</summary>
    public static int IPPROTO_MOBILE => Of(Absent, Absent, 55);

    /// <summary>ICMP for IPv6. (RFC 4443)</summary>
    public const int IPPROTO_ICMPV6 = 58;

    /// <summary>IPv6: no header follows.</summary>
    public const int IPPROTO_NONE = 59;

    /// <summary>IPv6 destination options header.</summary>
    public const int IPPROTO_DSTOPTS = 60;

    /// <summary>Multicast transport protocol.</summary>
    public const int IPPROTO_MTP = 92;

    /// <summary>ISO's connectionless network protocol. Not on Linux.</summary>
    public static int IPPROTO_EON => Of(Absent, 80, 80);

    /// <summary>Ethernet inside IP. (RFC 3378) Not on Linux.</summary>
    public static int IPPROTO_ETHERIP => Of(Absent, 97, 97);

    /// <summary>An encapsulation header. (RFC 1241)</summary>
    public const int IPPROTO_ENCAP = 98;

    /// <summary>Protocol independent multicast, between multicast routers. (RFC 7761)</summary>
    public const int IPPROTO_PIM = 103;

    /// <summary>IP payload compression, as Linux spells it. (RFC 3173) Linux only.</summary>
    public static int IPPROTO_COMP => Of(108, Absent, Absent);

    /// <summary>IP payload compression, as the BSDs spell it. (RFC 3173) Not on Linux.</summary>
    public static int IPPROTO_IPCOMP => Of(Absent, 108, 108);

    /// <summary>Address shared by redundant hosts. FreeBSD only.</summary>
    public static int IPPROTO_CARP => Of(Absent, Absent, 112);

    /// <summary>Reliable multicast. (RFC 3208) Not on Linux.</summary>
    public static int IPPROTO_PGM => Of(Absent, 113, 113);

    /// <summary>SCTP; as a level, its options. macOS knows the number but has no such sockets. (sctp(7))</summary>
    public const int IPPROTO_SCTP = 132;

    /// <summary>IPv6 mobility header. (RFC 6275) Not on macOS.</summary>
    public static int IPPROTO_MH => Of(135, Absent, 135);

    /// <summary>UDP whose checksum covers part of the datagram. (RFC 3828) Not on macOS.</summary>
    public static int IPPROTO_UDPLITE => Of(136, Absent, 136);

    /// <summary>MPLS inside IP. (RFC 4023) Not on macOS.</summary>
    public static int IPPROTO_MPLS => Of(137, Absent, 137);

    /// <summary>Host identity protocol. (RFC 7401) FreeBSD only.</summary>
    public static int IPPROTO_HIP => Of(Absent, Absent, 139);

    /// <summary>IPv6 multihoming shim. (RFC 5533) FreeBSD only.</summary>
    public static int IPPROTO_SHIM6 => Of(Absent, Absent, 140);

    /// <summary>OSPF routing. (RFC 2328) Not on Linux.</summary>
    public static int IPPROTO_OSPFIGP => Of(Absent, 89, 89);

    /// <summary>State of the packet filter, between firewalls. FreeBSD only.</summary>
    public static int IPPROTO_PFSYNC => Of(Absent, Absent, 240);

    /// <summary>IPsec's bound end-to-end tunnel. Linux only.</summary>
    public static int IPPROTO_BEETPH => Of(94, Absent, Absent);

    /// <summary>Ethernet inside IPv6. (RFC 8986) Linux only.</summary>
    public static int IPPROTO_ETHERNET => Of(143, Absent, Absent);

    /// <summary>Packets diverted by the firewall. On FreeBSD the protocol of a raw socket up to 13. (divert(4)) Not on Linux.</summary>
    public static int IPPROTO_DIVERT => Of(Absent, 254, 258);

    /// <summary>Headers made by the program, to be sent as they are; such a socket receives nothing on Linux. (raw(7))</summary>
    public const int IPPROTO_RAW = 255;

    /// <summary>TCP over several paths. Only for <c>socket</c>, no packet carries it. (RFC 8684) Linux only.</summary>
    public static int IPPROTO_MPTCP => Of(262, Absent, Absent);
}
