using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of interfaces (<net/if.h>) and of entries of the ARP cache (<net/if_arp.h>). The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The interface is up.</summary>
    public const int IFF_UP = 0x1;

    /// <summary>The interface has a broadcast address.</summary>
    public const int IFF_BROADCAST = 0x2;

    /// <summary>Debugging is on.</summary>
    public const int IFF_DEBUG = 0x4;

    /// <summary>The interface is a loopback.</summary>
    public const int IFF_LOOPBACK = 0x8;

    /// <summary>The interface is a point-to-point link.</summary>
    public const int IFF_POINTOPOINT = 0x10;

    /// <summary>No trailers, which no system uses. Not on FreeBSD.</summary>
    public static int IFF_NOTRAILERS => Of(0x20, 0x20, Absent);

    /// <summary>The interface has resources and, on Linux, a carrier.</summary>
    public const int IFF_RUNNING = 0x40;

    /// <summary>The interface does not resolve addresses by ARP.</summary>
    public const int IFF_NOARP = 0x80;

    /// <summary>The interface receives the frames for all hosts.</summary>
    public const int IFF_PROMISC = 0x100;

    /// <summary>The interface receives all multicast frames.</summary>
    public const int IFF_ALLMULTI = 0x200;

    /// <summary>The interface supports multicast.</summary>
    public static int IFF_MULTICAST => Of(0x1000, 0x8000, 0x8000);

    /// <summary>The interface is the master of a bundle. Linux only.</summary>
    public static int IFF_MASTER => Of(0x400, Absent, Absent);

    /// <summary>The interface is a slave of a bundle. Linux only.</summary>
    public static int IFF_SLAVE => Of(0x800, Absent, Absent);

    /// <summary>The medium can be selected. Linux only.</summary>
    public static int IFF_PORTSEL => Of(0x2000, Absent, Absent);

    /// <summary>The medium is selected automatically. Linux only.</summary>
    public static int IFF_AUTOMEDIA => Of(0x4000, Absent, Absent);

    /// <summary>The addresses are lost when the interface goes down. Linux only.</summary>
    public static int IFF_DYNAMIC => Of(0x8000, Absent, Absent);

    /// <summary>The driver reports a carrier. It is in the flags of <c>IfiInfo</c>, but not in 16 bits. Linux only.</summary>
    public static int IFF_LOWER_UP => Of(0x10000, Absent, Absent);

    /// <summary>The driver reports that the interface waits for an external event. Linux only.</summary>
    public static int IFF_DORMANT => Of(0x20000, Absent, Absent);

    /// <summary>The interface returns sent packets. Linux only.</summary>
    public static int IFF_ECHO => Of(0x40000, Absent, Absent);

    /// <summary>A transmission is in progress. Not on Linux.</summary>
    public static int IFF_OACTIVE => Of(Absent, 0x400, 0x400);

    /// <summary>The interface does not receive its own transmissions. Not on Linux.</summary>
    public static int IFF_SIMPLEX => Of(Absent, 0x800, 0x800);

    /// <summary>The entry is complete: its hardware address is known.</summary>
    public const int ATF_COM = 0x02;

    /// <summary>The entry is permanent.</summary>
    public const int ATF_PERM = 0x04;

    /// <summary>This host answers requests for the address (proxy ARP).</summary>
    public const int ATF_PUBL = 0x08;

    /// <summary>The host requested trailers.</summary>
    public const int ATF_USETRAILERS = 0x10;

    /// <summary>The entry is for a network, whose mask is <c>arp_netmask</c>. Linux only.</summary>
    public static int ATF_NETMASK => Of(0x20, Absent, Absent);

    /// <summary>This host does not answer requests for the address. Linux only.</summary>
    public static int ATF_DONTPUB => Of(0x40, Absent, Absent);

    /// <summary>The hardware type of Ethernet, which is the number of AF_UNIX.</summary>
    public const int ARPHRD_ETHER = 1;

    /// <summary>The hardware type of InfiniBand. Linux only.</summary>
    public static int ARPHRD_INFINIBAND => Of(32, Absent, Absent);

    /// <summary>The hardware type of PPP. Linux only.</summary>
    public static int ARPHRD_PPP => Of(512, Absent, Absent);

    /// <summary>The hardware type of IPv4 in IPv4. Linux only.</summary>
    public static int ARPHRD_TUNNEL => Of(768, Absent, Absent);

    /// <summary>The hardware type of IPv6 in IPv6, and of IPv4 in IPv6. Linux only.</summary>
    public static int ARPHRD_TUNNEL6 => Of(769, Absent, Absent);

    /// <summary>The hardware type of a loopback. Linux only.</summary>
    public static int ARPHRD_LOOPBACK => Of(772, Absent, Absent);

    /// <summary>The hardware type of IPv6 in IPv4. Linux only.</summary>
    public static int ARPHRD_SIT => Of(776, Absent, Absent);

    /// <summary>The hardware type of GRE over IPv4. Linux only.</summary>
    public static int ARPHRD_IPGRE => Of(778, Absent, Absent);

    /// <summary>The hardware type of an interface without hardware addresses, such as a TUN device. Linux only.</summary>
    public static int ARPHRD_NONE => Of(0xFFFE, Absent, Absent);
}
