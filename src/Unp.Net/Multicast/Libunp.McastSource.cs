using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

// The book's functions for single sources of multicast groups (UNP 21.7). Source and group have the same family; ports are ignored.
public static partial class Libunp
{
    /// <summary>Joins a multicast group for one source only (UNP 21.7).</summary>
    /// <remarks>
    /// The function is called again for each further source. A socket can have 10 sources of an IPv4 group and 64 of an IPv6 group on Linux
    /// (/proc/sys/net/ipv4/igmp_max_msf and /proc/sys/net/ipv6/mld_max_msf). Addresses for which routers forward only joined sources are
    /// 232.0.0.0/8 and ff3x::/32 (RFC 4607). For other remarks see <see cref="Mcast_join"/>.
    /// </remarks>
    /// <param name="fd">A datagram or raw socket.</param>
    /// <param name="source">The sender's unicast address.</param>
    /// <param name="group">The group. Its scope id is the interface if neither a name nor an index is given.</param>
    /// <param name="ifname">The name of the interface, or null: the kernel chooses it by its route to the group.</param>
    /// <param name="ifindex">The index of the interface, which replaces the name; 0: none.</param>
    /// <exception cref="UnpException">
    /// EADDRNOTAVAIL (already joined for this source), EINVAL (no multicast address, or joined for all sources), EAFNOSUPPORT (neither IPv4
    /// nor IPv6, or two families), ENXIO (no such interface), ENODEV (no interface is given, and no route leads to the group), ENOBUFS (too
    /// many sources or groups); the message contains group, source and interface.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <example>
    /// <code>
    /// SockAddr group = SockAddr.Inet("232.1.2.3", 9877);
    /// Bind(fd, group);
    /// Mcast_join_source_group(fd, SockAddr.Inet("192.0.2.1", 0), group, "eth0");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_join_source_group(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_join_source_group(fd, source, group, ifname, ifindex) < 0)
            throw FailedSource("mcast_join_source_group", source, group, ifname, ifindex);
    }

    /// <summary>
    /// Works like <see cref="Mcast_join_source_group"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int mcast_join_source_group(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetSource(fd, SocketOptions.McastJoinSourceGroup, source, group, ifname, ifindex);

    /// <summary>Leaves a source of a multicast group that was joined for single sources (UNP 21.7).</summary>
    /// <remarks>
    /// The book's function names no interface, so Linux leaves an IPv4 group only on the interface of its route to the group. Name the
    /// interface if the group was joined on another one.
    /// </remarks>
    /// <param name="fd">The socket that joined the group.</param>
    /// <param name="source">The sender's unicast address.</param>
    /// <param name="group">The group.</param>
    /// <param name="ifname">The name of the interface, or null: the kernel chooses it.</param>
    /// <param name="ifindex">The index of the interface, which replaces the name; 0: none.</param>
    /// <exception cref="UnpException">
    /// EADDRNOTAVAIL or EINVAL (not joined), EAFNOSUPPORT, ENXIO, ENODEV, as with <see cref="Mcast_join_source_group"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_leave_source_group(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_leave_source_group(fd, source, group, ifname, ifindex) < 0)
            throw FailedSource("mcast_leave_source_group", source, group, ifname, ifindex);
    }

    /// <summary>
    /// Works like <see cref="Mcast_leave_source_group"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int mcast_leave_source_group(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetSource(fd, SocketOptions.McastLeaveSourceGroup, source, group, ifname, ifindex);

    /// <summary>Blocks one source of a multicast group that was joined for all sources (UNP 21.7).</summary>
    /// <inheritdoc cref="Mcast_leave_source_group" path="/remarks"/>
    /// <inheritdoc cref="Mcast_leave_source_group" path="/param"/>
    /// <exception cref="UnpException">
    /// EADDRNOTAVAIL (already blocked), EINVAL (not joined, or no multicast address), EAFNOSUPPORT, ENXIO, ENODEV, ENOBUFS, as with
    /// <see cref="Mcast_join_source_group"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_block_source(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_block_source(fd, source, group, ifname, ifindex) < 0)
            throw FailedSource("mcast_block_source", source, group, ifname, ifindex);
    }

    /// <summary>
    /// Works like <see cref="Mcast_block_source"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int mcast_block_source(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetSource(fd, SocketOptions.McastBlockSource, source, group, ifname, ifindex);

    /// <summary>Reverts <see cref="Mcast_block_source"/> (UNP 21.7).</summary>
    /// <inheritdoc cref="Mcast_leave_source_group" path="/remarks"/>
    /// <inheritdoc cref="Mcast_leave_source_group" path="/param"/>
    /// <exception cref="UnpException">
    /// EADDRNOTAVAIL (not blocked), EINVAL, EAFNOSUPPORT, ENXIO, ENODEV, as with <see cref="Mcast_block_source"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_unblock_source(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_unblock_source(fd, source, group, ifname, ifindex) < 0)
            throw FailedSource("mcast_unblock_source", source, group, ifname, ifindex);
    }

    /// <summary>
    /// Works like <see cref="Mcast_unblock_source"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int mcast_unblock_source(
        SafeHandle fd, in SockAddr source, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetSource(fd, SocketOptions.McastUnblockSource, source, group, ifname, ifindex);

    static int SetSource(
        SafeHandle fd, SocketOption<MulticastSource> option, in SockAddr source, in SockAddr group, string? ifname, uint ifindex)
    {
        Check(fd);
        if (!TryFindInterface(group, ifname, ifindex, out uint index) || !CanJoin(group))
            return -1;
        return source.Family == group.Family && source.HasPort
            ? NamingInterface(TrySetsockopt(fd, option, new MulticastSource(group.Address, source.Address, index)), index)
            : Unsupported();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static UnpException FailedSource(string function, in SockAddr source, in SockAddr group, string? ifname, uint ifindex)
    {
        string from = source.HasPort ? source.Ntop(withPort: false) : source.ToString();
        return Failed(function, $"{GroupText(group)} from {from}{InterfaceText(ifname, ifindex)}");
    }
}
