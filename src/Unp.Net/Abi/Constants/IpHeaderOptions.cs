using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// The options inside an IPv4 header (RFC 791) and inside the extension headers of IPv6 (RFC 8200). (UNP 27.2, 27.5)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The end of the options.</summary>
    public const int IPOPT_EOL = 0;

    /// <summary>A byte of padding before an option.</summary>
    public const int IPOPT_NOP = 1;

    /// <summary>Routers record their addresses.</summary>
    public const int IPOPT_RR = 7;

    /// <summary>Routers record the time.</summary>
    public const int IPOPT_TS = 68;

    /// <summary>A loose source route: the addresses that the packet passes, with any routers between them.</summary>
    public const int IPOPT_LSRR = 131;

    /// <summary>A strict source route: exactly the addresses that the packet passes.</summary>
    public const int IPOPT_SSRR = 137;

    /// <summary>Routers look at the packet, although its destination is another host.</summary>
    public const int IPOPT_RA = 148;

    /// <summary>The index of the type in an option.</summary>
    public const int IPOPT_OPTVAL = 0;

    /// <summary>The index of the length in an option. The length includes type and length.</summary>
    public const int IPOPT_OLEN = 1;

    /// <summary>The index of the pointer in an option: the position, counted from 1, of the next address.</summary>
    public const int IPOPT_OFFSET = 2;

    /// <summary>The pointer to the first address.</summary>
    public const int IPOPT_MINOFF = 4;

    /// <summary>One byte of padding, which has no length byte.</summary>
    public const int IP6OPT_PAD1 = 0;

    /// <summary>Two or more bytes of padding.</summary>
    public const int IP6OPT_PADN = 1;

    /// <summary>Routers look at the packet, although its destination is another host.</summary>
    public const int IP6OPT_ROUTER_ALERT = 5;

    /// <summary>The length of a packet with more than 65,535 bytes.</summary>
    public const int IP6OPT_JUMBO = 0xC2;

    /// <summary>The type of a segment routing header: the segments that the packet passes. (RFC 8754) Linux only.</summary>
    public static int IPV6_SRCRT_TYPE_4 => Of(4, Absent, Absent);
}
