using System.Net;
using Unp.Net.Abi;
using static Unp.Net.Libc;
using static Unp.Net.MulticastForms;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Multicast options. IP_* are for IPv4, IPV6_* for IPv6; MCAST_* are for both, according to the family of the group's address.
public static partial class SocketOptions
{
    /// <summary>The interface for outgoing multicast, as one of its IPv4 addresses.</summary>
    /// <remarks>
    /// 0.0.0.0 (the default): the kernel chooses by its routes. To choose by index, set the raw option with an <c>ip_mreqn</c>. (ip(7); UNP
    /// 21.6)
    /// </remarks>
    public static SocketOption<IPAddress> IpMulticastIf =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_IF), static () => IP_MULTICAST_IF, OptionForms.Ipv4);

    /// <summary>The hop limit of outgoing multicast, 0 to 255.</summary>
    /// <remarks>1 by default, so packets do not pass a router. (ip(7); UNP 21.6)</remarks>
    public static SocketOption<int> IpMulticastTtl =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_TTL), static () => IP_MULTICAST_TTL, OptionForms.Byte);

    /// <summary>Whether members on this host also receive outgoing multicast.</summary>
    /// <remarks>On by default. (ip(7); UNP 21.6)</remarks>
    public static SocketOption<bool> IpMulticastLoop =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_LOOP), static () => IP_MULTICAST_LOOP, ByteFlag);

    /// <summary>Joins an IPv4 group.</summary>
    /// <remarks>
    /// EADDRINUSE: already joined. macOS ignores the interface's index here, so this option is MCAST_JOIN_GROUP there. (ip(7); UNP 21.6)
    /// </remarks>
    public static SocketOption<MulticastGroup> IpAddMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_ADD_MEMBERSHIP), static () => Target.IsMacOS ? MCAST_JOIN_GROUP : IP_ADD_MEMBERSHIP, Ipv4Group,
            access: OptionAccess.WriteOnly, mac: nameof(MCAST_JOIN_GROUP));

    /// <summary>Leaves an IPv4 group.</summary>
    /// <remarks>
    /// EADDRNOTAVAIL: not joined. Closing the socket leaves all groups. On macOS this option is MCAST_LEAVE_GROUP. (ip(7); UNP 21.6)
    /// </remarks>
    public static SocketOption<MulticastGroup> IpDropMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_DROP_MEMBERSHIP), static () => Target.IsMacOS ? MCAST_LEAVE_GROUP : IP_DROP_MEMBERSHIP, Ipv4Group,
            access: OptionAccess.WriteOnly, mac: nameof(MCAST_LEAVE_GROUP));

    /// <summary>Blocks one source of a group that was joined for all sources.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpBlockSource =>
        field ?? Of(ref field, Ip, nameof(IP_BLOCK_SOURCE), static () => IP_BLOCK_SOURCE, Ipv4Source, access: OptionAccess.WriteOnly);

    /// <summary>Reverts <see cref="IpBlockSource"/>.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpUnblockSource =>
        field ?? Of(ref field, Ip, nameof(IP_UNBLOCK_SOURCE), static () => IP_UNBLOCK_SOURCE, Ipv4Source, access: OptionAccess.WriteOnly);

    /// <summary>Joins an IPv4 group for one source only.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpAddSourceMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_ADD_SOURCE_MEMBERSHIP), static () => IP_ADD_SOURCE_MEMBERSHIP, Ipv4Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Reverts <see cref="IpAddSourceMembership"/>.</summary>
    /// <remarks>(ip(7); UNP 21.6)</remarks>
    public static SocketOption<IpMulticastSource> IpDropSourceMembership =>
        field ?? Of(
            ref field, Ip, nameof(IP_DROP_SOURCE_MEMBERSHIP), static () => IP_DROP_SOURCE_MEMBERSHIP, Ipv4Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Index of the interface for outgoing multicast.</summary>
    /// <remarks>0 (the default): the kernel chooses by its routes. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<uint> Ipv6MulticastIf =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_IF), static () => IPV6_MULTICAST_IF, UInt);

    /// <summary>The hop limit of outgoing multicast, 0 to 255; -1: the default.</summary>
    /// <remarks>1 by default, so packets do not pass a router. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<int> Ipv6MulticastHops =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_HOPS), static () => IPV6_MULTICAST_HOPS, Int);

    /// <summary>Whether members on this host also receive outgoing multicast.</summary>
    /// <remarks>On by default. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<bool> Ipv6MulticastLoop =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_LOOP), static () => IPV6_MULTICAST_LOOP, Flag);

    /// <summary>Joins an IPv6 group.</summary>
    /// <remarks>EADDRINUSE: already joined. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> Ipv6JoinGroup =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_JOIN_GROUP), static () => IPV6_JOIN_GROUP, Ipv6Group, access: OptionAccess.WriteOnly);

    /// <summary>Leaves an IPv6 group.</summary>
    /// <remarks>EADDRNOTAVAIL: not joined. Closing the socket leaves all groups. (ipv6(7); UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> Ipv6LeaveGroup =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_LEAVE_GROUP), static () => IPV6_LEAVE_GROUP, Ipv6Group, access: OptionAccess.WriteOnly);

    /// <summary>Joins a group, IPv4 or IPv6.</summary>
    /// <remarks>EADDRINUSE: already joined. (ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> McastJoinGroup =>
        field ?? Of(ref field, IpOrIpv6, nameof(MCAST_JOIN_GROUP), static () => MCAST_JOIN_GROUP, Group, access: OptionAccess.WriteOnly);

    /// <summary>Leaves a group, IPv4 or IPv6.</summary>
    /// <remarks>EADDRNOTAVAIL: not joined. Closing the socket leaves all groups. (ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastGroup> McastLeaveGroup =>
        field ?? Of(ref field, IpOrIpv6, nameof(MCAST_LEAVE_GROUP), static () => MCAST_LEAVE_GROUP, Group, access: OptionAccess.WriteOnly);

    /// <summary>Blocks one source of a group that was joined for all sources.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastBlockSource =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_BLOCK_SOURCE), static () => MCAST_BLOCK_SOURCE, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Reverts <see cref="McastBlockSource"/>.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastUnblockSource =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_UNBLOCK_SOURCE), static () => MCAST_UNBLOCK_SOURCE, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Joins a group for one source only.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastJoinSourceGroup =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_JOIN_SOURCE_GROUP), static () => MCAST_JOIN_SOURCE_GROUP, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Reverts <see cref="McastJoinSourceGroup"/>.</summary>
    /// <remarks>(ip(7), RFC 3678; UNP 21.6)</remarks>
    public static SocketOption<MulticastSource> McastLeaveSourceGroup =>
        field ?? Of(
            ref field, IpOrIpv6, nameof(MCAST_LEAVE_SOURCE_GROUP), static () => MCAST_LEAVE_SOURCE_GROUP, Source,
            access: OptionAccess.WriteOnly);

    /// <summary>Whether the socket receives the packets of every group that this host has joined, not only of its own groups.</summary>
    /// <remarks>On by default. (ip(7))</remarks>
    public static SocketOption<bool> IpMulticastAll =>
        field ?? Of(ref field, Ip, nameof(IP_MULTICAST_ALL), static () => IP_MULTICAST_ALL, Flag, on: OptionSystems.Linux);

    /// <summary>Whether the socket receives the packets of every group that this host has joined, not only of its own groups.</summary>
    /// <remarks>Linux 4.20. On by default. (ipv6(7))</remarks>
    public static SocketOption<bool> Ipv6MulticastAll =>
        field ?? Of(ref field, Ipv6, nameof(IPV6_MULTICAST_ALL), static () => IPV6_MULTICAST_ALL, Flag, on: OptionSystems.Linux);
}
