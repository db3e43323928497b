using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Routing messages of netlink: types of messages, routes and their attributes. (rtnetlink(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Types of messages: nlmsg_type. The BSDs have other messages under RTM_NEWADDR and RTM_DELADDR.

    /// <summary>A link exists or changed; as a request: create or change it. Linux only.</summary>
    public static int RTM_NEWLINK => Of(16, Absent, Absent);

    /// <summary>A link is gone; as a request: delete it. Linux only.</summary>
    public static int RTM_DELLINK => Of(17, Absent, Absent);

    /// <summary>Request: one link, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETLINK => Of(18, Absent, Absent);

    /// <summary>Request: change a link that exists. Linux only.</summary>
    public static int RTM_SETLINK => Of(19, Absent, Absent);

    /// <summary>An address exists or changed; as a request: create or change it.</summary>
    public static int RTM_NEWADDR => Of(20, 12, 12);

    /// <summary>An address is gone; as a request: delete it.</summary>
    public static int RTM_DELADDR => Of(21, 13, 13);

    /// <summary>Request: one address, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETADDR => Of(22, Absent, Absent);

    /// <summary>A route exists or changed; as a request: create or change it. Linux only.</summary>
    public static int RTM_NEWROUTE => Of(24, Absent, Absent);

    /// <summary>A route is gone; as a request: delete it. Linux only.</summary>
    public static int RTM_DELROUTE => Of(25, Absent, Absent);

    /// <summary>Request: one route, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETROUTE => Of(26, Absent, Absent);

    /// <summary>A neighbour exists or changed; as a request: create or change it. Linux only.</summary>
    public static int RTM_NEWNEIGH => Of(28, Absent, Absent);

    /// <summary>A neighbour is gone; as a request: delete it. Linux only.</summary>
    public static int RTM_DELNEIGH => Of(29, Absent, Absent);

    /// <summary>Request: one neighbour, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETNEIGH => Of(30, Absent, Absent);

    /// <summary>A rule exists or changed; as a request: create or change it. Linux only.</summary>
    public static int RTM_NEWRULE => Of(32, Absent, Absent);

    /// <summary>A rule is gone; as a request: delete it. Linux only.</summary>
    public static int RTM_DELRULE => Of(33, Absent, Absent);

    /// <summary>Request: one rule, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETRULE => Of(34, Absent, Absent);

    /// <summary>A next hop object exists or changed; as a request: create or change it. Linux only.</summary>
    public static int RTM_NEWNEXTHOP => Of(104, Absent, Absent);

    /// <summary>A next hop object is gone; as a request: delete it. Linux only.</summary>
    public static int RTM_DELNEXTHOP => Of(105, Absent, Absent);

    /// <summary>Request: one next hop object, or all with <see cref="NLM_F_DUMP"/>. Linux only.</summary>
    public static int RTM_GETNEXTHOP => Of(106, Absent, Absent);

    /// <summary>Request: the multicast memberships of the interfaces. Linux only.</summary>
    public static int RTM_GETMULTICAST => Of(58, Absent, Absent);

    /// <summary>An identifier of a network namespace exists; as a request: assign one. Linux only.</summary>
    public static int RTM_NEWNSID => Of(88, Absent, Absent);

    /// <summary>An identifier of a network namespace is gone. Linux only.</summary>
    public static int RTM_DELNSID => Of(89, Absent, Absent);

    /// <summary>Request: the identifier of a network namespace. Linux only.</summary>
    public static int RTM_GETNSID => Of(90, Absent, Absent);

    /// <summary>Statistics of a link. Linux only.</summary>
    public static int RTM_NEWSTATS => Of(92, Absent, Absent);

    /// <summary>Request: statistics of a link. Linux only.</summary>
    public static int RTM_GETSTATS => Of(94, Absent, Absent);

    // Multicast groups, for NETLINK_ADD_MEMBERSHIP.

    /// <summary>Changes of links. Linux only.</summary>
    public static int RTNLGRP_LINK => Of(1, Absent, Absent);

    /// <summary>Notifications of user space. Linux only.</summary>
    public static int RTNLGRP_NOTIFY => Of(2, Absent, Absent);

    /// <summary>Changes of neighbours. Linux only.</summary>
    public static int RTNLGRP_NEIGH => Of(3, Absent, Absent);

    /// <summary>Changes of traffic control. Linux only.</summary>
    public static int RTNLGRP_TC => Of(4, Absent, Absent);

    /// <summary>Changes of IPv4 addresses. Linux only.</summary>
    public static int RTNLGRP_IPV4_IFADDR => Of(5, Absent, Absent);

    /// <summary>Changes of IPv4 multicast routes. Linux only.</summary>
    public static int RTNLGRP_IPV4_MROUTE => Of(6, Absent, Absent);

    /// <summary>Changes of IPv4 routes. Linux only.</summary>
    public static int RTNLGRP_IPV4_ROUTE => Of(7, Absent, Absent);

    /// <summary>Changes of IPv4 rules. Linux only.</summary>
    public static int RTNLGRP_IPV4_RULE => Of(8, Absent, Absent);

    /// <summary>Changes of IPv6 addresses. Linux only.</summary>
    public static int RTNLGRP_IPV6_IFADDR => Of(9, Absent, Absent);

    /// <summary>Changes of IPv6 multicast routes. Linux only.</summary>
    public static int RTNLGRP_IPV6_MROUTE => Of(10, Absent, Absent);

    /// <summary>Changes of IPv6 routes. Linux only.</summary>
    public static int RTNLGRP_IPV6_ROUTE => Of(11, Absent, Absent);

    /// <summary>Changes of the IPv6 settings of links. Linux only.</summary>
    public static int RTNLGRP_IPV6_IFINFO => Of(12, Absent, Absent);

    /// <summary>Prefixes from router advertisements. Linux only.</summary>
    public static int RTNLGRP_IPV6_PREFIX => Of(18, Absent, Absent);

    /// <summary>Changes of IPv6 rules. Linux only.</summary>
    public static int RTNLGRP_IPV6_RULE => Of(19, Absent, Absent);

    /// <summary>Options of neighbour discovery for user space, such as DNS servers. Linux only.</summary>
    public static int RTNLGRP_ND_USEROPT => Of(20, Absent, Absent);

    /// <summary>Changes of IPv4 settings of interfaces. Linux only.</summary>
    public static int RTNLGRP_IPV4_NETCONF => Of(24, Absent, Absent);

    /// <summary>Changes of IPv6 settings of interfaces. Linux only.</summary>
    public static int RTNLGRP_IPV6_NETCONF => Of(25, Absent, Absent);

    /// <summary>Changes of a bridge's multicast table. Linux only.</summary>
    public static int RTNLGRP_MDB => Of(26, Absent, Absent);

    /// <summary>Changes of identifiers of network namespaces. Linux only.</summary>
    public static int RTNLGRP_NSID => Of(28, Absent, Absent);

    /// <summary>Changes of next hop objects. Linux only.</summary>
    public static int RTNLGRP_NEXTHOP => Of(32, Absent, Absent);

    /// <summary>Changes of VLANs of bridges. Linux only.</summary>
    public static int RTNLGRP_BRVLAN => Of(33, Absent, Absent);

    // Kinds of routes: rtm_type.

    /// <summary>Unknown kind of route. Linux only.</summary>
    public static int RTN_UNSPEC => Of(0, Absent, Absent);

    /// <summary>A route through a gateway or directly to a host or net. Linux only.</summary>
    public static int RTN_UNICAST => Of(1, Absent, Absent);

    /// <summary>An address of this host. Linux only.</summary>
    public static int RTN_LOCAL => Of(2, Absent, Absent);

    /// <summary>A broadcast address, received and sent as broadcast. Linux only.</summary>
    public static int RTN_BROADCAST => Of(3, Absent, Absent);

    /// <summary>A broadcast address, received as broadcast and sent as unicast. Linux only.</summary>
    public static int RTN_ANYCAST => Of(4, Absent, Absent);

    /// <summary>A multicast route. Linux only.</summary>
    public static int RTN_MULTICAST => Of(5, Absent, Absent);

    /// <summary>Packets are dropped silently. Linux only.</summary>
    public static int RTN_BLACKHOLE => Of(6, Absent, Absent);

    /// <summary>Packets are refused with ICMP "host unreachable". Linux only.</summary>
    public static int RTN_UNREACHABLE => Of(7, Absent, Absent);

    /// <summary>Packets are refused with ICMP "prohibited". Linux only.</summary>
    public static int RTN_PROHIBIT => Of(8, Absent, Absent);

    /// <summary>The lookup continues with the next table. Linux only.</summary>
    public static int RTN_THROW => Of(9, Absent, Absent);

    /// <summary>Address translation, which the kernel no longer has. Linux only.</summary>
    public static int RTN_NAT => Of(10, Absent, Absent);

    /// <summary>An external resolver, which the kernel does not have. Linux only.</summary>
    public static int RTN_XRESOLVE => Of(11, Absent, Absent);

    // Origins of routes: rtm_protocol. The kernel does not interpret values from RTPROT_STATIC on.

    /// <summary>Unknown origin. Linux only.</summary>
    public static int RTPROT_UNSPEC => Of(0, Absent, Absent);

    /// <summary>An ICMP redirect. Linux only.</summary>
    public static int RTPROT_REDIRECT => Of(1, Absent, Absent);

    /// <summary>The kernel, when an address was added. Linux only.</summary>
    public static int RTPROT_KERNEL => Of(2, Absent, Absent);

    /// <summary>A route without another origin, added during the start. Linux only.</summary>
    public static int RTPROT_BOOT => Of(3, Absent, Absent);

    /// <summary>An administrator. Linux only.</summary>
    public static int RTPROT_STATIC => Of(4, Absent, Absent);

    /// <summary>GateD. Linux only.</summary>
    public static int RTPROT_GATED => Of(8, Absent, Absent);

    /// <summary>Router advertisements. Linux only.</summary>
    public static int RTPROT_RA => Of(9, Absent, Absent);

    /// <summary>Merit MRT. Linux only.</summary>
    public static int RTPROT_MRT => Of(10, Absent, Absent);

    /// <summary>Zebra. Linux only.</summary>
    public static int RTPROT_ZEBRA => Of(11, Absent, Absent);

    /// <summary>BIRD. Linux only.</summary>
    public static int RTPROT_BIRD => Of(12, Absent, Absent);

    /// <summary>A DECnet daemon. Linux only.</summary>
    public static int RTPROT_DNROUTED => Of(13, Absent, Absent);

    /// <summary>XORP. Linux only.</summary>
    public static int RTPROT_XORP => Of(14, Absent, Absent);

    /// <summary>Netsukuku. Linux only.</summary>
    public static int RTPROT_NTK => Of(15, Absent, Absent);

    /// <summary>A DHCP client. Linux only.</summary>
    public static int RTPROT_DHCP => Of(16, Absent, Absent);

    /// <summary>A multicast routing daemon. Linux only.</summary>
    public static int RTPROT_MROUTED => Of(17, Absent, Absent);

    /// <summary>Keepalived. Linux only.</summary>
    public static int RTPROT_KEEPALIVED => Of(18, Absent, Absent);

    /// <summary>Babel. Linux only.</summary>
    public static int RTPROT_BABEL => Of(42, Absent, Absent);

    /// <summary>Open/R. Linux only.</summary>
    public static int RTPROT_OPENR => Of(99, Absent, Absent);

    /// <summary>BGP. Linux only.</summary>
    public static int RTPROT_BGP => Of(186, Absent, Absent);

    /// <summary>IS-IS. Linux only.</summary>
    public static int RTPROT_ISIS => Of(187, Absent, Absent);

    /// <summary>OSPF. Linux only.</summary>
    public static int RTPROT_OSPF => Of(188, Absent, Absent);

    /// <summary>RIP. Linux only.</summary>
    public static int RTPROT_RIP => Of(189, Absent, Absent);

    /// <summary>EIGRP. Linux only.</summary>
    public static int RTPROT_EIGRP => Of(192, Absent, Absent);

    // Scopes: the distance to the destination. Values between them are possible.

    /// <summary>Anywhere, through a gateway. Linux only.</summary>
    public static int RT_SCOPE_UNIVERSE => Of(0, Absent, Absent);

    /// <summary>Inside this site. Linux only.</summary>
    public static int RT_SCOPE_SITE => Of(200, Absent, Absent);

    /// <summary>On a link of this host. Linux only.</summary>
    public static int RT_SCOPE_LINK => Of(253, Absent, Absent);

    /// <summary>On this host. Linux only.</summary>
    public static int RT_SCOPE_HOST => Of(254, Absent, Absent);

    /// <summary>Does not exist. Linux only.</summary>
    public static int RT_SCOPE_NOWHERE => Of(255, Absent, Absent);

    // Tables: rtm_table, or RTA_TABLE for numbers above 255.

    /// <summary>Any table. Linux only.</summary>
    public static int RT_TABLE_UNSPEC => Of(0, Absent, Absent);

    /// <summary>The value of <c>rtm_table</c> if the number is above 255. Linux only.</summary>
    public static int RT_TABLE_COMPAT => Of(252, Absent, Absent);

    /// <summary>The table that is searched last, usually empty. Linux only.</summary>
    public static int RT_TABLE_DEFAULT => Of(253, Absent, Absent);

    /// <summary>The main table. Linux only.</summary>
    public static int RT_TABLE_MAIN => Of(254, Absent, Absent);

    /// <summary>The kernel's own addresses and broadcast addresses. Linux only.</summary>
    public static int RT_TABLE_LOCAL => Of(255, Absent, Absent);

    // Flags of a route: rtm_flags.

    /// <summary>Notify of changes of the route. Linux only.</summary>
    public static int RTM_F_NOTIFY => Of(0x100, Absent, Absent);

    /// <summary>A route that the kernel cloned from another one, such as a cached path MTU. Linux only.</summary>
    public static int RTM_F_CLONED => Of(0x200, Absent, Absent);

    /// <summary>Not implemented. Linux only.</summary>
    public static int RTM_F_EQUALIZE => Of(0x400, Absent, Absent);

    /// <summary>A route of a prefix. Linux only.</summary>
    public static int RTM_F_PREFIX => Of(0x800, Absent, Absent);

    /// <summary>In a request: the answer names the table in which the lookup found the route. Linux only.</summary>
    public static int RTM_F_LOOKUP_TABLE => Of(0x1000, Absent, Absent);

    /// <summary>In a request: the answer is the matching entry of the table instead of a route to the address. Linux only.</summary>
    public static int RTM_F_FIB_MATCH => Of(0x2000, Absent, Absent);

    /// <summary>Hardware forwards packets of this route. Linux only.</summary>
    public static int RTM_F_OFFLOAD => Of(0x4000, Absent, Absent);

    /// <summary>Hardware passes packets of this route to the kernel. Linux only.</summary>
    public static int RTM_F_TRAP => Of(0x8000, Absent, Absent);

    /// <summary>Hardware refused the route. Linux only.</summary>
    public static int RTM_F_OFFLOAD_FAILED => Of(0x20000000, Absent, Absent);

    // Attributes of a route: rta_type. The BSDs have a bit mask under names with the same prefix.

    /// <summary>No attribute. Linux only.</summary>
    public static int RTA_UNSPEC => Of(0, Absent, Absent);

    /// <summary>Linux: the attribute with the destination address. The BSDs: in <c>rtm_addrs</c>, the message has a destination.</summary>
    public static int RTA_DST => Of(1, 1, 1);

    /// <summary>The source prefix of the route. Linux only.</summary>
    public static int RTA_SRC => Of(2, Absent, Absent);

    /// <summary>The index of the incoming interface. Linux only.</summary>
    public static int RTA_IIF => Of(3, Absent, Absent);

    /// <summary>The index of the outgoing interface. Linux only.</summary>
    public static int RTA_OIF => Of(4, Absent, Absent);

    /// <summary>Linux: the attribute with the gateway's address. The BSDs: in <c>rtm_addrs</c>, the message has a gateway.</summary>
    public static int RTA_GATEWAY => Of(5, 2, 2);

    /// <summary>The priority, which commands call metric. A lower one wins. Linux only.</summary>
    public static int RTA_PRIORITY => Of(6, Absent, Absent);

    /// <summary>The preferred source address. Linux only.</summary>
    public static int RTA_PREFSRC => Of(7, Absent, Absent);

    /// <summary>Nested attributes <c>RTAX_*</c>. Linux only.</summary>
    public static int RTA_METRICS => Of(8, Absent, Absent);

    /// <summary>The next hops of a route with several: <see cref="rtnexthop"/> records with attributes. Linux only.</summary>
    public static int RTA_MULTIPATH => Of(9, Absent, Absent);

    /// <summary>No longer used. Linux only.</summary>
    public static int RTA_PROTOINFO => Of(10, Absent, Absent);

    /// <summary>The realm of the route. Linux only.</summary>
    public static int RTA_FLOW => Of(11, Absent, Absent);

    /// <summary>Use and age: <see cref="rta_cacheinfo"/>. Linux only.</summary>
    public static int RTA_CACHEINFO => Of(12, Absent, Absent);

    /// <summary>No longer used. Linux only.</summary>
    public static int RTA_SESSION => Of(13, Absent, Absent);

    /// <summary>No longer used. Linux only.</summary>
    public static int RTA_MP_ALGO => Of(14, Absent, Absent);

    /// <summary>The table, with 32 bits. Linux only.</summary>
    public static int RTA_TABLE => Of(15, Absent, Absent);

    /// <summary>The mark of packets for a lookup. Linux only.</summary>
    public static int RTA_MARK => Of(16, Absent, Absent);

    /// <summary>Statistics of a multicast route. Linux only.</summary>
    public static int RTA_MFC_STATS => Of(17, Absent, Absent);

    /// <summary>A gateway of another family: the family in two bytes, then the address. Linux only.</summary>
    public static int RTA_VIA => Of(18, Absent, Absent);

    /// <summary>The new destination, for MPLS. Linux only.</summary>
    public static int RTA_NEWDST => Of(19, Absent, Absent);

    /// <summary>The preference of a router, for IPv6. Linux only.</summary>
    public static int RTA_PREF => Of(20, Absent, Absent);

    /// <summary>The kind of encapsulation of a light-weight tunnel. Linux only.</summary>
    public static int RTA_ENCAP_TYPE => Of(21, Absent, Absent);

    /// <summary>The nested attributes of the encapsulation. Linux only.</summary>
    public static int RTA_ENCAP => Of(22, Absent, Absent);

    /// <summary>Seconds until the route expires. Linux only.</summary>
    public static int RTA_EXPIRES => Of(23, Absent, Absent);

    /// <summary>Padding before a 64-bit value. Linux only.</summary>
    public static int RTA_PAD => Of(24, Absent, Absent);

    /// <summary>The user for a lookup. Linux only.</summary>
    public static int RTA_UID => Of(25, Absent, Absent);

    /// <summary>Whether MPLS copies the TTL. Linux only.</summary>
    public static int RTA_TTL_PROPAGATE => Of(26, Absent, Absent);

    /// <summary>The transport protocol for a lookup. Linux only.</summary>
    public static int RTA_IP_PROTO => Of(27, Absent, Absent);

    /// <summary>The source port for a lookup. Linux only.</summary>
    public static int RTA_SPORT => Of(28, Absent, Absent);

    /// <summary>The destination port for a lookup. Linux only.</summary>
    public static int RTA_DPORT => Of(29, Absent, Absent);

    /// <summary>The number of a next hop object. Linux only.</summary>
    public static int RTA_NH_ID => Of(30, Absent, Absent);

    /// <summary>The alignment of attributes in a message, in bytes. Linux only.</summary>
    public static int RTA_ALIGNTO => Of(4, Absent, Absent);

    // Metrics in RTA_METRICS. The BSDs number the addresses of a message under names with the same prefix.

    /// <summary>A bit mask of the metrics that the kernel must not change. Linux only.</summary>
    public static int RTAX_LOCK => Of(1, Absent, Absent);

    /// <summary>The MTU of the path. Linux only.</summary>
    public static int RTAX_MTU => Of(2, Absent, Absent);

    /// <summary>The largest receive window to announce. Linux only.</summary>
    public static int RTAX_WINDOW => Of(3, Absent, Absent);

    /// <summary>The initial round-trip time, in 1/8 ms. Linux only.</summary>
    public static int RTAX_RTT => Of(4, Absent, Absent);

    /// <summary>The initial variance of the round-trip time, in 1/4 ms. Linux only.</summary>
    public static int RTAX_RTTVAR => Of(5, Absent, Absent);

    /// <summary>The initial slow start threshold. Linux only.</summary>
    public static int RTAX_SSTHRESH => Of(6, Absent, Absent);

    /// <summary>The largest congestion window. Linux only.</summary>
    public static int RTAX_CWND => Of(7, Absent, Absent);

    /// <summary>The MSS to announce. Linux only.</summary>
    public static int RTAX_ADVMSS => Of(8, Absent, Absent);

    /// <summary>The initial reordering. Linux only.</summary>
    public static int RTAX_REORDERING => Of(9, Absent, Absent);

    /// <summary>The hop limit. Linux only.</summary>
    public static int RTAX_HOPLIMIT => Of(10, Absent, Absent);

    /// <summary>The initial congestion window. Linux only.</summary>
    public static int RTAX_INITCWND => Of(11, Absent, Absent);

    /// <summary>A bit mask of features, such as ECN. Linux only.</summary>
    public static int RTAX_FEATURES => Of(12, Absent, Absent);

    /// <summary>The shortest retransmission timeout. Linux only.</summary>
    public static int RTAX_RTO_MIN => Of(13, Absent, Absent);

    /// <summary>The initial receive window. Linux only.</summary>
    public static int RTAX_INITRWND => Of(14, Absent, Absent);

    /// <summary>Whether TCP acknowledges at once. Linux only.</summary>
    public static int RTAX_QUICKACK => Of(15, Absent, Absent);

    /// <summary>The name of the congestion control algorithm. Linux only.</summary>
    public static int RTAX_CC_ALGO => Of(16, Absent, Absent);

    /// <summary>Whether TCP Fast Open works without a cookie. Linux only.</summary>
    public static int RTAX_FASTOPEN_NO_COOKIE => Of(17, Absent, Absent);

    // Flags of a next hop: rtnh_flags.

    /// <summary>The next hop is dead. Linux only.</summary>
    public static int RTNH_F_DEAD => Of(0x1, Absent, Absent);

    /// <summary>The gateway is looked up recursively. Linux only.</summary>
    public static int RTNH_F_PERVASIVE => Of(0x2, Absent, Absent);

    /// <summary>The gateway is reached on the link although no route says so. Linux only.</summary>
    public static int RTNH_F_ONLINK => Of(0x4, Absent, Absent);

    /// <summary>Hardware forwards packets of this next hop. Linux only.</summary>
    public static int RTNH_F_OFFLOAD => Of(0x8, Absent, Absent);

    /// <summary>The link has no carrier. Linux only.</summary>
    public static int RTNH_F_LINKDOWN => Of(0x10, Absent, Absent);

    /// <summary>The entry is unresolved, for multicast. Linux only.</summary>
    public static int RTNH_F_UNRESOLVED => Of(0x20, Absent, Absent);

    /// <summary>Hardware passes packets of this next hop to the kernel. Linux only.</summary>
    public static int RTNH_F_TRAP => Of(0x40, Absent, Absent);
}
