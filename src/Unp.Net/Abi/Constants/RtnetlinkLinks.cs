using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Attributes of links, addresses and neighbours in routing messages of netlink. (rtnetlink(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Attributes of a link.

    /// <summary>No attribute. Linux only.</summary>
    public static int IFLA_UNSPEC => Of(0, Absent, Absent);

    /// <summary>The link-layer address. Linux only.</summary>
    public static int IFLA_ADDRESS => Of(1, Absent, Absent);

    /// <summary>The link-layer broadcast address; of a point-to-point link the peer's address. Linux only.</summary>
    public static int IFLA_BROADCAST => Of(2, Absent, Absent);

    /// <summary>The name, ending with a NUL. Linux only.</summary>
    public static int IFLA_IFNAME => Of(3, Absent, Absent);

    /// <summary>The MTU, 32 bits. Linux only.</summary>
    public static int IFLA_MTU => Of(4, Absent, Absent);

    /// <summary>The index of the lower device, or of the peer of a veth device. Linux only.</summary>
    public static int IFLA_LINK => Of(5, Absent, Absent);

    /// <summary>The name of the queueing discipline. Linux only.</summary>
    public static int IFLA_QDISC => Of(6, Absent, Absent);

    /// <summary>Statistics with 32 bits. Linux only.</summary>
    public static int IFLA_STATS => Of(7, Absent, Absent);

    /// <summary>Not used. Linux only.</summary>
    public static int IFLA_COST => Of(8, Absent, Absent);

    /// <summary>Not used. Linux only.</summary>
    public static int IFLA_PRIORITY => Of(9, Absent, Absent);

    /// <summary>The index of the bridge or bond that owns the link. Linux only.</summary>
    public static int IFLA_MASTER => Of(10, Absent, Absent);

    /// <summary>An event of the old wireless extensions. Linux only.</summary>
    public static int IFLA_WIRELESS => Of(11, Absent, Absent);

    /// <summary>Settings of a protocol family. Linux only.</summary>
    public static int IFLA_PROTINFO => Of(12, Absent, Absent);

    /// <summary>The length of the transmit queue, in packets. Linux only.</summary>
    public static int IFLA_TXQLEN => Of(13, Absent, Absent);

    /// <summary>Memory and interrupts of the device. Linux only.</summary>
    public static int IFLA_MAP => Of(14, Absent, Absent);

    /// <summary>Not used. Linux only.</summary>
    public static int IFLA_WEIGHT => Of(15, Absent, Absent);

    /// <summary>The operational state of RFC 2863: one byte. Linux only.</summary>
    public static int IFLA_OPERSTATE => Of(16, Absent, Absent);

    /// <summary>The link mode: one byte. Linux only.</summary>
    public static int IFLA_LINKMODE => Of(17, Absent, Absent);

    /// <summary>Nested attributes <c>IFLA_INFO_*</c> with the kind. Linux only.</summary>
    public static int IFLA_LINKINFO => Of(18, Absent, Absent);

    /// <summary>A process in whose network namespace the link must be. Linux only.</summary>
    public static int IFLA_NET_NS_PID => Of(19, Absent, Absent);

    /// <summary>A text for people. Linux only.</summary>
    public static int IFLA_IFALIAS => Of(20, Absent, Absent);

    /// <summary>The number of virtual functions. Linux only.</summary>
    public static int IFLA_NUM_VF => Of(21, Absent, Absent);

    /// <summary>The virtual functions. Linux only.</summary>
    public static int IFLA_VFINFO_LIST => Of(22, Absent, Absent);

    /// <summary>Statistics with 64 bits. Linux only.</summary>
    public static int IFLA_STATS64 => Of(23, Absent, Absent);

    /// <summary>Port settings of virtual functions. Linux only.</summary>
    public static int IFLA_VF_PORTS => Of(24, Absent, Absent);

    /// <summary>Port settings of the device. Linux only.</summary>
    public static int IFLA_PORT_SELF => Of(25, Absent, Absent);

    /// <summary>Settings of each address family, nested. Linux only.</summary>
    public static int IFLA_AF_SPEC => Of(26, Absent, Absent);

    /// <summary>The group of the link. Linux only.</summary>
    public static int IFLA_GROUP => Of(27, Absent, Absent);

    /// <summary>A descriptor of the network namespace in which the link must be. Linux only.</summary>
    public static int IFLA_NET_NS_FD => Of(28, Absent, Absent);

    /// <summary>In a request: a bit mask of additional attributes <c>RTEXT_FILTER_*</c>. Linux only.</summary>
    public static int IFLA_EXT_MASK => Of(29, Absent, Absent);

    /// <summary>How many users set promiscuous mode. Linux only.</summary>
    public static int IFLA_PROMISCUITY => Of(30, Absent, Absent);

    /// <summary>The number of transmit queues. Linux only.</summary>
    public static int IFLA_NUM_TX_QUEUES => Of(31, Absent, Absent);

    /// <summary>The number of receive queues. Linux only.</summary>
    public static int IFLA_NUM_RX_QUEUES => Of(32, Absent, Absent);

    /// <summary>Whether the link has a carrier: one byte. Linux only.</summary>
    public static int IFLA_CARRIER => Of(33, Absent, Absent);

    /// <summary>How often the carrier changed. Linux only.</summary>
    public static int IFLA_CARRIER_CHANGES => Of(35, Absent, Absent);

    /// <summary>The identifier of the network namespace of <see cref="IFLA_LINK"/>. Linux only.</summary>
    public static int IFLA_LINK_NETNSID => Of(37, Absent, Absent);

    /// <summary>The largest number of segments for segmentation offload. Linux only.</summary>
    public static int IFLA_GSO_MAX_SEGS => Of(40, Absent, Absent);

    /// <summary>The largest packet for segmentation offload, in bytes. Linux only.</summary>
    public static int IFLA_GSO_MAX_SIZE => Of(41, Absent, Absent);

    /// <summary>Padding before a 64-bit value. Linux only.</summary>
    public static int IFLA_PAD => Of(42, Absent, Absent);

    /// <summary>The identifier of the network namespace to which the link moved. Linux only.</summary>
    public static int IFLA_NEW_NETNSID => Of(45, Absent, Absent);

    /// <summary>In a request: the identifier of the network namespace to ask. Linux only.</summary>
    public static int IFLA_TARGET_NETNSID => Of(46, Absent, Absent);

    /// <summary>The index of the link in its new network namespace. Linux only.</summary>
    public static int IFLA_NEW_IFINDEX => Of(49, Absent, Absent);

    /// <summary>The smallest MTU that the device allows. Linux only.</summary>
    public static int IFLA_MIN_MTU => Of(50, Absent, Absent);

    /// <summary>The largest MTU that the device allows. Linux only.</summary>
    public static int IFLA_MAX_MTU => Of(51, Absent, Absent);

    /// <summary>Nested properties, such as <see cref="IFLA_ALT_IFNAME"/>. Linux only.</summary>
    public static int IFLA_PROP_LIST => Of(52, Absent, Absent);

    /// <summary>An alternative name. Linux only.</summary>
    public static int IFLA_ALT_IFNAME => Of(53, Absent, Absent);

    /// <summary>The permanent link-layer address. Linux only.</summary>
    public static int IFLA_PERM_ADDRESS => Of(54, Absent, Absent);

    // In IFLA_LINKINFO.

    /// <summary>The kind of the link, such as <c>"veth"</c>. Linux only.</summary>
    public static int IFLA_INFO_KIND => Of(1, Absent, Absent);

    /// <summary>Settings of the kind, nested. Linux only.</summary>
    public static int IFLA_INFO_DATA => Of(2, Absent, Absent);

    /// <summary>Statistics of the kind. Linux only.</summary>
    public static int IFLA_INFO_XSTATS => Of(3, Absent, Absent);

    /// <summary>The kind of the link's master. Linux only.</summary>
    public static int IFLA_INFO_SLAVE_KIND => Of(4, Absent, Absent);

    /// <summary>Settings of the link for its master, nested. Linux only.</summary>
    public static int IFLA_INFO_SLAVE_DATA => Of(5, Absent, Absent);

    // Attributes of an address.

    /// <summary>No attribute. Linux only.</summary>
    public static int IFA_UNSPEC => Of(0, Absent, Absent);

    /// <summary>The address; of a point-to-point link the peer's address. Linux only.</summary>
    public static int IFA_ADDRESS => Of(1, Absent, Absent);

    /// <summary>The local address. IPv6 sets it only on a point-to-point link. Linux only.</summary>
    public static int IFA_LOCAL => Of(2, Absent, Absent);

    /// <summary>The name of the interface, with the label of an IPv4 alias. Linux only.</summary>
    public static int IFA_LABEL => Of(3, Absent, Absent);

    /// <summary>The broadcast address. Linux only.</summary>
    public static int IFA_BROADCAST => Of(4, Absent, Absent);

    /// <summary>An anycast address. Linux only.</summary>
    public static int IFA_ANYCAST => Of(5, Absent, Absent);

    /// <summary>Lifetimes and time stamps: <see cref="ifa_cacheinfo"/>. Linux only.</summary>
    public static int IFA_CACHEINFO => Of(6, Absent, Absent);

    /// <summary>A multicast address. Linux only.</summary>
    public static int IFA_MULTICAST => Of(7, Absent, Absent);

    /// <summary>The flags <c>IFA_F_*</c>, with 32 bits. Linux only.</summary>
    public static int IFA_FLAGS => Of(0x8, Absent, Absent);

    /// <summary>The priority of the route of the prefix. Linux only.</summary>
    public static int IFA_RT_PRIORITY => Of(9, Absent, Absent);

    /// <summary>In a request: the identifier of the network namespace to ask. Linux only.</summary>
    public static int IFA_TARGET_NETNSID => Of(10, Absent, Absent);

    /// <summary>The origin of the address. Linux only.</summary>
    public static int IFA_PROTO => Of(11, Absent, Absent);

    // Flags of an address.

    /// <summary>A further IPv4 address of the same net. Linux only.</summary>
    public static int IFA_F_SECONDARY => Of(0x1, Absent, Absent);

    /// <summary>A temporary IPv6 address, for privacy; the number of <see cref="IFA_F_SECONDARY"/>. Linux only.</summary>
    public static int IFA_F_TEMPORARY => Of(0x1, Absent, Absent);

    /// <summary>No duplicate address detection. Linux only.</summary>
    public static int IFA_F_NODAD => Of(0x2, Absent, Absent);

    /// <summary>Usable before duplicate address detection ends. Linux only.</summary>
    public static int IFA_F_OPTIMISTIC => Of(0x4, Absent, Absent);

    /// <summary>Duplicate address detection found another owner. Linux only.</summary>
    public static int IFA_F_DADFAILED => Of(0x8, Absent, Absent);

    /// <summary>A home address of mobile IPv6. Linux only.</summary>
    public static int IFA_F_HOMEADDRESS => Of(0x10, Absent, Absent);

    /// <summary>The preferred lifetime is over. Linux only.</summary>
    public static int IFA_F_DEPRECATED => Of(0x20, Absent, Absent);

    /// <summary>Duplicate address detection has not ended. Linux only.</summary>
    public static int IFA_F_TENTATIVE => Of(0x40, Absent, Absent);

    /// <summary>Without an end of its lifetime. Linux only.</summary>
    public static int IFA_F_PERMANENT => Of(0x80, Absent, Absent);

    /// <summary>The kernel makes temporary addresses from this one. Linux only.</summary>
    public static int IFA_F_MANAGETEMPADDR => Of(0x100, Absent, Absent);

    /// <summary>The kernel adds no route of the prefix. Linux only.</summary>
    public static int IFA_F_NOPREFIXROUTE => Of(0x200, Absent, Absent);

    /// <summary>The kernel joins the multicast group of this address. Linux only.</summary>
    public static int IFA_F_MCAUTOJOIN => Of(0x400, Absent, Absent);

    /// <summary>An address of RFC 7217. Linux only.</summary>
    public static int IFA_F_STABLE_PRIVACY => Of(0x800, Absent, Absent);

    // Attributes of a neighbour.

    /// <summary>No attribute. Linux only.</summary>
    public static int NDA_UNSPEC => Of(0, Absent, Absent);

    /// <summary>The address of the neighbour. Linux only.</summary>
    public static int NDA_DST => Of(1, Absent, Absent);

    /// <summary>The link-layer address. Linux only.</summary>
    public static int NDA_LLADDR => Of(2, Absent, Absent);

    /// <summary>Use and age: <see cref="nda_cacheinfo"/>. Linux only.</summary>
    public static int NDA_CACHEINFO => Of(3, Absent, Absent);

    /// <summary>The number of probes that were sent. Linux only.</summary>
    public static int NDA_PROBES => Of(4, Absent, Absent);

    /// <summary>The VLAN. Linux only.</summary>
    public static int NDA_VLAN => Of(5, Absent, Absent);

    /// <summary>The port of the remote end of a tunnel. Linux only.</summary>
    public static int NDA_PORT => Of(6, Absent, Absent);

    /// <summary>The network identifier of a tunnel. Linux only.</summary>
    public static int NDA_VNI => Of(7, Absent, Absent);

    /// <summary>The index of the interface of a tunnel. Linux only.</summary>
    public static int NDA_IFINDEX => Of(8, Absent, Absent);

    /// <summary>The index of the bridge. Linux only.</summary>
    public static int NDA_MASTER => Of(9, Absent, Absent);

    /// <summary>The identifier of the network namespace of <see cref="NDA_IFINDEX"/>. Linux only.</summary>
    public static int NDA_LINK_NETNSID => Of(10, Absent, Absent);

    /// <summary>The source network identifier of a tunnel. Linux only.</summary>
    public static int NDA_SRC_VNI => Of(11, Absent, Absent);

    /// <summary>The origin of the entry. Linux only.</summary>
    public static int NDA_PROTOCOL => Of(12, Absent, Absent);

    /// <summary>The number of a next hop object. Linux only.</summary>
    public static int NDA_NH_ID => Of(13, Absent, Absent);

    /// <summary>Further flags, with 32 bits. Linux only.</summary>
    public static int NDA_FLAGS_EXT => Of(15, Absent, Absent);

    // States of a neighbour: ndm_state.

    /// <summary>A pseudo-state: no resolution. Linux only.</summary>
    public static int NUD_NONE => Of(0x0, Absent, Absent);

    /// <summary>Resolution is in progress. Linux only.</summary>
    public static int NUD_INCOMPLETE => Of(0x1, Absent, Absent);

    /// <summary>Confirmed recently. Linux only.</summary>
    public static int NUD_REACHABLE => Of(0x2, Absent, Absent);

    /// <summary>Not confirmed recently; the next use starts a check. Linux only.</summary>
    public static int NUD_STALE => Of(0x4, Absent, Absent);

    /// <summary>A check is due after a short delay. Linux only.</summary>
    public static int NUD_DELAY => Of(0x8, Absent, Absent);

    /// <summary>A check is in progress. Linux only.</summary>
    public static int NUD_PROBE => Of(0x10, Absent, Absent);

    /// <summary>The neighbour did not answer. Linux only.</summary>
    public static int NUD_FAILED => Of(0x20, Absent, Absent);

    /// <summary>The link needs no resolution. Linux only.</summary>
    public static int NUD_NOARP => Of(0x40, Absent, Absent);

    /// <summary>Set by an administrator. Linux only.</summary>
    public static int NUD_PERMANENT => Of(0x80, Absent, Absent);

    // Flags of a neighbour: ndm_flags.

    /// <summary>In a request: resolve the address now. Linux only.</summary>
    public static int NTF_USE => Of(0x1, Absent, Absent);

    /// <summary>The entry belongs to the device itself. Linux only.</summary>
    public static int NTF_SELF => Of(0x2, Absent, Absent);

    /// <summary>The entry belongs to the bridge. Linux only.</summary>
    public static int NTF_MASTER => Of(0x4, Absent, Absent);

    /// <summary>The host answers on behalf of the neighbour. Linux only.</summary>
    public static int NTF_PROXY => Of(0x8, Absent, Absent);

    /// <summary>Learned by a control program. Linux only.</summary>
    public static int NTF_EXT_LEARNED => Of(0x10, Absent, Absent);

    /// <summary>Hardware has the entry. Linux only.</summary>
    public static int NTF_OFFLOADED => Of(0x20, Absent, Absent);

    /// <summary>The entry does not move to another port. Linux only.</summary>
    public static int NTF_STICKY => Of(0x40, Absent, Absent);

    /// <summary>The neighbour is a router. Linux only.</summary>
    public static int NTF_ROUTER => Of(0x80, Absent, Absent);
}
