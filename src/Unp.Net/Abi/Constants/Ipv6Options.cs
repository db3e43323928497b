using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of IPv6 and of single IPv6 packets, level IPPROTO_IPV6. (ipv6(7), RFC 3542; ip6(4) on the BSDs) Multicast options are in
// MulticastOptions.cs.
// macOS has two numbers for some names. These are the ones of RFC 3542, which C programs select by defining __APPLE_USE_RFC_3542.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Limits this IPv6 socket to IPv6, without IPv4. int as boolean.</summary>
    public static int IPV6_V6ONLY => Of(26, 27, 27);

    /// <summary>The older name of <see cref="IPV6_V6ONLY"/>. Not on Linux.</summary>
    public static int IPV6_BINDV6ONLY => Of(Absent, 27, 27);

    /// <summary>Hop limit of a packet that is not multicast, 0 to 255; -1: as the system is configured. int.</summary>
    public static int IPV6_UNICAST_HOPS => Of(16, 4, 4);

    /// <summary>Drop received packets with a lower remaining hop count. (RFC 5082) int. Linux only.</summary>
    public static int IPV6_MINHOPCOUNT => Of(73, Absent, Absent);

    /// <summary>
    /// Raw sockets: the offset in bytes at which the kernel writes and verifies the checksum; -1: no checksum. int.
    /// </summary>
    public static int IPV6_CHECKSUM => Of(7, 26, 26);

    // Values per packet. IPV6_RECV... turns on ancillary data for received packets, int as boolean. The name without RECV is the option or
    // ancillary
    // data for sent packets.

    /// <summary>Received datagrams carry interface and destination address, as <see cref="IPV6_PKTINFO"/>.</summary>
    public static int IPV6_RECVPKTINFO => Of(49, 61, 36);

    /// <summary>An <c>in6_pktinfo</c>: interface and address.</summary>
    public static int IPV6_PKTINFO => Of(50, 46, 46);

    /// <summary>Received datagrams carry their remaining hop count, as <see cref="IPV6_HOPLIMIT"/>.</summary>
    public static int IPV6_RECVHOPLIMIT => Of(51, 37, 37);

    /// <summary>Hop limit of a packet, -1: the default. int.</summary>
    public static int IPV6_HOPLIMIT => Of(52, 47, 47);

    /// <summary>Received datagrams carry their traffic class, as <see cref="IPV6_TCLASS"/>.</summary>
    public static int IPV6_RECVTCLASS => Of(66, 35, 57);

    /// <summary>Traffic class: differentiated services and congestion notification, IPTOS_*; -1: the default. int.</summary>
    public static int IPV6_TCLASS => Of(67, 36, 61);

    /// <summary>Received datagrams carry their hop-by-hop options, as <see cref="IPV6_HOPOPTS"/>.</summary>
    public static int IPV6_RECVHOPOPTS => Of(53, 39, 39);

    /// <summary>Hop-by-hop options header, an <c>ip6_hbh</c> and more. Setting it needs privilege.</summary>
    public static int IPV6_HOPOPTS => Of(54, 49, 49);

    /// <summary>Received datagrams carry their destination options, as <see cref="IPV6_DSTOPTS"/>.</summary>
    public static int IPV6_RECVDSTOPTS => Of(58, 40, 40);

    /// <summary>Destination options header, an <c>ip6_dest</c> and more.</summary>
    public static int IPV6_DSTOPTS => Of(59, 50, 50);

    /// <summary>Destination options header before a routing header, for each hop in that header.</summary>
    public static int IPV6_RTHDRDSTOPTS => Of(55, 57, 35);

    /// <summary>Received datagrams carry their routing header, as <see cref="IPV6_RTHDR"/>.</summary>
    public static int IPV6_RECVRTHDR => Of(56, 38, 38);

    /// <summary>Routing header: the hops to pass, an <c>ip6_rthdr</c> and more.</summary>
    public static int IPV6_RTHDR => Of(57, 51, 51);

    /// <summary>Type of a routing header that lists hops; routers ignore it now. (RFC 5095)</summary>
    public const int IPV6_RTHDR_TYPE_0 = 0;

    /// <summary>In old routing headers: this hop need not be a neighbour.</summary>
    public const int IPV6_RTHDR_LOOSE = 0;

    /// <summary>In old routing headers: this hop must be a neighbour.</summary>
    public const int IPV6_RTHDR_STRICT = 1;

    /// <summary>Address of the first hop, a <c>sockaddr_in6</c>. Needs privilege.</summary>
    public static int IPV6_NEXTHOP => Of(9, 48, 48);

    /// <summary>Received datagrams carry their destination before any redirection, a <c>sockaddr_in6</c>. Not on macOS.</summary>
    public static int IPV6_RECVORIGDSTADDR => Of(74, Absent, 72);

    /// <summary>The type of that ancillary data, with the number of <see cref="IPV6_RECVORIGDSTADDR"/>. Not on macOS.</summary>
    public static int IPV6_ORIGDSTADDR => Of(74, Absent, 72);

    /// <summary>Datagrams that arrived in fragments carry the size of the largest fragment, an int. Linux only.</summary>
    public static int IPV6_RECVFRAGSIZE => Of(77, Absent, Absent);

    // Size of packets.

    /// <summary>
    /// A packet larger than the path MTU is reported as a message of ancillary data only, <see cref="IPV6_PATHMTU"/>. int as boolean.
    /// </summary>
    public static int IPV6_RECVPATHMTU => Of(60, 43, 43);

    /// <summary>Path MTU to the connected peer: an <c>ip6_mtuinfo</c>. Read only.</summary>
    public static int IPV6_PATHMTU => Of(61, 44, 44);

    /// <summary>
    /// Path MTU to the connected peer, bytes; as a setting, the largest packet to send without fragmentation. int. Linux only.
    /// </summary>
    public static int IPV6_MTU => Of(24, Absent, Absent);

    /// <summary>The mode of path MTU discovery, and whether packets may be fragmented: IPV6_PMTUDISC_*. int. Linux only.</summary>
    public static int IPV6_MTU_DISCOVER => Of(23, Absent, Absent);

    /// <summary>
    /// For <see cref="IPV6_MTU_DISCOVER"/>: fragment packets larger than the interface's MTU, without discovery. Linux only.
    /// </summary>
    public static int IPV6_PMTUDISC_DONT => Of(0, Absent, Absent);

    /// <summary>For <see cref="IPV6_MTU_DISCOVER"/>: discover the path MTU, and fragment larger packets. The default. Linux only.</summary>
    public static int IPV6_PMTUDISC_WANT => Of(1, Absent, Absent);

    /// <summary>For <see cref="IPV6_MTU_DISCOVER"/>: packets larger than the path MTU fail with EMSGSIZE. Linux only.</summary>
    public static int IPV6_PMTUDISC_DO => Of(2, Absent, Absent);

    /// <summary>For <see cref="IPV6_MTU_DISCOVER"/>: send packets larger than the path MTU too, to probe it. Linux only.</summary>
    public static int IPV6_PMTUDISC_PROBE => Of(3, Absent, Absent);

    /// <summary>
    /// For <see cref="IPV6_MTU_DISCOVER"/>: use the MTU of the interface and ignore ICMP; larger packets fail. Linux only.
    /// </summary>
    public static int IPV6_PMTUDISC_INTERFACE => Of(4, Absent, Absent);

    /// <summary>
    /// For <see cref="IPV6_MTU_DISCOVER"/>: use the MTU of the interface and ignore ICMP; larger packets are fragmented. Linux only.
    /// </summary>
    public static int IPV6_PMTUDISC_OMIT => Of(5, Absent, Absent);

    /// <summary>Packets larger than the path MTU are not fragmented. int as boolean.</summary>
    public const int IPV6_DONTFRAG = 62;

    /// <summary>
    /// Send packets of at most 1280 bytes, without path MTU discovery: 1 always, 0 never, -1 for multicast (the default). int. Not on
    /// Linux.
    /// </summary>
    public static int IPV6_USE_MIN_MTU => Of(Absent, 42, 42);

    // Errors and control.

    /// <summary>
    /// Errors that ICMPv6 reports go to the error queue (<see cref="MSG_ERRQUEUE"/>) with a <c>sock_extended_err</c>. int as boolean.
    /// Linux only.
    /// </summary>
    public static int IPV6_RECVERR => Of(25, Absent, Absent);

    /// <summary>
    /// With <see cref="IPV6_RECVERR"/>: also the start of the extensions in the ICMP message. (RFC 4884) int as boolean. Linux only.
    /// </summary>
    public static int IPV6_RECVERR_RFC4884 => Of(31, Absent, Absent);

    /// <summary>The ICMPv6 types that this raw socket receives: an <c>icmp6_filter</c>. Level <see cref="IPPROTO_ICMPV6"/>.</summary>
    public static int ICMP6_FILTER => Of(1, 18, 18);

    /// <summary>
    /// This raw socket receives forwarded packets with the router alert option of this value; -1 turns it off. int. Linux only.
    /// </summary>
    public static int IPV6_ROUTER_ALERT => Of(22, Absent, Absent);

    /// <summary>With <see cref="IPV6_ROUTER_ALERT"/>: only packets of this network namespace. int as boolean. Linux only.</summary>
    public static int IPV6_ROUTER_ALERT_ISOLATE => Of(30, Absent, Absent);

    /// <summary>
    /// <see cref="AF_INET"/>: convert it to an IPv4 socket, if it is connected to an IPv4-mapped address. int. Linux only.
    /// </summary>
    public static int IPV6_ADDRFORM => Of(1, Absent, Absent);

    /// <summary>The program supplies the IPv6 header. int as boolean, raw sockets only. Linux only.</summary>
    public static int IPV6_HDRINCL => Of(36, Absent, Absent);

    // Addresses and ports.

    /// <summary><c>bind</c> accepts an address that no interface has, or does not have yet. int as boolean. Linux only.</summary>
    public static int IPV6_FREEBIND => Of(78, Absent, Absent);

    /// <summary>
    /// <c>bind</c> accepts a foreign address, and redirected connections are accepted. Needs CAP_NET_ADMIN. int as boolean. Linux only.
    /// </summary>
    public static int IPV6_TRANSPARENT => Of(75, Absent, Absent);

    /// <summary>
    /// <c>bind</c> accepts a foreign address, and redirected connections are accepted. Needs privilege. int as boolean. FreeBSD only.
    /// </summary>
    public static int IPV6_BINDANY => Of(Absent, Absent, 64);

    /// <summary>
    /// Send all packets except multicast through the interface with this index, in network order; 0: no restriction. int. Linux only.
    /// </summary>
    public static int IPV6_UNICAST_IF => Of(76, Absent, Absent);

    /// <summary>Send and receive only through the interface with this index; 0: no restriction. int. macOS only.</summary>
    public static int IPV6_BOUND_IF => Of(Absent, 125, Absent);

    /// <summary>Ports to choose from: IPV6_PORTRANGE_*. int. Not on Linux.</summary>
    public static int IPV6_PORTRANGE => Of(Absent, 14, 14);

    /// <summary>For <see cref="IPV6_PORTRANGE"/>: as the system is configured. Not on Linux.</summary>
    public static int IPV6_PORTRANGE_DEFAULT => Of(Absent, 0, 0);

    /// <summary>For <see cref="IPV6_PORTRANGE"/>: 49152 and up. Not on Linux.</summary>
    public static int IPV6_PORTRANGE_HIGH => Of(Absent, 1, 1);

    /// <summary>For <see cref="IPV6_PORTRANGE"/>: below 1024. Needs privilege. Not on Linux.</summary>
    public static int IPV6_PORTRANGE_LOW => Of(Absent, 2, 2);

    /// <summary>The preferred kinds of source addresses: IPV6_PREFER_SRC_*. (RFC 5014) int. Linux only.</summary>
    public static int IPV6_ADDR_PREFERENCES => Of(72, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: a temporary one. Linux only.</summary>
    public static int IPV6_PREFER_SRC_TMP => Of(0x1, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: a public one. Linux only.</summary>
    public static int IPV6_PREFER_SRC_PUBLIC => Of(0x2, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: temporary or public as the system is configured. Linux only.</summary>
    public static int IPV6_PREFER_SRC_PUBTMP_DEFAULT => Of(0x100, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: the care-of address of a mobile host. Linux only.</summary>
    public static int IPV6_PREFER_SRC_COA => Of(0x4, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: the home address of a mobile host. Linux only.</summary>
    public static int IPV6_PREFER_SRC_HOME => Of(0x400, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: a cryptographically generated one. Linux only.</summary>
    public static int IPV6_PREFER_SRC_CGA => Of(0x8, Absent, Absent);

    /// <summary>For <see cref="IPV6_ADDR_PREFERENCES"/>: one that is not cryptographically generated. Linux only.</summary>
    public static int IPV6_PREFER_SRC_NONCGA => Of(0x800, Absent, Absent);

    /// <summary>Prefer a temporary source address: 1 yes, 0 no, -1 as the system is configured. int. Not on Linux.</summary>
    public static int IPV6_PREFER_TEMPADDR => Of(Absent, 63, 63);

    // Flow labels and security.

    /// <summary>The kernel assigns a label to each flow. int as boolean.</summary>
    public static int IPV6_AUTOFLOWLABEL => Of(70, 59, 59);

    /// <summary>
    /// Received datagrams carry traffic class and flow label, in network order, as ancillary data. int as boolean. Linux only.
    /// </summary>
    public static int IPV6_FLOWINFO => Of(11, Absent, Absent);

    /// <summary>Send the flow label in the peer's <c>sockaddr_in6</c>. int as boolean. Linux only.</summary>
    public static int IPV6_FLOWINFO_SEND => Of(33, Absent, Absent);

    /// <summary>Take, renew or release a flow label: an <c>in6_flowlabel_req</c>. Linux only.</summary>
    public static int IPV6_FLOWLABEL_MGR => Of(32, Absent, Absent);

    /// <summary>IPsec policy of the socket: a <c>sadb_x_policy</c>.</summary>
    public static int IPV6_IPSEC_POLICY => Of(34, 28, 28);

    /// <summary>IPsec policy of the socket: an <c>xfrm_userpolicy_info</c>. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int IPV6_XFRM_POLICY => Of(35, Absent, Absent);

    /// <summary>Ethernet priority in the VLAN tag, 0 to 7; -1: the priority of the interface. int. FreeBSD only.</summary>
    public static int IPV6_VLAN_PCP => Of(Absent, Absent, 75);
}
