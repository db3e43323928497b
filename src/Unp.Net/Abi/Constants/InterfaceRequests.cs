using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Requests of ioctl for network interfaces, the ARP cache and the routing table (UNP 17.2, <sys/sockio.h>).
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Lists the interfaces that have an address, a <c>struct ifconf</c>. Linux lists IPv4 addresses only.</summary>
    public static uint SIOCGIFCONF => Unsigned(0x8912, 0xC00C6924, 0xC0106924);

    /// <summary>Returns the name of the interface with <see cref="ifreq.ifr_ifindex"/>. (netdevice(7)) Linux only.</summary>
    public static uint SIOCGIFNAME => Unsigned(0x8910, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Returns <see cref="ifreq.ifr_flags"/>: IFF_UP, IFF_BROADCAST... (netdevice(7))</summary>
    public static uint SIOCGIFFLAGS => Unsigned(0x8913, 0xC0206911, 0xC0206911);

    /// <summary>Sets <see cref="ifreq.ifr_flags"/>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFFLAGS => Unsigned(0x8914, 0x80206910, 0x80206910);

    /// <summary>Returns <c>ifr_addr</c>, the IPv4 address. (netdevice(7))</summary>
    public static uint SIOCGIFADDR => Unsigned(0x8915, 0xC0206921, 0xC0206921);

    /// <summary>Sets <c>ifr_addr</c>, the IPv4 address. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFADDR => Unsigned(0x8916, 0x8020690C, 0x8020690C);

    /// <summary>Returns <c>ifr_dstaddr</c>, the peer of a point-to-point link. (netdevice(7))</summary>
    public static uint SIOCGIFDSTADDR => Unsigned(0x8917, 0xC0206922, 0xC0206922);

    /// <summary>Sets <c>ifr_dstaddr</c>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFDSTADDR => Unsigned(0x8918, 0x8020690E, 0x8020690E);

    /// <summary>Returns <c>ifr_broadaddr</c>; on Linux 0.0.0.0 if none is configured. (netdevice(7))</summary>
    public static uint SIOCGIFBRDADDR => Unsigned(0x8919, 0xC0206923, 0xC0206923);

    /// <summary>Sets <c>ifr_broadaddr</c>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFBRDADDR => Unsigned(0x891A, 0x80206913, 0x80206913);

    /// <summary>Returns <c>ifr_netmask</c>. (netdevice(7))</summary>
    public static uint SIOCGIFNETMASK => Unsigned(0x891B, 0xC0206925, 0xC0206925);

    /// <summary>Sets <c>ifr_netmask</c>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFNETMASK => Unsigned(0x891C, 0x80206916, 0x80206916);

    /// <summary>Returns <see cref="ifreq.ifr_metric"/>; on Linux always 0. (netdevice(7))</summary>
    public static uint SIOCGIFMETRIC => Unsigned(0x891D, 0xC0206917, 0xC0206917);

    /// <summary>Sets <see cref="ifreq.ifr_metric"/>; Linux refuses it with EOPNOTSUPP. (netdevice(7))</summary>
    public static uint SIOCSIFMETRIC => Unsigned(0x891E, 0x80206918, 0x80206918);

    /// <summary>Returns <see cref="ifreq.ifr_mtu"/>, in bytes. (netdevice(7))</summary>
    public static uint SIOCGIFMTU => Unsigned(0x8921, 0xC0206933, 0xC0206933);

    /// <summary>Sets <see cref="ifreq.ifr_mtu"/>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCSIFMTU => Unsigned(0x8922, 0x80206934, 0x80206934);

    /// <summary>Renames an interface that is down to <see cref="ifreq.ifr_newname"/>. Requires CAP_NET_ADMIN. Not on macOS.</summary>
    public static uint SIOCSIFNAME => Unsigned(0x8923, AbsentUnsigned, 0x80206928);

    /// <summary>Sets <see cref="ifreq.ifr_hwaddr"/>. Requires CAP_NET_ADMIN. (netdevice(7)) Linux only.</summary>
    public static uint SIOCSIFHWADDR => Unsigned(0x8924, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Returns <see cref="ifreq.ifr_hwaddr"/>. (netdevice(7)) Linux only.</summary>
    public static uint SIOCGIFHWADDR => Unsigned(0x8927, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Adds a multicast hardware address, <see cref="ifreq.ifr_hwaddr"/>. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCADDMULTI => Unsigned(0x8931, 0x80206931, 0x80206931);

    /// <summary>Removes a multicast hardware address. Requires CAP_NET_ADMIN. (netdevice(7))</summary>
    public static uint SIOCDELMULTI => Unsigned(0x8932, 0x80206932, 0x80206932);

    /// <summary>Returns <see cref="ifreq.ifr_ifindex"/>. (netdevice(7)) macOS has only <c>if_nametoindex</c>.</summary>
    public static uint SIOCGIFINDEX => Unsigned(0x8933, AbsentUnsigned, 0xC0206920);

    /// <summary>Deletes the address <c>ifr_addr</c>; on Linux only an IPv6 address. Requires CAP_NET_ADMIN.</summary>
    public static uint SIOCDIFADDR => Unsigned(0x8936, 0x80206919, 0x80206919);

    /// <summary>Adds an address to an interface, a <c>struct ifaliasreq</c>. Not on Linux.</summary>
    public static uint SIOCAIFADDR => Unsigned(AbsentUnsigned, 0x8040691A, 0x8040691A);

    /// <summary>Sets the hardware address. Not on Linux, which has <see cref="SIOCSIFHWADDR"/>.</summary>
    public static uint SIOCSIFLLADDR => Unsigned(AbsentUnsigned, 0x8020693C, 0x8020693C);

    /// <summary>Returns <see cref="ifreq.ifr_qlen"/>, the length of the transmit queue. (netdevice(7)) Linux only.</summary>
    public static uint SIOCGIFTXQLEN => Unsigned(0x8942, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Sets <see cref="ifreq.ifr_qlen"/>. Requires CAP_NET_ADMIN. (netdevice(7)) Linux only.</summary>
    public static uint SIOCSIFTXQLEN => Unsigned(0x8943, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Deletes an entry of the ARP cache, an <see cref="arpreq"/>. Requires CAP_NET_ADMIN. (arp(7)) Linux only.</summary>
    public static uint SIOCDARP => Unsigned(0x8953, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Returns an entry of the ARP cache, an <see cref="arpreq"/>. (arp(7)) Linux only; the BSDs use a routing socket.</summary>
    public static uint SIOCGARP => Unsigned(0x8954, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Sets an entry of the ARP cache, an <see cref="arpreq"/>. Requires CAP_NET_ADMIN. (arp(7)) Linux only.</summary>
    public static uint SIOCSARP => Unsigned(0x8955, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Adds a route, an <see cref="rtentry"/>. Requires CAP_NET_ADMIN. Linux only; the BSDs use a routing socket.</summary>
    public static uint SIOCADDRT => Unsigned(0x890B, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Deletes a route, an <see cref="rtentry"/>. Requires CAP_NET_ADMIN. Linux only.</summary>
    public static uint SIOCDELRT => Unsigned(0x890C, AbsentUnsigned, AbsentUnsigned);
}
