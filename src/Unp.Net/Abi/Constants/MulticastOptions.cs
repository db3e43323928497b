using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Multicast options: IPv4 (IP_*, level IPPROTO_IP), IPv6 (IPV6_*, level IPPROTO_IPV6), and both with one structure (MCAST_*, the level of
// the family).
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Sending.

    /// <summary>
    /// Interface for outgoing multicast: one of its addresses (<c>in_addr</c>), or an <c>ip_mreqn</c> with its index; reads back as
    /// <c>in_addr</c>.
    /// </summary>
    public static int IP_MULTICAST_IF => Of(32, 9, 9);

    /// <summary>Index of the interface for outgoing multicast. int. macOS only.</summary>
    public static int IP_MULTICAST_IFINDEX => Of(Absent, 66, Absent);

    /// <summary>Hop limit of outgoing multicast, 1 by default. A byte or an int, according to the length of the argument.</summary>
    public static int IP_MULTICAST_TTL => Of(33, 10, 10);

    /// <summary>
    /// Whether members on this host receive outgoing multicast, yes by default. A byte or an int, according to the length of the argument.
    /// </summary>
    public static int IP_MULTICAST_LOOP => Of(34, 11, 11);

    /// <summary>Virtual interface of the multicast router for outgoing packets. int. Not on Linux.</summary>
    public static int IP_MULTICAST_VIF => Of(Absent, 14, 14);

    /// <summary>Index of the interface for outgoing multicast. unsigned int.</summary>
    public static int IPV6_MULTICAST_IF => Of(17, 9, 9);

    /// <summary>Hop limit of outgoing multicast, 1 by default; -1 restores it. int.</summary>
    public static int IPV6_MULTICAST_HOPS => Of(18, 10, 10);

    /// <summary>Whether members on this host receive outgoing multicast, yes by default. unsigned int.</summary>
    public static int IPV6_MULTICAST_LOOP => Of(19, 11, 11);

    // Receiving, any source.

    /// <summary>Join a group on an interface: an <c>ip_mreq</c>, or an <c>ip_mreqn</c> with the interface's index.</summary>
    public static int IP_ADD_MEMBERSHIP => Of(35, 12, 12);

    /// <summary>Leave a group, like <see cref="IP_ADD_MEMBERSHIP"/>.</summary>
    public static int IP_DROP_MEMBERSHIP => Of(36, 13, 13);

    /// <summary>Join a group on an interface: an <c>ipv6_mreq</c>.</summary>
    public static int IPV6_JOIN_GROUP => Of(20, 12, 12);

    /// <summary>Leave a group: an <c>ipv6_mreq</c>.</summary>
    public static int IPV6_LEAVE_GROUP => Of(21, 13, 13);

    /// <summary>The older name of <see cref="IPV6_JOIN_GROUP"/>. Linux only.</summary>
    public static int IPV6_ADD_MEMBERSHIP => Of(20, Absent, Absent);

    /// <summary>The older name of <see cref="IPV6_LEAVE_GROUP"/>. Linux only.</summary>
    public static int IPV6_DROP_MEMBERSHIP => Of(21, Absent, Absent);

    /// <summary>Join an anycast address: an <c>ipv6_mreq</c>. Linux only.</summary>
    public static int IPV6_JOIN_ANYCAST => Of(27, Absent, Absent);

    /// <summary>Leave an anycast address: an <c>ipv6_mreq</c>. Linux only.</summary>
    public static int IPV6_LEAVE_ANYCAST => Of(28, Absent, Absent);

    /// <summary>Join a group of either family on an interface: a <c>group_req</c>.</summary>
    public static int MCAST_JOIN_GROUP => Of(42, 80, 80);

    /// <summary>Leave a group: a <c>group_req</c>.</summary>
    public static int MCAST_LEAVE_GROUP => Of(45, 81, 81);

    /// <summary>
    /// Receive the packets of every group that this host has joined (1, the default), or only of the groups of this socket (0). int as
    /// boolean. Linux only.
    /// </summary>
    public static int IP_MULTICAST_ALL => Of(49, Absent, Absent);

    /// <summary>Like <see cref="IP_MULTICAST_ALL"/>, for IPv6. Linux only.</summary>
    public static int IPV6_MULTICAST_ALL => Of(29, Absent, Absent);

    // Receiving, chosen sources.

    /// <summary>Join a group for one source: an <c>ip_mreq_source</c>, whose fields are in another order on Linux.</summary>
    public static int IP_ADD_SOURCE_MEMBERSHIP => Of(39, 70, 70);

    /// <summary>Leave a group for one source: an <c>ip_mreq_source</c>.</summary>
    public static int IP_DROP_SOURCE_MEMBERSHIP => Of(40, 71, 71);

    /// <summary>Block one source of a group that was joined for all sources: an <c>ip_mreq_source</c>.</summary>
    public static int IP_BLOCK_SOURCE => Of(38, 72, 72);

    /// <summary>Unblock that source: an <c>ip_mreq_source</c>.</summary>
    public static int IP_UNBLOCK_SOURCE => Of(37, 73, 73);

    /// <summary>
    /// All sources of a group: an <c>ip_msfilter</c> on Linux; the BSDs reserve it for <c>setipv4sourcefilter</c>.
    /// </summary>
    public static int IP_MSFILTER => Of(41, 74, 74);

    /// <summary>Join a group of either family for one source: a <c>group_source_req</c>.</summary>
    public static int MCAST_JOIN_SOURCE_GROUP => Of(46, 82, 82);

    /// <summary>Leave a group for one source: a <c>group_source_req</c>.</summary>
    public static int MCAST_LEAVE_SOURCE_GROUP => Of(47, 83, 83);

    /// <summary>Block one source of a group that was joined for all sources: a <c>group_source_req</c>.</summary>
    public static int MCAST_BLOCK_SOURCE => Of(43, 84, 84);

    /// <summary>Unblock that source: a <c>group_source_req</c>.</summary>
    public static int MCAST_UNBLOCK_SOURCE => Of(44, 85, 85);

    /// <summary>All sources of a group: a <c>group_filter</c>. Linux only.</summary>
    public static int MCAST_MSFILTER => Of(48, Absent, Absent);

    /// <summary>In a source filter: all sources except these.</summary>
    public static int MCAST_EXCLUDE => Of(0, 2, 2);

    /// <summary>In a source filter: only these sources.</summary>
    public const int MCAST_INCLUDE = 1;

    /// <summary>In a source filter: undefined. Not on Linux.</summary>
    public static int MCAST_UNDEFINED => Of(Absent, 0, 0);

    // Limits and defaults.

    /// <summary>Groups that one socket can join. Linux has a sysctl for it.</summary>
    public static int IP_MAX_MEMBERSHIPS => Of(20, 4095, 4095);

    /// <summary>The default of <see cref="IP_MULTICAST_TTL"/>.</summary>
    public const int IP_DEFAULT_MULTICAST_TTL = 1;

    /// <summary>The default of <see cref="IP_MULTICAST_LOOP"/>.</summary>
    public const int IP_DEFAULT_MULTICAST_LOOP = 1;
}
