using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Values of ee_origin and ee_code in the sock_extended_err of an error queue message. (ip(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>No error. Linux only.</summary>
    public static int SO_EE_ORIGIN_NONE => Of(0, Absent, Absent);

    /// <summary>This host: the packet is too long for the path, or the route is gone. Linux only.</summary>
    public static int SO_EE_ORIGIN_LOCAL => Of(1, Absent, Absent);

    /// <summary>An ICMP message; its type and code are in other fields. Linux only.</summary>
    public static int SO_EE_ORIGIN_ICMP => Of(2, Absent, Absent);

    /// <summary>An ICMPv6 message; its type and code are in other fields. Linux only.</summary>
    public static int SO_EE_ORIGIN_ICMP6 => Of(3, Absent, Absent);

    /// <summary>No error: the status of a sent packet. Linux only.</summary>
    public static int SO_EE_ORIGIN_TXSTATUS => Of(4, Absent, Absent);

    /// <summary>The number of <see cref="SO_EE_ORIGIN_TXSTATUS"/>: a time of departure. Linux only.</summary>
    public static int SO_EE_ORIGIN_TIMESTAMPING => Of(4, Absent, Absent);

    /// <summary>
    /// No error: the sends with <see cref="MSG_ZEROCOPY"/> from <c>ee_info</c> to <c>ee_data</c> are done, so their memory can be reused.
    /// Linux only.
    /// </summary>
    public static int SO_EE_ORIGIN_ZEROCOPY => Of(5, Absent, Absent);

    /// <summary>A packet with a time of departure was dropped: SO_EE_CODE_TXTIME_*. Linux only.</summary>
    public static int SO_EE_ORIGIN_TXTIME => Of(6, Absent, Absent);

    /// <summary>For <see cref="SO_EE_ORIGIN_ZEROCOPY"/>: the kernel copied the data after all. Linux only.</summary>
    public static int SO_EE_CODE_ZEROCOPY_COPIED => Of(1, Absent, Absent);

    /// <summary>For <see cref="SO_EE_ORIGIN_TXTIME"/>: the clock or the time was rejected. Linux only.</summary>
    public static int SO_EE_CODE_TXTIME_INVALID_PARAM => Of(1, Absent, Absent);

    /// <summary>For <see cref="SO_EE_ORIGIN_TXTIME"/>: the time had passed. Linux only.</summary>
    public static int SO_EE_CODE_TXTIME_MISSED => Of(2, Absent, Absent);

    /// <summary>With <see cref="IP_RECVERR_RFC4884"/>: the extensions of the ICMP message are malformed. Linux only.</summary>
    public static int SO_EE_RFC4884_FLAG_INVALID => Of(1, Absent, Absent);
}
