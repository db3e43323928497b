using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// The byte that IPv4 calls type of service and IPv6 traffic class: differentiated services (upper six bits) and congestion notification
// (lower two).
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // The lower two bits. (RFC 3168)

    /// <summary>The bits of congestion notification.</summary>
    public const int IPTOS_ECN_MASK = 0x03;

    /// <summary>The ends understand congestion notification.</summary>
    public const int IPTOS_ECN_ECT1 = 0x01;

    /// <summary>The ends understand congestion notification; the usual one of the two values.</summary>
    public const int IPTOS_ECN_ECT0 = 0x02;

    /// <summary>A router on the way was congested.</summary>
    public const int IPTOS_ECN_CE = 0x03;

    // Differentiated services. (RFC 2474)

    /// <summary>Expedited: low loss, delay and jitter. (RFC 3246) Not on macOS.</summary>
    public static int IPTOS_DSCP_EF => Of(0xB8, Absent, 0xB8);

    /// <summary>Assured forwarding, class 1, dropped last. (RFC 2597) Not on macOS.</summary>
    public static int IPTOS_DSCP_AF11 => Of(0x28, Absent, 0x28);

    /// <summary>Assured forwarding, class 1, dropped earlier. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF12 => Of(0x30, Absent, 0x30);

    /// <summary>Assured forwarding, class 1, dropped first. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF13 => Of(0x38, Absent, 0x38);

    /// <summary>Assured forwarding, class 2, dropped last. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF21 => Of(0x48, Absent, 0x48);

    /// <summary>Assured forwarding, class 2, dropped earlier. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF22 => Of(0x50, Absent, 0x50);

    /// <summary>Assured forwarding, class 2, dropped first. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF23 => Of(0x58, Absent, 0x58);

    /// <summary>Assured forwarding, class 3, dropped last. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF31 => Of(0x68, Absent, 0x68);

    /// <summary>Assured forwarding, class 3, dropped earlier. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF32 => Of(0x70, Absent, 0x70);

    /// <summary>Assured forwarding, class 3, dropped first. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF33 => Of(0x78, Absent, 0x78);

    /// <summary>Assured forwarding, class 4, dropped last. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF41 => Of(0x88, Absent, 0x88);

    /// <summary>Assured forwarding, class 4, dropped earlier. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF42 => Of(0x90, Absent, 0x90);

    /// <summary>Assured forwarding, class 4, dropped first. Not on macOS.</summary>
    public static int IPTOS_DSCP_AF43 => Of(0x98, Absent, 0x98);

    /// <summary>The bits of differentiated services. Linux only.</summary>
    public static int IPTOS_DSCP_MASK => Of(0xFC, Absent, Absent);

    // The former meaning of the byte. (RFC 1349, RFC 791)

    /// <summary>Low delay, as for a terminal.</summary>
    public const int IPTOS_LOWDELAY = 0x10;

    /// <summary>High throughput, as for a file.</summary>
    public const int IPTOS_THROUGHPUT = 0x08;

    /// <summary>High reliability.</summary>
    public const int IPTOS_RELIABILITY = 0x04;

    /// <summary>Low cost; the bit now belongs to congestion notification.</summary>
    public const int IPTOS_MINCOST = 0x02;

    /// <summary>Precedence 7: control within a network.</summary>
    public const int IPTOS_PREC_NETCONTROL = 0xE0;

    /// <summary>Precedence 6: control between networks.</summary>
    public const int IPTOS_PREC_INTERNETCONTROL = 0xC0;

    /// <summary>Precedence 5.</summary>
    public const int IPTOS_PREC_CRITIC_ECP = 0xA0;

    /// <summary>Precedence 4.</summary>
    public const int IPTOS_PREC_FLASHOVERRIDE = 0x80;

    /// <summary>Precedence 3.</summary>
    public const int IPTOS_PREC_FLASH = 0x60;

    /// <summary>Precedence 2.</summary>
    public const int IPTOS_PREC_IMMEDIATE = 0x40;

    /// <summary>Precedence 1.</summary>
    public const int IPTOS_PREC_PRIORITY = 0x20;

    /// <summary>Precedence 0: the default.</summary>
    public const int IPTOS_PREC_ROUTINE = 0x00;
}
