using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags of SO_TIMESTAMPING and SO_TXTIME, and the kinds of time stamps. (The kernel's Documentation/networking/timestamping.rst)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Request the time of departure from the device. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_HARDWARE => Of(1 << 0, Absent, Absent);

    /// <summary>Request the time at which the driver got the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_SOFTWARE => Of(1 << 1, Absent, Absent);

    /// <summary>Request the time of arrival at the device. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RX_HARDWARE => Of(1 << 2, Absent, Absent);

    /// <summary>Request the time at which the kernel got the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RX_SOFTWARE => Of(1 << 3, Absent, Absent);

    /// <summary>Report times measured by software. Linux only.</summary>
    public static int SOF_TIMESTAMPING_SOFTWARE => Of(1 << 4, Absent, Absent);

    /// <summary>No longer has an effect. Linux only.</summary>
    public static int SOF_TIMESTAMPING_SYS_HARDWARE => Of(1 << 5, Absent, Absent);

    /// <summary>Report times measured by a device, with its own clock. Linux only.</summary>
    public static int SOF_TIMESTAMPING_RAW_HARDWARE => Of(1 << 6, Absent, Absent);

    /// <summary>
    /// Each sent packet gets a number, which <c>ee_data</c> reports with its time: a count of datagrams, or of bytes for TCP. Linux only.
    /// </summary>
    public static int SOF_TIMESTAMPING_OPT_ID => Of(1 << 7, Absent, Absent);

    /// <summary>Request the time of entry to the device's queue. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_SCHED => Of(1 << 8, Absent, Absent);

    /// <summary>Request the time at which the peer has acknowledged all bytes up to this one. TCP. Linux only.</summary>
    public static int SOF_TIMESTAMPING_TX_ACK => Of(1 << 9, Absent, Absent);

    /// <summary>Report <see cref="IP_PKTINFO"/> with times of departure too. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_CMSG => Of(1 << 10, Absent, Absent);

    /// <summary>Report the time of departure without a copy of the packet. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_TSONLY => Of(1 << 11, Absent, Absent);

    /// <summary>Report <see cref="SCM_TIMESTAMPING_OPT_STATS"/>, with <see cref="SOF_TIMESTAMPING_OPT_TSONLY"/>. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_STATS => Of(1 << 12, Absent, Absent);

    /// <summary>Report <see cref="SCM_TIMESTAMPING_PKTINFO"/> with a device's time of arrival. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_PKTINFO => Of(1 << 13, Absent, Absent);

    /// <summary>Report both times of departure, of software and device, one message each. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_TX_SWHW => Of(1 << 14, Absent, Absent);

    /// <summary>Times are of the virtual clock whose number the option sets. Linux only.</summary>
    public static int SOF_TIMESTAMPING_BIND_PHC => Of(1 << 15, Absent, Absent);

    /// <summary>Like <see cref="SOF_TIMESTAMPING_OPT_ID"/>, but TCP's bytes are counted from this call. Linux 6.2. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_ID_TCP => Of(1 << 16, Absent, Absent);

    /// <summary>Report only the times of arrival that this socket has requested. Linux 6.12. Linux only.</summary>
    public static int SOF_TIMESTAMPING_OPT_RX_FILTER => Of(1 << 17, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a transmit timestamp: taken by the driver or the device. Linux only.</summary>
    public static int SCM_TSTAMP_SND => Of(0, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a transmit timestamp: taken when the packet entered the device's queue. Linux only.</summary>
    public static int SCM_TSTAMP_SCHED => Of(1, Absent, Absent);

    /// <summary>In <c>ee_info</c> of a transmit timestamp: taken when the peer acknowledged the data. Linux only.</summary>
    public static int SCM_TSTAMP_ACK => Of(2, Absent, Absent);

    /// <summary>For <see cref="SO_TXTIME"/>: the time is the latest one, the packet may leave earlier. Linux only.</summary>
    public static int SOF_TXTIME_DEADLINE_MODE => Of(1 << 0, Absent, Absent);

    /// <summary>For <see cref="SO_TXTIME"/>: the error queue reports dropped packets. Linux only.</summary>
    public static int SOF_TXTIME_REPORT_ERRORS => Of(1 << 1, Absent, Absent);
}
