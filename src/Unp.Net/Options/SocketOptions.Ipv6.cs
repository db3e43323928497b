using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of IPv6, level IPPROTO_IPV6: first those of the book (figure 7.1), then those that systems have added. Multicast options are in
// SocketOptions.Multicast.cs.
public static partial class SocketOptions
{
    /// <summary>The ICMPv6 types that a raw ICMPv6 socket gets.</summary>
    /// <remarks>All by default. (ipv6(7), RFC 3542; UNP 7.7, 28.4)</remarks>
    public static SocketOption<Icmp6Filter> Icmp6Filter =>
        field ?? Of(ref field, Icmpv6, nameof(ICMP6_FILTER), static () => ICMP6_FILTER, Icmp6Types);

    /// <summary>
    /// Offset in bytes at which the kernel writes and verifies the checksum in a raw socket's packets; -1 (the default): no checksum.
    /// </summary>
    /// <remarks>ICMPv6 sockets always have a checksum. On Linux the offset must be even. (ipv6(7), RFC 3542; UNP 7.8, 28.3)</remarks>
    public static SocketOption<int> Ipv6Checksum => field ?? Of(ref field, Ipv6, nameof(IPV6_CHECKSUM), static () => IPV6_CHECKSUM, Int);

    /// <summary>Disables fragmentation: a packet larger than the path MTU fails with EMSGSIZE.</summary>
    /// <remarks>Off by default; UDP and raw sockets. (ipv6(7), RFC 3542; UNP 7.8, 22.9)</remarks>
    public static SocketOption<bool> Ipv6DontFrag => field ?? Of(ref field, Ipv6, nameof(IPV6_DONTFRAG), static () => IPV6_DONTFRAG, Flag);

