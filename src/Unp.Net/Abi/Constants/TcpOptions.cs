using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of TCP, level IPPROTO_TCP. (tcp(7); tcp(4) on the BSDs)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Sending.

    /// <summary>Send small segments immediately (Nagle's algorithm off). int as boolean.</summary>
    public const int TCP_NODELAY = 1;

    /// <summary>Largest segment to send or announce, bytes. int.</summary>
    public const int TCP_MAXSEG = 2;

    /// <summary>Hold back partial segments for at most 200 ms; turning it off sends the rest. int as boolean. Linux only.</summary>
    public static int TCP_CORK => Of(3, Absent, Absent);

    /// <summary>Hold back partial segments; turning it off, or closing, sends the rest. int as boolean. Not on Linux.</summary>
    public static int TCP_NOPUSH => Of(Absent, 4, 4);

    /// <summary>Use no TCP options in the header. int as boolean. Not on Linux.</summary>
    public static int TCP_NOOPT => Of(Absent, 8, 8);

    /// <summary>The socket is writable only while it has fewer unsent bytes than this. unsigned int. Not on FreeBSD.</summary>
    public static int TCP_NOTSENT_LOWAT => Of(25, 513, Absent);

    /// <summary>Delay all sent data by this many microseconds, to emulate a slow line. int. Linux only.</summary>
    public static int TCP_TX_DELAY => Of(37, Absent, Absent);

    /// <summary>Name of the congestion control algorithm, text of at most 16 bytes. Not on macOS.</summary>
    public static int TCP_CONGESTION => Of(13, Absent, 64);

    /// <summary>Information of that algorithm: a <c>tcp_cc_info</c>. Read only. Linux only.</summary>
    public static int TCP_CC_INFO => Of(26, Absent, Absent);

    /// <summary>Parameters of that algorithm. FreeBSD only.</summary>
    public static int TCP_CCALGOOPT => Of(Absent, Absent, 65);

    /// <summary>Bytes of such a name, including the terminating zero. FreeBSD only.</summary>
    public static int TCP_CA_NAME_MAX => Of(Absent, Absent, 16);

    /// <summary>Explicit congestion notification. int as boolean. macOS only.</summary>
    public static int TCP_ENABLE_ECN => Of(Absent, 260, Absent);

    /// <summary>The TCP implementation to use: a <c>tcp_function_set</c>. FreeBSD only.</summary>
    public static int TCP_FUNCTION_BLK => Of(Absent, Absent, 8192);

    /// <summary>Bytes of the name of an implementation, including the terminating zero. FreeBSD only.</summary>
    public static int TCP_FUNCTION_NAME_LEN_MAX => Of(Absent, Absent, 32);

    // Keep-alive and time-outs.

    /// <summary>
    /// Seconds a connection with <see cref="SO_KEEPALIVE"/> is idle before the first probe. int. macOS calls it
    /// <see cref="TCP_KEEPALIVE"/>. Not on macOS.
    /// </summary>
    public static int TCP_KEEPIDLE => Of(4, Absent, 256);

    /// <summary>
    /// Seconds a connection with <see cref="SO_KEEPALIVE"/> is idle before the first probe. int. The other systems call it
    /// <see cref="TCP_KEEPIDLE"/>. macOS only.
    /// </summary>
    public static int TCP_KEEPALIVE => Of(Absent, 16, Absent);

    /// <summary>Seconds between two probes. int.</summary>
    public static int TCP_KEEPINTVL => Of(5, 257, 512);

    /// <summary>Number of unanswered probes after which the connection is dropped. int.</summary>
    public static int TCP_KEEPCNT => Of(6, 258, 1024);

    /// <summary>Seconds after which an attempt to connect fails. unsigned int. FreeBSD only.</summary>
    public static int TCP_KEEPINIT => Of(Absent, Absent, 128);

    /// <summary>Seconds after which an attempt to connect fails. int. macOS only.</summary>
    public static int TCP_CONNECTIONTIMEOUT => Of(Absent, 32, Absent);

    /// <summary>
    /// Milliseconds that sent data may stay unacknowledged before the connection is dropped with ETIMEDOUT; 0: the default.
    /// unsigned int. Linux only.
    /// </summary>
    public static int TCP_USER_TIMEOUT => Of(18, Absent, Absent);

    /// <summary>Seconds that the connection may make no progress before it is dropped. unsigned int. FreeBSD only.</summary>
    public static int TCP_MAXUNACKTIME => Of(Absent, Absent, 68);

    /// <summary>Seconds of retransmission after which the connection is dropped. int. macOS only.</summary>
    public static int TCP_RXT_CONNDROPTIME => Of(Absent, 128, Absent);

    /// <summary>Drop the connection after three retransmissions of the FIN. int as boolean. macOS only.</summary>
    public static int TCP_RXT_FINDROP => Of(Absent, 256, Absent);

    /// <summary>Number of SYNs to send before an attempt to connect fails, 1 to 255. int. Linux only.</summary>
    public static int TCP_SYNCNT => Of(7, Absent, Absent);

    /// <summary>Seconds that a closed connection stays in FIN_WAIT_2; -1: none. int. Linux only.</summary>
    public static int TCP_LINGER2 => Of(8, Absent, Absent);

    /// <summary>Treat a FIN of the peer as a reset. int as boolean. FreeBSD only.</summary>
    public static int TCP_FIN_IS_RST => Of(Absent, Absent, 73);

    // Receiving.

    /// <summary>
    /// A listener's <c>accept</c> returns a connection when data has arrived, or after this many seconds. int. Linux only.
    /// </summary>
    public static int TCP_DEFER_ACCEPT => Of(9, Absent, Absent);

    /// <summary>Largest window to announce, bytes. int. Linux only.</summary>
    public static int TCP_WINDOW_CLAMP => Of(10, Absent, Absent);

    /// <summary>Acknowledge immediately. The kernel turns it off again automatically. int as boolean. Linux only.</summary>
    public static int TCP_QUICKACK => Of(12, Absent, Absent);

    /// <summary>Whether acknowledgements may be delayed. int as boolean. FreeBSD only.</summary>
    public static int TCP_DELACK => Of(Absent, Absent, 72);

    /// <summary>Acknowledge every second segment. int as boolean. macOS only.</summary>
    public static int TCP_SENDMOREACKS => Of(Absent, 259, Absent);

    /// <summary>Each receive returns, as ancillary data, the number of bytes still queued. int as boolean. Linux only.</summary>
    public static int TCP_INQ => Of(36, Absent, Absent);

    /// <summary>The type of that ancillary data, with the number of <see cref="TCP_INQ"/>. Linux only.</summary>
    public static int TCP_CM_INQ => Of(36, Absent, Absent);

    /// <summary>Map received pages into memory instead of copying: a <c>tcp_zerocopy_receive</c>. Linux only.</summary>
    public static int TCP_ZEROCOPY_RECEIVE => Of(35, Absent, Absent);

    // Information about the connection.

    /// <summary>
    /// A <c>tcp_info</c>: state, times, windows, counters. Read only. macOS has <see cref="TCP_CONNECTION_INFO"/>. Not on macOS.
    /// </summary>
    public static int TCP_INFO => Of(11, Absent, 32);

    /// <summary>A <c>tcp_connection_info</c>: state, times, windows, counters. Read only. macOS only.</summary>
    public static int TCP_CONNECTION_INFO => Of(Absent, 262, Absent);

    /// <summary>
    /// A listener keeps the headers of each SYN for <see cref="TCP_SAVED_SYN"/>; 2: including the link-layer header. int. Linux only.
    /// </summary>
    public static int TCP_SAVE_SYN => Of(27, Absent, Absent);

    /// <summary>
    /// The headers of the SYN of this accepted connection, as bytes; they can be read once. Read only. Linux only.
    /// </summary>
    public static int TCP_SAVED_SYN => Of(28, Absent, Absent);

    /// <summary>
    /// The current value of the clock for the timestamp option. It can be set only with <see cref="TCP_REPAIR"/>. int. Linux only.
    /// </summary>
    public static int TCP_TIMESTAMP => Of(24, Absent, Absent);

    // Fast open: data in the SYN. (RFC 7413)

    /// <summary>
    /// Accept data in the SYN. On a listener: the maximum number of such pending connections (Linux), or an int as boolean (the BSDs;
    /// FreeBSD's
    /// client needs it too).
    /// </summary>
    public static int TCP_FASTOPEN => Of(23, 261, 1025);

    /// <summary><c>connect</c> returns immediately, and the first data is sent with the SYN. int as boolean. Linux only.</summary>
    public static int TCP_FASTOPEN_CONNECT => Of(30, Absent, Absent);

    /// <summary>The key for cookies: 16 bytes, or 32 with the previous key. Linux only.</summary>
    public static int TCP_FASTOPEN_KEY => Of(33, Absent, Absent);

    /// <summary>Neither request nor send a cookie. int as boolean. Linux only.</summary>
    public static int TCP_FASTOPEN_NO_COOKIE => Of(34, Absent, Absent);

    /// <summary>Bytes of a pre-shared key. FreeBSD only.</summary>
    public static int TCP_FASTOPEN_PSK_LEN => Of(Absent, Absent, 16);

    // Security, and protocols on top of TCP.

    /// <summary>
    /// A signature in each segment. (RFC 2385) Linux: the key for a peer, a <c>tcp_md5sig</c>; FreeBSD: int as boolean, the keys are in the
    /// kernel's database. Not on macOS.
    /// </summary>
    public static int TCP_MD5SIG => Of(14, Absent, 16);

    /// <summary>Like <see cref="TCP_MD5SIG"/>, for a whole network or interface: a <c>tcp_md5sig</c>. Linux only.</summary>
    public static int TCP_MD5SIG_EXT => Of(32, Absent, Absent);

    /// <summary>Bytes of the longest key. Linux only.</summary>
    public static int TCP_MD5SIG_MAXKEYLEN => Of(80, Absent, Absent);

    /// <summary>In a <c>tcp_md5sig</c>: the length of the prefix is used. Linux only.</summary>
    public static int TCP_MD5SIG_FLAG_PREFIX => Of(0x1, Absent, Absent);

    /// <summary>In a <c>tcp_md5sig</c>: the index of the interface is used. Linux only.</summary>
    public static int TCP_MD5SIG_FLAG_IFINDEX => Of(0x2, Absent, Absent);

    /// <summary>Name of a protocol that the kernel runs on top of TCP, such as "tls"; text. Linux only.</summary>
    public static int TCP_ULP => Of(31, Absent, Absent);

    /// <summary>The peer's UDP port, for a connection that is tunnelled in UDP. int. FreeBSD only.</summary>
    public static int TCP_REMOTE_UDP_ENCAPS_PORT => Of(Absent, Absent, 71);

    // For interactive streams.

    /// <summary>With few segments in flight, the first retransmissions do not back off. int as boolean. Linux only.</summary>
    public static int TCP_THIN_LINEAR_TIMEOUTS => Of(16, Absent, Absent);

    /// <summary>
    /// With few segments in flight, retransmit after the first duplicate acknowledgement. No effect since Linux 4.11. int as boolean.
    /// Linux only.
    /// </summary>
    public static int TCP_THIN_DUPACK => Of(17, Absent, Absent);

    // Moving a connection to another process or host.

    /// <summary>Allows reading and setting the connection's state: TCP_REPAIR_ON... Needs CAP_NET_ADMIN. int. Linux only.</summary>
    public static int TCP_REPAIR => Of(19, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR"/>: on. Linux only.</summary>
    public static int TCP_REPAIR_ON => Of(1, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR"/>: off, with a window probe. Linux only.</summary>
    public static int TCP_REPAIR_OFF => Of(0, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR"/>: off, without a window probe. Linux only.</summary>
    public static int TCP_REPAIR_OFF_NO_WP => Of(-1, Absent, Absent);

    /// <summary>The queue to read, write and number: <see cref="TCP_RECV_QUEUE"/> or another. int. Linux only.</summary>
    public static int TCP_REPAIR_QUEUE => Of(20, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR_QUEUE"/>: none. Linux only.</summary>
    public static int TCP_NO_QUEUE => Of(0, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR_QUEUE"/>: received data. Linux only.</summary>
    public static int TCP_RECV_QUEUE => Of(1, Absent, Absent);

    /// <summary>For <see cref="TCP_REPAIR_QUEUE"/>: data to be sent. Linux only.</summary>
    public static int TCP_SEND_QUEUE => Of(2, Absent, Absent);

    /// <summary>Sequence number of that queue. unsigned int. Linux only.</summary>
    public static int TCP_QUEUE_SEQ => Of(21, Absent, Absent);

    /// <summary>The options that were negotiated: an array of <c>tcp_repair_opt</c>. Write only. Linux only.</summary>
    public static int TCP_REPAIR_OPTIONS => Of(22, Absent, Absent);

    /// <summary>The windows: a <c>tcp_repair_window</c>. Linux only.</summary>
    public static int TCP_REPAIR_WINDOW => Of(29, Absent, Absent);
}
