using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The book's functions for the loopback and the hop limit of the multicast datagrams that a socket sends (UNP 21.7).
public static partial class Libunp
{
    /// <summary>Returns whether members on this host also receive the multicast datagrams of a socket (UNP 21.7).</summary>
    /// <remarks>It is on by default.</remarks>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static bool Mcast_get_loop(SafeHandle fd)
    {
        int loop = mcast_get_loop(fd);
        return loop >= 0 ? loop != 0 : throw Failed("mcast_get_loop", fd);
    }

    /// <summary>
    /// Works like <see cref="Mcast_get_loop"/>, but returns 1, 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int mcast_get_loop(SafeHandle fd) => GetMulticast(fd, IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP);

    /// <summary>Sets whether members on this host also receive the multicast datagrams of a socket (UNP 21.7).</summary>
    /// <remarks>
    /// The sender's socket decides, not the receiver's. So two programs on one host hear each other only if the senders allow it.
    /// </remarks>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <param name="onoff">Whether they do.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_set_loop(SafeHandle fd, bool onoff)
    {
        if (mcast_set_loop(fd, onoff) < 0)
            throw Failed("mcast_set_loop", fd);
    }

    /// <summary>Works like <see cref="Mcast_set_loop"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_set_loop(SafeHandle fd, bool onoff) =>
        SetMulticast(fd, IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, onoff ? 1 : 0);

    /// <summary>Returns the hop limit of the multicast datagrams that a socket sends (UNP 21.7). It is 1 by default.</summary>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static int Mcast_get_ttl(SafeHandle fd)
    {
        int ttl = mcast_get_ttl(fd);
        return ttl >= 0 ? ttl : throw Failed("mcast_get_ttl", fd);
    }

    /// <summary>Works like <see cref="Mcast_get_ttl"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_get_ttl(SafeHandle fd) => GetMulticast(fd, IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS);

    /// <summary>Sets the hop limit of the multicast datagrams that a socket sends (UNP 21.7).</summary>
    /// <remarks>
    /// 0 keeps them on this host. 1 keeps them on the link. Each router forwards only a datagram whose hop limit is above 1, and above the
    /// threshold of the outgoing interface.
    /// </remarks>
    /// <param name="fd">An IPv4 or IPv6 socket.</param>
    /// <param name="val">0 to 255; -1 on Linux, and for IPv6 on each system: the default, 1.</param>
    /// <exception cref="UnpException">EINVAL (another number), EAFNOSUPPORT (neither IPv4 nor IPv6).</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static void Mcast_set_ttl(SafeHandle fd, int val)
    {
        if (mcast_set_ttl(fd, val) < 0)
            throw Failed("mcast_set_ttl", $"{val}");
    }

    /// <summary>Works like <see cref="Mcast_set_ttl"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int mcast_set_ttl(SafeHandle fd, int val) => SetMulticast(fd, IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, val);

    static int GetMulticast(SafeHandle fd, int ipv4, int ipv6)
    {
        int family = sockfd_to_family(fd);
        int value = -1;
        int result = family < 0 ? -1
            : family == AF_INET ? getsockopt(fd, IPPROTO_IP, ipv4, out value)
            : family == AF_INET6 ? getsockopt(fd, IPPROTO_IPV6, ipv6, out value)
            : Unsupported();
        return result < 0 ? -1 : value;
    }

    static int SetMulticast(SafeHandle fd, int ipv4, int ipv6, int value)
    {
        int family = sockfd_to_family(fd);
        return family < 0 ? -1
            : family == AF_INET ? setsockopt(fd, IPPROTO_IP, ipv4, value)
            : family == AF_INET6 ? setsockopt(fd, IPPROTO_IPV6, ipv6, value)
            : Unsupported();
    }
}