    /// <summary>The first hop of each packet, an IPv6 address.</summary>
    /// <remarks>Needs privilege. Linux does not have it as a socket option (ENOPROTOOPT). (RFC 3542; UNP 7.8, 22.8)</remarks>
    public static SocketOption<SockAddr> Ipv6NextHop =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_NEXTHOP), static () => IPV6_NEXTHOP, SocketAddress, access: OptionAccess.WriteOnly);

    /// <summary>The currently known path MTU to the peer. Connected sockets only.</summary>
    /// <remarks>Bytes; ENOTCONN without a peer. (ipv6(7), RFC 3542; UNP 7.8, 22.9)</remarks>
    public static SocketOption<int> Ipv6PathMtu =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_PATHMTU), static () => IPV6_PATHMTU, PathMtu, access: OptionAccess.ReadOnly);

    /// <summary>Received datagrams carry their destination options as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 27.5)</remarks>
    public static SocketOption<bool> Ipv6RecvDstOpts =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVDSTOPTS), static () => IPV6_RECVDSTOPTS, Flag);

    /// <summary>Received datagrams carry their remaining hop count as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 22.8)</remarks>
    public static SocketOption<bool> Ipv6RecvHopLimit =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVHOPLIMIT), static () => IPV6_RECVHOPLIMIT, Flag);

    /// <summary>Received datagrams carry their hop-by-hop options as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 27.5)</remarks>
    public static SocketOption<bool> Ipv6RecvHopOpts =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVHOPOPTS), static () => IPV6_RECVHOPOPTS, Flag);

    /// <summary>Reports a packet that was too large for the path as a message of ancillary data only.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 22.9)</remarks>
    public static SocketOption<bool> Ipv6RecvPathMtu =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVPATHMTU), static () => IPV6_RECVPATHMTU, Flag);

    /// <summary>Received datagrams carry their interface and destination address as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 22.8)</remarks>
    public static SocketOption<bool> Ipv6RecvPktInfo =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVPKTINFO), static () => IPV6_RECVPKTINFO, Flag);

    /// <summary>Received datagrams carry their routing header as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 27.6)</remarks>
    public static SocketOption<bool> Ipv6RecvRthdr =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVRTHDR), static () => IPV6_RECVRTHDR, Flag);

    /// <summary>Received datagrams carry their traffic class as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7), RFC 3542; UNP 7.8, 22.8)</remarks>
    public static SocketOption<bool> Ipv6RecvTClass =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVTCLASS), static () => IPV6_RECVTCLASS, Flag);

    /// <summary>The hop limit of each packet that is not multicast, 0 to 255.</summary>
    /// <remarks>64 by default; -1 restores it. (ipv6(7); UNP 7.8)</remarks>
    public static SocketOption<int> Ipv6UnicastHops =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_UNICAST_HOPS), static () => IPV6_UNICAST_HOPS, Int);

    /// <summary>
    /// Sends packets of at most 1280 bytes, without path MTU discovery: 1 always, 0 never, -1 (the default) for multicast only.
    /// </summary>
    /// <remarks>(ip6(4), RFC 3542; UNP 7.8, 22.9)</remarks>
    public static SocketOption<int> Ipv6UseMinMtu =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_USE_MIN_MTU), static () => IPV6_USE_MIN_MTU, Int,
            on: OptionSystems.Bsd, instead: "IPV6_MTU");

    /// <summary>Limits an IPv6 socket to IPv6. If off, IPv4 peers reach it too, with IPv4-mapped addresses.</summary>
    /// <remarks>
    /// Off by default on Linux (net.ipv6.bindv6only) and macOS, on by default on FreeBSD; set it before <c>bind</c>. (ipv6(7); UNP 7.8)
    /// </remarks>
    public static SocketOption<bool> Ipv6V6Only => field ?? Of(ref field, Ipv6, nameof(IPV6_V6ONLY), static () => IPV6_V6ONLY, Flag);

    /// <summary>The hop-by-hop options header of each packet, an <c>ip6_hbh</c> and its options; empty: none.</summary>
    /// <remarks>Empty by default; setting it needs CAP_NET_RAW. (ipv6(7), RFC 3542; UNP 7.8, 27.5)</remarks>
    public static SocketOption<byte[]> Ipv6HopOpts =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_HOPOPTS), static () => IPV6_HOPOPTS, ExtensionHeader);

    /// <summary>The destination options header of each packet, an <c>ip6_dest</c> and its options; empty: none.</summary>
    /// <remarks>Empty by default; setting it needs CAP_NET_RAW. (ipv6(7), RFC 3542; UNP 7.8, 27.5)</remarks>
    public static SocketOption<byte[]> Ipv6DstOpts =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_DSTOPTS), static () => IPV6_DSTOPTS, ExtensionHeader);

    /// <summary>The destination options header before the routing header, for each hop in that header; empty: none.</summary>
    /// <remarks>Empty by default; setting it needs CAP_NET_RAW. (ipv6(7), RFC 3542; UNP 7.8, 27.5)</remarks>
    public static SocketOption<byte[]> Ipv6RthdrDstOpts =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RTHDRDSTOPTS), static () => IPV6_RTHDRDSTOPTS, ExtensionHeader);

    /// <summary>The routing header of each packet, an <c>ip6_rthdr</c> and its addresses; empty: none.</summary>
    /// <remarks>
    /// Empty by default. Linux accepts only type 2 and segment routing (type 4), because RFC 5095 removed type 0. (ipv6(7), RFC 3542; UNP
    /// 7.8, 27.6)
    /// </remarks>
    public static SocketOption<byte[]> Ipv6Rthdr =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RTHDR), static () => IPV6_RTHDR, ExtensionHeader);

    /// <summary>The traffic class of each packet: differentiated services and congestion notification, IPTOS_*.</summary>
    /// <remarks>0 by default; -1 restores it. (ipv6(7), RFC 3542; UNP 7.8, 22.8)</remarks>
    public static SocketOption<int> Ipv6TClass => field ?? Of(ref field, Ipv6, nameof(IPV6_TCLASS), static () => IPV6_TCLASS, Int);

    /// <summary>Reads the currently known path MTU to the peer; sets the largest packet to send without fragmentation.</summary>
    /// <remarks>At least 1280; ENOTCONN without a peer. (ipv6(7); UNP 2.11)</remarks>
    public static SocketOption<int> Ipv6Mtu =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_MTU), static () => IPV6_MTU, OptionForms.Bytes,
            on: OptionSystems.Linux, instead: "IPV6_PATHMTU");

    /// <summary>The mode of path MTU discovery, and whether packets may be fragmented: IPV6_PMTUDISC_*.</summary>
    /// <remarks>IPV6_PMTUDISC_WANT by default. (ipv6(7); UNP 2.11)</remarks>
    public static SocketOption<int> Ipv6MtuDiscover =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_MTU_DISCOVER), static () => IPV6_MTU_DISCOVER, Int,
            on: OptionSystems.Linux, instead: "IPV6_DONTFRAG");

    /// <summary>
    /// Errors that ICMPv6 reports go to the error queue, which MSG_ERRQUEUE reads. An unconnected UDP socket gets them too.
    /// </summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6RecvErr =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVERR), static () => IPV6_RECVERR, Flag, on: OptionSystems.Linux);

    /// <summary>With <see cref="Ipv6RecvErr"/>: reports where in the ICMPv6 message its extensions start.</summary>
    /// <remarks>Linux 5.9. Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6RecvErrRfc4884 =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVERR_RFC4884), static () => IPV6_RECVERR_RFC4884, Flag, on: OptionSystems.Linux);

    /// <summary>Received datagrams carry their destination before any redirection as ancillary data.</summary>
    /// <remarks>Off by default; for transparent proxies. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6RecvOrigDstAddr =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_RECVORIGDSTADDR), static () => IPV6_RECVORIGDSTADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Datagrams that arrived in fragments carry the size of the largest fragment as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6RecvFragSize =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_RECVFRAGSIZE), static () => IPV6_RECVFRAGSIZE, Flag, on: OptionSystems.Linux);

    /// <summary>Drops packets with a lower remaining hop count (RFC 5082).</summary>
    /// <remarks>0 by default: nothing is dropped. (ipv6(7))</remarks>
    public static SocketOption<int> Ipv6MinHopCount =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MINHOPCOUNT), static () => IPV6_MINHOPCOUNT, Int, on: OptionSystems.Linux);

    /// <summary>Allows binding to an address that no interface has, or does not have yet.</summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6FreeBind =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_FREEBIND), static () => IPV6_FREEBIND, Flag,
            on: OptionSystems.Linux, instead: "IPV6_BINDANY");

    /// <summary>Allows binding to foreign addresses and accepting redirected connections, for transparent proxies.</summary>
    /// <remarks>Off by default; needs CAP_NET_ADMIN. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6Transparent =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_TRANSPARENT), static () => IPV6_TRANSPARENT, Flag,
            on: OptionSystems.Linux, instead: "IPV6_BINDANY");

    /// <summary>Allows binding to foreign addresses.</summary>
    /// <remarks>Off by default; needs PRIV_NETINET_BINDANY. (ip6(4))</remarks>
    public static SocketOption<bool> Ipv6BindAny =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_BINDANY), static () => IPV6_BINDANY, Flag,
            on: OptionSystems.FreeBsd, instead: "IPV6_TRANSPARENT");

    /// <summary>Index of the interface for all outgoing packets except multicast; 0 (the default): the routing table decides.</summary>
    /// <remarks>C passes the index in network order. (ipv6(7))</remarks>
    public static SocketOption<uint> Ipv6UnicastIf =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_UNICAST_IF), static () => IPV6_UNICAST_IF, IndexInNetworkOrder,
            on: OptionSystems.Linux, instead: "IPV6_BOUND_IF");

    /// <summary>Sends and receives only through the interface with this index; 0 (the default): no restriction.</summary>
    /// <remarks>(ip6(4))</remarks>
    public static SocketOption<uint> Ipv6BoundIf =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_BOUND_IF), static () => IPV6_BOUND_IF, UInt,
            on: OptionSystems.MacOS, instead: "SO_BINDTODEVICE");

    /// <summary>The port range that the kernel chooses a local port from: IPV6_PORTRANGE_*.</summary>
    /// <remarks>IPV6_PORTRANGE_DEFAULT by default. (ip6(4); UNP 2.9)</remarks>
    public static SocketOption<int> Ipv6PortRange =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_PORTRANGE), static () => IPV6_PORTRANGE, Int,
            on: OptionSystems.Bsd, instead: "IP_LOCAL_PORT_RANGE");

    /// <summary>The preferred kinds of source addresses: IPV6_PREFER_SRC_* flags.</summary>
    /// <remarks>(ipv6(7), RFC 5014)</remarks>
    public static SocketOption<int> Ipv6AddrPreferences =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_ADDR_PREFERENCES), static () => IPV6_ADDR_PREFERENCES, Int,
            on: OptionSystems.Linux, instead: "IPV6_PREFER_TEMPADDR");

    /// <summary>Prefers a temporary source address: 1 yes, 0 no, -1 (the default) follows the system setting.</summary>
    /// <remarks>(ip6(4))</remarks>
    public static SocketOption<int> Ipv6PreferTempAddr =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_PREFER_TEMPADDR), static () => IPV6_PREFER_TEMPADDR, Int,
            on: OptionSystems.Bsd, instead: "IPV6_ADDR_PREFERENCES");

    /// <summary>The kernel assigns a label to each flow.</summary>
    /// <remarks>Linux: the default is net.ipv6.auto_flowlabels, usually on. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6AutoFlowLabel =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_AUTOFLOWLABEL), static () => IPV6_AUTOFLOWLABEL, Flag);

    /// <summary>Received datagrams carry their traffic class and flow label as ancillary data.</summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6FlowInfo =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_FLOWINFO), static () => IPV6_FLOWINFO, Flag, on: OptionSystems.Linux);

    /// <summary>Sends the flow label in the peer's <c>sockaddr_in6</c>.</summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6FlowInfoSend =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_FLOWINFO_SEND), static () => IPV6_FLOWINFO_SEND, Flag, on: OptionSystems.Linux);

    /// <summary>This raw socket gets forwarded packets that carry the router alert option with this value; -1 turns it off.</summary>
    /// <remarks>(ipv6(7))</remarks>
    public static SocketOption<int> Ipv6RouterAlert =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_ROUTER_ALERT), static () => IPV6_ROUTER_ALERT, Int,
            on: OptionSystems.Linux, access: OptionAccess.WriteOnly);

    /// <summary>With <see cref="Ipv6RouterAlert"/>: only packets of the socket's own network namespace.</summary>
    /// <remarks>Off by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6RouterAlertIsolate =>
        field ?? Of(
            ref field, Ipv6, nameof(IPV6_ROUTER_ALERT_ISOLATE), static () => IPV6_ROUTER_ALERT_ISOLATE, Flag,
            on: OptionSystems.Linux);

    /// <summary>The program supplies the IPv6 header of each packet that it sends. Raw sockets only.</summary>
    /// <remarks>Off by default, but always on with IPPROTO_RAW. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6HdrIncl =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_HDRINCL), static () => IPV6_HDRINCL, Flag, on: OptionSystems.Linux);

    /// <summary>The Ethernet priority in the VLAN tag, 0 to 7; -1 (the default): the interface's priority.</summary>
    /// <remarks>(ip6(4))</remarks>
    public static SocketOption<int> Ipv6VlanPcp =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_VLAN_PCP), static () => IPV6_VLAN_PCP, Int, on: OptionSystems.FreeBsd);
}
