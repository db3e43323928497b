using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// The book's functions for the interface of the multicast datagrams that a socket sends (UNP 21.7).
public static unsafe partial class Libunp
{
    /// <summary>Returns the index of the interface on which a socket sends multicast datagrams (UNP 21.7).</summary>
    /// <remarks>
    /// The book's function fails for IPv4. Linux returns only an IPv4 address of the interface, which this function looks up. So the
    /// result is 0 if the interface had no address when it was chosen, or has lost it since. If several interfaces share the address, the
    /// result is the first of them.
    /// </remarks>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <returns>The index, or 0: the kernel chooses the interface by its route to the group, which is the default.</returns>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static uint Mcast_get_if(SafeHandle fd)
    {
        int index = mcast_get_if(fd);
        return index >= 0 ? (uint)index : throw Failed("mcast_get_if", fd);
    }

    /// <summary>Works like <see cref="Mcast_get_if"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_get_if(SafeHandle fd)
    {
        int family = sockfd_to_family(fd);
        int index = 0;
        return family < 0 ? -1
            : family == AF_INET ? GetIpv4If(fd)
            : family != AF_INET6 ? Unsupported()
            : getsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, out index) < 0 ? -1 : index;
    }

    /// <summary>Sets the interface on which a socket sends multicast datagrams (UNP 21.7).</summary>
    /// <remarks>
    /// Without a name and an index, the kernel chooses the interface by its route to the group. On Linux, IPv4 datagrams of a socket
    /// without an address of its own have the interface's first address as their source.
    /// </remarks>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <param name="ifname">The name of the interface, or null.</param>
    /// <param name="ifindex">The index of the interface, which replaces the name; 0: none.</param>
    /// <exception cref="UnpException">
    /// ENXIO (no such interface), EAFNOSUPPORT (neither IPv4 nor IPv6); the message contains the interface.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="ifname"/> contains a NUL.</exception>
    /// <example><code>
    /// Mcast_set_if(fd, "eth0");
    /// Mcast_set_ttl(fd, 8);
    /// Sendto(fd, "hello"u8, 0, SockAddr.Inet("239.255.1.2", 9877));
    /// </code></example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_set_if(SafeHandle fd, string? ifname = null, uint ifindex = 0)
    {
        if (mcast_set_if(fd, ifname, ifindex) < 0)
            throw Failed("mcast_set_if", ifindex != 0 ? $"interface {ifindex}" : ifname);
    }

    /// <summary>Works like <see cref="Mcast_set_if"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_set_if(SafeHandle fd, string? ifname = null, uint ifindex = 0)
    {
        Check(fd);
        if (!TryFindInterface(default, ifname, ifindex, out uint index))
            return -1;
        int family = sockfd_to_family(fd);
        return family < 0 ? -1
            : family == AF_INET ? SetIpv4If(fd, index)
            : family == AF_INET6 ? NamingInterface(setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)index), index)
            : Unsupported();
    }

    static int GetIpv4If(SafeHandle fd)
    {
        if (Target.IsMacOS)
            return getsockopt(fd, IPPROTO_IP, IP_MULTICAST_IFINDEX, out int index) < 0 ? -1 : index;
        ip_mreqn answer;
        uint length = (uint)sizeof(ip_mreqn);
        if (getsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &answer, &length) < 0)
            return -1;
        if (!Target.IsLinux)
            return answer.imr_ifindex;

        // Linux returns an in_addr, whatever the length.
        var address = new SockAddr(AF_INET);
        new ReadOnlySpan<byte>(&answer, sizeof(uint)).CopyTo(address.AddressBytes);
        if (address == new SockAddr(AF_INET))
            return 0;
        if (getifaddrs() is not { } all)
            return -1;
        foreach (InterfaceAddress one in all)
        {
            if (one.Address == address)
                return (int)if_nametoindex(WithoutLabel(one.Name));
        }
        return 0;
    }

    static int SetIpv4If(SafeHandle fd, uint index)
    {
        if (Target.IsMacOS)
            return setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IFINDEX, (int)index);
        var request = new ip_mreqn { imr_ifindex = (int)index };
        if (Target.IsLinux && index != 0 && !TryFindAddress(index, ref request.imr_address))
            return -1;
        int result = setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &request, (uint)sizeof(ip_mreqn));
        if (result < 0 && index != 0 && Errno.Last == Errno.EADDRNOTAVAIL)
            Errno.Last = Errno.ENXIO;
        return result;
    }

    /// <summary>Finds the first IPv4 address of an interface, by which Linux reports it later. It is unchanged if there is none.</summary>
    /// <returns>Whether the addresses could be read.</returns>
    static bool TryFindAddress(uint index, ref uint address)
    {
        if (getifaddrs() is not { } all)
            return false;
        string? name = if_indextoname(index);
        foreach (InterfaceAddress one in all)
        {
            if (one.Address is { } found && found.Family == AF_INET && WithoutLabel(one.Name) == name)
            {
                address = MemoryMarshal.Read<uint>(found.AddressBytesReadOnly);
                return true;
            }
        }
        return true;
    }
}
