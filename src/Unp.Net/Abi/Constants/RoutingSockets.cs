using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Routing sockets of the BSDs, flags of routes, and names of sysctl (UNP 18.2 to 18.5). (route(4) on the BSDs)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Messages of a routing socket: rtm_type. Linux has other messages, in netlink.

    /// <summary>A route was added; as a request: add it. Not on Linux.</summary>
    public static int RTM_ADD => Of(Absent, 1, 1);

    /// <summary>A route was deleted; as a request: delete it. Not on Linux.</summary>
    public static int RTM_DELETE => Of(Absent, 2, 2);

    /// <summary>A route changed; as a request: change it. Not on Linux.</summary>
    public static int RTM_CHANGE => Of(Absent, 3, 3);

    /// <summary>Request and answer: the route to a destination. Not on Linux.</summary>
    public static int RTM_GET => Of(Absent, 4, 4);

    /// <summary>The kernel suspects that a route fails. Not on Linux.</summary>
    public static int RTM_LOSING => Of(Absent, 5, 5);

    /// <summary>An ICMP redirect changed a route. Not on Linux.</summary>
    public static int RTM_REDIRECT => Of(Absent, 6, 6);

    /// <summary>A lookup found no route. Not on Linux.</summary>
    public static int RTM_MISS => Of(Absent, 7, 7);

    /// <summary>Locks metrics of a route. Not on Linux.</summary>
    public static int RTM_LOCK => Of(Absent, 8, 8);

    /// <summary>Caused by SIOCADDRT. macOS only.</summary>
    public static int RTM_OLDADD => Of(Absent, 9, Absent);

    /// <summary>Caused by SIOCDELRT. macOS only.</summary>
    public static int RTM_OLDDEL => Of(Absent, 10, Absent);

    /// <summary>A request to resolve a link-layer address. Not on Linux.</summary>
    public static int RTM_RESOLVE => Of(Absent, 11, 11);

    /// <summary>An interface: <c>if_msghdr</c>. Not on Linux.</summary>
    public static int RTM_IFINFO => Of(Absent, 14, 14);

    /// <summary>An interface joined a multicast group: <c>ifma_msghdr</c>. Not on Linux.</summary>
    public static int RTM_NEWMADDR => Of(Absent, 15, 15);

    /// <summary>An interface left a multicast group. Not on Linux.</summary>
    public static int RTM_DELMADDR => Of(Absent, 16, 16);

    /// <summary>An interface appeared or disappeared: <c>if_announcemsghdr</c>. FreeBSD only.</summary>
    public static int RTM_IFANNOUNCE => Of(Absent, Absent, 17);

    /// <summary>An event of a wireless interface. FreeBSD only.</summary>
    public static int RTM_IEEE80211 => Of(Absent, Absent, 18);

    /// <summary>An interface with 64-bit statistics. macOS only.</summary>
    public static int RTM_IFINFO2 => Of(Absent, 18, Absent);

    /// <summary>A multicast group in a list of interfaces. macOS only.</summary>
    public static int RTM_NEWMADDR2 => Of(Absent, 19, Absent);

    /// <summary>A route with more statistics. macOS only.</summary>
    public static int RTM_GET2 => Of(Absent, 20, Absent);

    /// <summary>The version of the messages. Not on Linux.</summary>
    public static int RTM_VERSION => Of(Absent, 5, 5);

    // Addresses of a message: rtm_addrs, a bit mask. RTA_DST and RTA_GATEWAY are shared with Linux.

    /// <summary>The message has the netmask. Not on Linux.</summary>
    public static int RTA_NETMASK => Of(Absent, 0x4, 0x4);

    /// <summary>The message has the mask for cloned routes. Not on Linux.</summary>
    public static int RTA_GENMASK => Of(Absent, 0x8, 0x8);

    /// <summary>The message has the interface, a <c>sockaddr_dl</c>. Not on Linux.</summary>
    public static int RTA_IFP => Of(Absent, 0x10, 0x10);

    /// <summary>The message has the address of the interface. Not on Linux.</summary>
    public static int RTA_IFA => Of(Absent, 0x20, 0x20);

    /// <summary>The message has the author of a redirect. Not on Linux.</summary>
    public static int RTA_AUTHOR => Of(Absent, 0x40, 0x40);

    /// <summary>The message has the broadcast address, or the peer of a point-to-point link. Not on Linux.</summary>
    public static int RTA_BRD => Of(Absent, 0x80, 0x80);

    // Positions in the array of addresses. On Linux names with this prefix are metrics of a route.

    /// <summary>The position of the destination. Not on Linux.</summary>
    public static int RTAX_DST => Of(Absent, 0, 0);

    /// <summary>The position of the gateway. Not on Linux.</summary>
    public static int RTAX_GATEWAY => Of(Absent, 1, 1);

    /// <summary>The position of the netmask. Not on Linux.</summary>
    public static int RTAX_NETMASK => Of(Absent, 2, 2);

    /// <summary>The position of the mask for cloned routes. Not on Linux.</summary>
    public static int RTAX_GENMASK => Of(Absent, 3, 3);

    /// <summary>The position of the interface, a <c>sockaddr_dl</c>. Not on Linux.</summary>
    public static int RTAX_IFP => Of(Absent, 4, 4);

    /// <summary>The position of the address of the interface. Not on Linux.</summary>
    public static int RTAX_IFA => Of(Absent, 5, 5);

    /// <summary>The position of the author of a redirect. Not on Linux.</summary>
    public static int RTAX_AUTHOR => Of(Absent, 6, 6);

    /// <summary>The position of the broadcast address, or of the peer of a point-to-point link. Not on Linux.</summary>
    public static int RTAX_BRD => Of(Absent, 7, 7);

    /// <summary>The BSDs: the number of positions. Linux: the number of metrics.</summary>
    public static int RTAX_MAX => Of(17, 8, 8);

    // Flags of a route: rtm_flags; on Linux of rtentry.

    /// <summary>The route is usable.</summary>
    public const int RTF_UP = 0x1;

    /// <summary>The route goes through a gateway.</summary>
    public const int RTF_GATEWAY = 0x2;

    /// <summary>The destination is one host.</summary>
    public const int RTF_HOST = 0x4;

    /// <summary>Packets are refused with an ICMP error.</summary>
    public static int RTF_REJECT => Of(0x200, 0x8, 0x8);

    /// <summary>The route is reinstated after a time-out. Linux only.</summary>
    public static int RTF_REINSTATE => Of(0x8, Absent, Absent);

    /// <summary>A redirect created the route.</summary>
    public const int RTF_DYNAMIC = 0x10;

    /// <summary>A redirect modified the route.</summary>
    public const int RTF_MODIFIED = 0x20;

    /// <summary>The kernel confirms the message. Not on Linux.</summary>
    public static int RTF_DONE => Of(Absent, 0x40, 0x40);

    /// <summary>The route has an MTU. Linux only.</summary>
    public static int RTF_MTU => Of(0x40, Absent, Absent);

    /// <summary>An older name of <see cref="RTF_MTU"/>. Linux only.</summary>
    public static int RTF_MSS => Of(0x40, Absent, Absent);

    /// <summary>The route has a window. Linux only.</summary>
    public static int RTF_WINDOW => Of(0x80, Absent, Absent);

    /// <summary>The route has an initial round-trip time. Linux only.</summary>
    public static int RTF_IRTT => Of(0x100, Absent, Absent);

    /// <summary>Cloned routes are deleted with the last reference. macOS only.</summary>
    public static int RTF_DELCLONE => Of(Absent, 0x80, Absent);

    /// <summary>The route is cloned when it is used. macOS only.</summary>
    public static int RTF_CLONING => Of(Absent, 0x100, Absent);

    /// <summary>An external program resolves the address.</summary>
    public static int RTF_XRESOLVE => Of(0x800, 0x200, 0x200);

    /// <summary>The route has a link-layer address: an ARP entry. Not on Linux.</summary>
    public static int RTF_LLINFO => Of(Absent, 0x400, 0x400);

    /// <summary>The newer name of <see cref="RTF_LLINFO"/>. Not on Linux.</summary>
    public static int RTF_LLDATA => Of(Absent, 0x400, 0x400);

    /// <summary>An administrator added the route.</summary>
    public static int RTF_STATIC => Of(0x400, 0x800, 0x800);

    /// <summary>Packets are dropped silently. Not on Linux.</summary>
    public static int RTF_BLACKHOLE => Of(Absent, 0x1000, 0x1000);

    /// <summary>For routing protocols. Not on Linux.</summary>
    public static int RTF_PROTO1 => Of(Absent, 0x8000, 0x8000);

    /// <summary>For routing protocols. Not on Linux.</summary>
    public static int RTF_PROTO2 => Of(Absent, 0x4000, 0x4000);

    /// <summary>For routing protocols. Not on Linux.</summary>
    public static int RTF_PROTO3 => Of(Absent, 0x40000, 0x40000);

    /// <summary>The protocol clones the route. macOS only.</summary>
    public static int RTF_PRCLONING => Of(Absent, 0x10000, Absent);

    /// <summary>The route was cloned. macOS only.</summary>
    public static int RTF_WASCLONED => Of(Absent, 0x20000, Absent);

    /// <summary>The MTU is fixed. FreeBSD only.</summary>
    public static int RTF_FIXEDMTU => Of(Absent, Absent, 0x80000);

    /// <summary>The route cannot be changed. Not on Linux.</summary>
    public static int RTF_PINNED => Of(Absent, 0x100000, 0x100000);

    /// <summary>The route belongs to one interface. macOS only.</summary>
    public static int RTF_IFSCOPE => Of(Absent, 0x1000000, Absent);

    /// <summary>The route references its interface. macOS only.</summary>
    public static int RTF_IFREF => Of(Absent, 0x4000000, Absent);

    /// <summary>The gateway is a router. macOS only.</summary>
    public static int RTF_ROUTER => Of(Absent, 0x10000000, Absent);

    /// <summary>The route leads to the global Internet. macOS only.</summary>
    public static int RTF_GLOBAL => Of(Absent, 0x40000000, Absent);

    /// <summary>The route stays with its interface. FreeBSD only.</summary>
    public static int RTF_STICKY => Of(Absent, Absent, 0x10000000);

    /// <summary>Forwarding is inhibited. Linux only.</summary>
    public static int RTF_NOFORWARD => Of(0x1000, Absent, Absent);

    /// <summary>The lookup continues with the next class. Linux only.</summary>
    public static int RTF_THROW => Of(0x2000, Absent, Absent);

    /// <summary>Packets do not have the bit "don't fragment". Linux only.</summary>
    public static int RTF_NOPMTUDISC => Of(0x4000, Absent, Absent);

    /// <summary>A default route of neighbour discovery. Linux only.</summary>
    public static int RTF_DEFAULT => Of(0x10000, Absent, Absent);

    /// <summary>All hosts are on the link. Linux only.</summary>
    public static int RTF_ALLONLINK => Of(0x20000, Absent, Absent);

    /// <summary>A router advertisement created the route. Linux only.</summary>
    public static int RTF_ADDRCONF => Of(0x40000, Absent, Absent);

    /// <summary>The route has no next hop. Linux only.</summary>
    public static int RTF_NONEXTHOP => Of(0x200000, Absent, Absent);

    /// <summary>An entry of the cache. Linux only.</summary>
    public static int RTF_CACHE => Of(0x1000000, Absent, Absent);

    /// <summary>The destination is a broadcast address.</summary>
    public static int RTF_BROADCAST => Of(0x10000000, 0x400000, 0x400000);

    /// <summary>The destination is a multicast group.</summary>
    public static int RTF_MULTICAST => Of(0x20000000, 0x800000, 0x800000);

    /// <summary>The destination is an address of this host.</summary>
    public static uint RTF_LOCAL => Unsigned(0x80000000, 0x200000, 0x200000);

    // Names of sysctl: the first two levels, and the operations below AF_ROUTE.

    /// <summary>The kernel, for <c>sysctl</c>. Not on Linux.</summary>
    public static int CTL_KERN => Of(Absent, 1, 1);

    /// <summary>Networking, for <c>sysctl</c>. The next level is a protocol family. Not on Linux.</summary>
    public static int CTL_NET => Of(Absent, 4, 4);

    /// <summary>Hardware, for <c>sysctl</c>. Not on Linux.</summary>
    public static int CTL_HW => Of(Absent, 6, 6);

    /// <summary>The largest number of levels of a name. Not on Linux.</summary>
    public static int CTL_MAXNAME => Of(Absent, 12, 24);

    /// <summary>All routes. Not on Linux.</summary>
    public static int NET_RT_DUMP => Of(Absent, 1, 1);

    /// <summary>The routes that have one of the flags RTF_*. Not on Linux.</summary>
    public static int NET_RT_FLAGS => Of(Absent, 2, 2);

    /// <summary>All interfaces with their addresses. Not on Linux.</summary>
    public static int NET_RT_IFLIST => Of(Absent, 3, 3);

    /// <summary>The multicast groups of the interfaces. FreeBSD only.</summary>
    public static int NET_RT_IFMALIST => Of(Absent, Absent, 4);

    /// <summary>Like <see cref="NET_RT_IFLIST"/>, with extensible messages. FreeBSD only.</summary>
    public static int NET_RT_IFLISTL => Of(Absent, Absent, 5);

    /// <summary>Statistics of routing. macOS only.</summary>
    public static int NET_RT_STAT => Of(Absent, 4, Absent);

    /// <summary>Like <see cref="NET_RT_IFLIST"/>, with 64-bit statistics and multicast groups. macOS only.</summary>
    public static int NET_RT_IFLIST2 => Of(Absent, 6, Absent);

    /// <summary>Like <see cref="NET_RT_DUMP"/>, with more statistics. macOS only.</summary>
    public static int NET_RT_DUMP2 => Of(Absent, 7, Absent);

    /// <summary>Below IPPROTO_UDP: whether UDP sends checksums. Not on Linux.</summary>
    public static int UDPCTL_CHECKSUM => Of(Absent, 1, 1);
}
