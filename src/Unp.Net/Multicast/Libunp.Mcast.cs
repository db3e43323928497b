using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The book's functions for the membership of multicast groups (UNP 21.7). A group is an IPv4 or IPv6 address; its port is ignored.
public static partial class Libunp
{
    /// <summary>Joins a multicast group on an interface (UNP 21.7).</summary>
    /// <remarks>
    /// <para>A socket receives a group's datagrams only if it is bound to the group's port, and to the wildcard address or to the group. A
    /// socket that is bound to a unicast address receives none.</para>
    /// <para>On Linux a socket also receives the groups that other sockets of the host have joined, unless it is bound to one group.
    /// <see cref="SocketOptions.IpMulticastAll"/> and <see cref="SocketOptions.Ipv6MulticastAll"/> turn that off.</para>
    /// <para>A group is joined once per interface, so a program that listens on all interfaces calls this function for each. A socket can
    /// join 20 IPv4 groups on Linux (/proc/sys/net/ipv4/igmp_max_memberships); the memory of all its memberships is limited by
    /// /proc/sys/net/core/optmem_max. Closing the socket leaves all groups.</para>
    /// </remarks>
    /// <param name="fd">A datagram or raw socket.</param>
    /// <param name="group">The group. Its scope id (<c>ff02::1%eth0</c>) is the interface if neither a name nor an index is given.</param>
    /// <param name="ifname">The name of the interface, or null: the kernel chooses it by its route to the group.</param>
    /// <param name="ifindex">The index of the interface, which replaces the name; 0: none.</param>
    /// <exception cref="UnpException">
    /// EINVAL (no multicast address), EAFNOSUPPORT (neither IPv4 nor IPv6), ENXIO (no such interface), ENODEV (no interface is given, and
    /// no route leads to the group), EADDRINUSE (already joined), ENOBUFS (too many groups), ENOPROTOOPT (a socket of another family); the
    /// message contains group and interface.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <example>
    /// <code>
    /// SockAddr group = SockAddr.Inet("239.255.1.2", 9877);
    /// Setsockopt(fd, SocketOptions.ReuseAddr, true);
    /// Bind(fd, group);
    /// Mcast_join(fd, group, "eth0");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_join(SafeHandle fd, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_join(fd, group, ifname, ifindex) < 0)
            throw FailedMembership("mcast_join", group, ifname, ifindex);
    }

    /// <summary>Works like <see cref="Mcast_join"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_join(SafeHandle fd, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetMembership(fd, SocketOptions.McastJoinGroup, group, ifname, ifindex);

    /// <summary>Leaves a multicast group that was joined for all sources (UNP 21.7).</summary>
    /// <remarks>
    /// The book's function names no interface, so Linux leaves an IPv4 group only on the interface of its route to the group. Name the
    /// interface if the group was joined on another one.
    /// </remarks>
    /// <param name="fd">The socket that joined the group.</param>
    /// <param name="group">The group. Its scope id is the interface if neither a name nor an index is given.</param>
    /// <param name="ifname">The name of the interface, or null.</param>
    /// <param name="ifindex">The index of the interface, which replaces the name; 0: none.</param>
    /// <exception cref="UnpException">
    /// EADDRNOTAVAIL (not joined), EINVAL, EAFNOSUPPORT, ENXIO, ENODEV, as with <see cref="Mcast_join"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_leave(SafeHandle fd, in SockAddr group, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_leave(fd, group, ifname, ifindex) < 0)
            throw FailedMembership("mcast_leave", group, ifname, ifindex);
    }

    /// <summary>Works like <see cref="Mcast_leave"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_leave(SafeHandle fd, in SockAddr group, string? ifname = null, uint ifindex = 0) =>
        SetMembership(fd, SocketOptions.McastLeaveGroup, group, ifname, ifindex);

    static int SetMembership(SafeHandle fd, SocketOption<MulticastGroup> option, in SockAddr group, string? ifname, uint ifindex)
    {
        Check(fd);
        return TryFindInterface(group, ifname, ifindex, out uint index) && CanJoin(group)
            ? NamingInterface(TrySetsockopt(fd, option, new MulticastGroup(group.Address, index)), index)
            : -1;
    }

    /// <summary>Finds the index of an interface. If there is none of this name, it returns false with ENXIO.</summary>
    static bool TryFindInterface(in SockAddr group, string? ifname, uint ifindex, out uint index)
    {
        index = ifindex != 0 ? ifindex : ifname is null ? group.ScopeId : if_nametoindex(ifname);
        if (index != 0 || ifname is null)
            return true;
        Errno.Last = Errno.ENXIO;
        return false;
    }

    /// <summary>Returns whether the address is a group. If it is none, it sets EAFNOSUPPORT or EINVAL.</summary>
    static bool CanJoin(in SockAddr group)
    {
        if (!group.HasPort)
            return Unsupported() == 0;
        if (IsMulticast(group))
            return true;
        Errno.Last = Errno.EINVAL;
        return false;
    }

    static bool IsMulticast(in SockAddr group)
    {
        byte first = group.AddressBytesReadOnly[0];
        return group.Family == AF_INET ? first >> 4 == 0xE : first == 0xFF;
    }

    /// <summary>Replaces the kernel's error for an index without interface by ENXIO, the error for a name without one.</summary>
    static int NamingInterface(int result, uint index)
    {
        if (result < 0 && index != 0 && Errno.Last == Errno.ENODEV)
            Errno.Last = Errno.ENXIO;
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static UnpException FailedMembership(string function, in SockAddr group, string? ifname, uint ifindex) =>
        Failed(function, $"{GroupText(group)}{InterfaceText(ifname, ifindex)}");

    static string GroupText(in SockAddr group) =>
        !group.HasPort ? group.ToString()
        : IsMulticast(group) ? group.Ntop(withPort: false)
        : $"{group.Ntop(withPort: false)} is not a multicast address";

    static string InterfaceText(string? ifname, uint ifindex) =>
        ifindex != 0 ? $" on interface {ifindex}" : ifname is not null ? $" on {ifname}" : "";
}
