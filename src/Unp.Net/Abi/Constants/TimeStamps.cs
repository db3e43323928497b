using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of SO_TIMESTAMPING and SO_TXTIME, and the kinds of time stamps. (The kernel's Documentation/networking/timestamping.rst)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Ask for the time of departure from the device. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_HARDWARE => Of(1 << 0, Absent, Absent);

    /// <summary>Ask for the time at which the driver got the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_SOFTWARE => Of(1 << 1, Absent, Absent);

    /// <summary>Ask for the time of arrival at the device. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RX_HARDWARE => Of(1 << 2, Absent, Absent);

    /// <summary>Ask for the time at which the kernel got the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RX_SOFTWARE => Of(1 << 3, Absent, Absent);

    /// <summary>Report times that software has taken. Linux only.</summary>
    public static int SOF_TIMESTAMPING_SOFTWARE => Of(1 << 4, Absent, Absent);

    /// <summary>Has no effect any more. Linux only.</summary>
    public static int SOF_TIMESTAMPING_SYS_HARDWARE => Of(1 << 5, Absent, Absent);

    /// <summary>Report times that a device has taken, by its own clock. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RAW_HARDWARE => Of(1 << 6, Absent, Absent);

    /// <summary>Each sent packet has a number, which comes with its time in <c>ee_data</c>: a count of datagrams, or TCP's of bytes. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_ID => Of(1 << 7, Absent, Absent);

    /// <summary>Ask for the time of entry to the device's queue. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_SCHED => Of(1 << 8, Absent, Absent);

    /// <summary>Ask for the time at which the peer has acknowledged all up to this byte. TCP. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_ACK => Of(1 << 9, Absent, Absent);

    /// <summary>Bring <see cref="IP_PKTINFO"/> with times of departure, too. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_CMSG => Of(1 << 10, Absent, Absent);

    /// <summary>Bring the time of departure without a copy of the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_TSONLY => Of(1 << 11, Absent, Absent);

    /// <summary>Bring <see cref="SCM_TIMESTAMPING_OPT_STATS"/>, with <see cref="SOF_TIMESTAMPING_OPT_TSONLY"/>. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_STATS => Of(1 << 12, Absent, Absent);

    /// <summary>Bring <see cref="SCM_TIMESTAMPING_PKTINFO"/> with a device's time of arrival. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_PKTINFO => Of(1 << 13, Absent, Absent);

    /// <summary>Bring both times of departure, software's and the device's, one message each. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_TX_SWHW => Of(1 << 14, Absent, Absent);

    /// <summary>Times are those of a virtual clock, whose number the option is set with. Linux only.</summary>
    public static int SOF_TIMESTAMPING_BIND_PHC => Of(1 << 15, Absent, Absent);

    /// <summary>As <see cref="SOF_TIMESTAMPING_OPT_ID"/>, TCP's bytes counted from this call's. Linux 6.2. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_ID_TCP => Of(1 << 16, Absent, Absent);

    /// <summary>Report only such times of arrival as this socket has asked for. Linux 6.12. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_RX_FILTER => Of(1 << 17, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a time of departure: the driver or the device has taken it. Linux only.</summary>
    public static int SCM_TSTAMP_SND => Of(0, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a time of departure: at the entry to the device's queue. Linux only.</summary>
    public static int SCM_TSTAMP_SCHED => Of(1, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a time of departure: when the peer acknowledged. Linux only.</summary>
    public static int SCM_TSTAMP_ACK => Of(2, Absent, Absent);

    /// <summary>For <see cref="SO_TXTIME"/>: the time is the latest one, the packet may leave earlier. Linux only.</summary>
    public static int SOF_TXTIME_DEADLINE_MODE => Of(1 << 0, Absent, Absent);

    /// <summary>For <see cref="SO_TXTIME"/>: what was dropped is told by the error queue. Linux only.</summary>
    public static int SOF_TXTIME_REPORT_ERRORS => Of(1 << 1, Absent, Absent);
}
