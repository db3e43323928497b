using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Types of control messages (ancillary data), level SOL_SOCKET. Types of a protocol are with its options: IP_PKTINFO, UDP_GRO...
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>
    /// The maximum number of pieces of memory (<see cref="iovec"/>) per call, and on Linux of messages per <c>sendmmsg</c>.
    /// </summary>
    public const int IOV_MAX = 1024;

    /// <summary>Descriptors, an array of int: the receiver gets copies. Unix domain sockets. (unix(7))</summary>
    public const int SCM_RIGHTS = 1;

    /// <summary>The maximum number of descriptors in one message; the kernel rejects more with EINVAL. Linux only.</summary>
    public static int SCM_MAX_FD => Of(253, Absent, Absent);

    /// <summary>
    /// The sender's process, user and group, a <c>ucred</c>, verified by the kernel. It is received with <see cref="SO_PASSCRED"/>. Linux
    /// only.
    /// </summary>
    public static int SCM_CREDENTIALS => Of(2, Absent, Absent);

    /// <summary>
    /// The sender. On FreeBSD a <c>cmsgcred</c>, which the sender adds and the kernel fills in, or with <see cref="LOCAL_CREDS"/> a
    /// <c>sockcred</c>. macOS has only the number. Not on Linux.
    /// </summary>
    public static int SCM_CREDS => Of(Absent, 3, 3);

    /// <summary>The sender, a <c>sockcred2</c>, with <see cref="LOCAL_CREDS_PERSISTENT"/>. FreeBSD 13. FreeBSD only.</summary>
    public static int SCM_CREDS2 => Of(Absent, Absent, 8);

    /// <summary>The maximum number of groups in a <c>cmsgcred</c>. FreeBSD only.</summary>
    public static int CMGROUP_MAX => Of(Absent, Absent, 16);

    /// <summary>The sender's security label, text, with <see cref="SO_PASSSEC"/>. Linux only.</summary>
    public static int SCM_SECURITY => Of(3, Absent, Absent);

    /// <summary>A descriptor of the sending process, with <see cref="SO_PASSPIDFD"/>. Linux 6.5. Linux only.</summary>
    public static int SCM_PIDFD => Of(4, Absent, Absent);

    /// <summary>The time of arrival, a <see cref="timeval"/>, with <see cref="SO_TIMESTAMP"/>.</summary>
    public static int SCM_TIMESTAMP => Of(29, 2, 2);

    /// <summary>The time of arrival, a <see cref="timespec"/>, with <see cref="SO_TIMESTAMPNS"/>. Linux only.</summary>
    public static int SCM_TIMESTAMPNS => Of(35, Absent, Absent);

    /// <summary>Times of arrival or departure, a <c>scm_timestamping</c>, with <see cref="SO_TIMESTAMPING"/>. Linux only.</summary>
    public static int SCM_TIMESTAMPING => Of(37, Absent, Absent);

    /// <summary>TCP's counters at that time, as netlink attributes, with <see cref="SOF_TIMESTAMPING_OPT_STATS"/>. Linux only.</summary>
    public static int SCM_TIMESTAMPING_OPT_STATS => Of(54, Absent, Absent);

    /// <summary>Device and length of the packet, with <see cref="SOF_TIMESTAMPING_OPT_PKTINFO"/>. Linux only.</summary>
    public static int SCM_TIMESTAMPING_PKTINFO => Of(58, Absent, Absent);

    /// <summary>Sent: the departure time of the packet, 64 bits of nanoseconds, with <see cref="SO_TXTIME"/>. Linux only.</summary>
    public static int SCM_TXTIME => Of(61, Absent, Absent);

    /// <summary>Whether the sent frame was acknowledged, an int, with <see cref="SO_WIFI_STATUS"/>. Linux only.</summary>
    public static int SCM_WIFI_STATUS => Of(41, Absent, Absent);

    /// <summary>
    /// The time of arrival by the monotonic clock, 64 bits of ticks, with <see cref="SO_TIMESTAMP_MONOTONIC"/>. macOS only.
    /// </summary>
    public static int SCM_TIMESTAMP_MONOTONIC => Of(Absent, 4, Absent);

    /// <summary>
    /// The time of arrival, a <c>bintime</c>, with <see cref="SO_BINTIME"/> or <see cref="SO_TS_BINTIME"/>. FreeBSD only.
    /// </summary>
    public static int SCM_BINTIME => Of(Absent, Absent, 4);

    /// <summary>The time of arrival, a <see cref="timespec"/>, with <see cref="SO_TS_REALTIME"/>. FreeBSD only.</summary>
    public static int SCM_REALTIME => Of(Absent, Absent, 5);

    /// <summary>The time of arrival, a <see cref="timespec"/>, with <see cref="SO_TS_MONOTONIC"/>. FreeBSD only.</summary>
    public static int SCM_MONOTONIC => Of(Absent, Absent, 6);

    /// <summary>More about the time of arrival: the clock and its accuracy. FreeBSD only.</summary>
    public static int SCM_TIME_INFO => Of(Absent, Absent, 7);
}
