using System.Net;
using Unp.Net.Abi;
using static Unp.Net.Libc;
using static Unp.Net.MulticastForms;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of multicast: IP_* of IPv4, IPV6_* of IPv6, MCAST_* of either by the address's family.
public static partial class SocketOptions
{
    /// <summary>The interface to send multicast by, as an IPv4 address of it.</summary>
    /// <remarks>
    /// 0.0.0.0 (the default): the kernel chooses by its routes. To choose by index, set the raw option with an <c>ip_mreqn</c>. (ip(7);
    /// book 21.6)
    /// </remarks>
    public static SocketOption<IPAddress> IpMulticastIf =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_IF), static () => IP_MULTICAST_IF, OptionForms.Ipv4);

    /// <summary>How many hops what is sent to a group may travel, 0 to 255.</summary>
    /// <remarks>1 by default: not past a router. (ip(7); UNP 21.6)</remarks>
    public static SocketOption<int> IpMulticastTtl =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_TTL), static () => IP_MULTICAST_TTL, OptionForms.Byte);

    /// <summary>Whether members on this host get what is sent.</summary>
    /// <remarks>On by default. (ip(7); UNP 21.6)</remarks>
    public static SocketOption<bool> IpMulticastLoop =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_LOOP), static () => IP_MULTICAST_LOOP, ByteFlag);

    /// <summary>Joins an IPv4 group.</summary>
    /// <remarks>
    /// EADDRINUSE: joined already. On macOS it is MCAST_JOIN_GROUP, since this one ignores the interface's index there. (ip(7); UNP 21.6)
    /// </remarks>
    public static SocketOption<MulticastGroup> IpAddMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_ADD_MEMBERSHIP), static () => Target.IsMacOS ? MCAST_JOIN_GROUP : IP_ADD_MEMBERSHIP, Ipv4Group,
            access: OptionAccess.WriteOnly, mac: nameof(MCAST_JOIN_GROUP));

    /// <summary>Leaves an IPv4 group.</summary>
    /// <remarks>
    /// EADDRNOTAVAIL: it was not joined. Closing the socket leaves all. On macOS it is MCAST_LEAVE_GROUP. (ip(7); UNP 21.6)
    /// </remarks>
    public static SocketOption<MulticastGroup> IpDropMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_DROP_MEMBERSHIP), static () => Target.IsMacOS ? MCAST_LEAVE_GROUP : IP_DROP_MEMBERSHIP, Ipv4Group,
            access: OptionAccess.WriteOnly, mac: nameof(MCAST_LEAVE_GROUP));

    /// <summary>In a group joined for any source, shuts out one.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpBlockSource =>
        field ?? Of(ref field, Ip, nameof(IP_BLOCK_SOURCE), static () => IP_BLOCK_SOURCE, Ipv4Source, access: OptionAccess.WriteOnly);

    /// <summary>Takes <see cref="IpBlockSource"/> back.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpUnblockSource =>
        field ?? Of(ref field, Ip, nameof(IP_UNBLOCK_SOURCE), static () => IP_UNBLOCK_SOURCE, Ipv4Source, access: OptionAccess.WriteOnly);

    /// <summary>Joins an IPv4 group for what one source sends.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpAddSourceMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_ADD_SOURCE_MEMBERSHIP), static () => IP_ADD_SOURCE_MEMBERSHIP, Ipv4Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Leaves what <see cref="IpAddSourceMembership"/> joined.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpDropSourceMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_DROP_SOURCE_MEMBERSHIP), static () => IP_DROP_SOURCE_MEMBERSHIP, Ipv4Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Index of the interface to send multicast by.</summary>
    /// <remarks>0 (the default): the kernel chooses by its routes. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<uint> Ipv6MulticastIf =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_IF), static () => IPV6_MULTICAST_IF, UInt);

    /// <summary>How many hops what is sent to a group may travel, 0 to 255; -1: the default.</summary>
    /// <remarks>1 by default: not past a router. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<int> Ipv6MulticastHops =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_HOPS), static () => IPV6_MULTICAST_HOPS, Int);

    /// <summary>Whether members on this host get what is sent.</summary>
    /// <remarks>On by default. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<bool> Ipv6MulticastLoop =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_LOOP), static () => IPV6_MULTICAST_LOOP, Flag);

    /// <summary>Joins an IPv6 group.</summary>
    /// <remarks>EADDRINUSE: joined already. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> Ipv6JoinGroup =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_JOIN_GROUP), static () => IPV6_JOIN_GROUP, Ipv6Group, access: OptionAccess.WriteOnly);

    /// <summary>Leaves an IPv6 group.</summary>
    /// <remarks>EADDRNOTAVAIL: it was not joined. Closing the socket leaves all. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> Ipv6LeaveGroup =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_LEAVE_GROUP), static () => IPV6_LEAVE_GROUP, Ipv6Group, access: OptionAccess.WriteOnly);

    /// <summary>Joins a group, IPv4 or IPv6.</summary>
    /// <remarks>EADDRINUSE: joined already. (ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> McastJoinGroup =>
        field ?? Of(ref field, IpOrIpv6, nameof(MCAST_JOIN_GROUP), static () => MCAST_JOIN_GROUP, Group, access: OptionAccess.WriteOnly);

    /// <summary>Leaves a group, IPv4 or IPv6.</summary>
    /// <remarks>EADDRNOTAVAIL: it was not joined. Closing the socket leaves all. (ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> McastLeaveGroup =>
        field ?? Of(ref field, IpOrIpv6, nameof(MCAST_LEAVE_GROUP), static () => MCAST_LEAVE_GROUP, Group, access: OptionAccess.WriteOnly);

    /// <summary>In a group joined for any source, shuts out one.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastBlockSource =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_BLOCK_SOURCE), static () => MCAST_BLOCK_SOURCE, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Takes <see cref="McastBlockSource"/> back.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastUnblockSource =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_UNBLOCK_SOURCE), static () => MCAST_UNBLOCK_SOURCE, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Joins a group for what one source sends.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastJoinSourceGroup =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_JOIN_SOURCE_GROUP), static () => MCAST_JOIN_SOURCE_GROUP, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Leaves what <see cref="McastJoinSourceGroup"/> joined.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastLeaveSourceGroup =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_LEAVE_SOURCE_GROUP), static () => MCAST_LEAVE_SOURCE_GROUP, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Whether the socket gets what is sent to every group that this host has joined, not only those it joined itself.</summary>
    /// <remarks>On by default. (ip(7))</remarks>
    public static SocketOption<bool> IpMulticastAll =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_ALL), static () => IP_MULTICAST_ALL, Flag, on: OptionSystems.Linux);

    /// <summary>Whether the socket gets what is sent to every group that this host has joined, not only those it joined itself.</summary>
    /// <remarks>Linux 4.20. On by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6MulticastAll =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_ALL), static () => IPV6_MULTICAST_ALL, Flag, on: OptionSystems.Linux);
}
