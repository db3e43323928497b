using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of the socket itself, level SOL_SOCKET; and the levels (SOL_*) of other options.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Level of the options of the socket itself, whatever its protocol.</summary>
    public static int SOL_SOCKET => Of(1, 0xFFFF, 0xFFFF);

    /// <summary>Level of the options of a Unix domain socket. Not on Linux.</summary>
    public static int SOL_LOCAL => Of(Absent, 0, 0);

    /// <summary>Level of IPv4's options; <see cref="IPPROTO_IP"/> is the portable spelling. Linux only.</summary>
    public static int SOL_IP => Of(0, Absent, Absent);

    /// <summary>Level of TCP's options; <see cref="IPPROTO_TCP"/> is the portable spelling. Linux only.</summary>
    public static int SOL_TCP => Of(6, Absent, Absent);

    /// <summary>Level of UDP's options; <see cref="IPPROTO_UDP"/> is the portable spelling. Linux only.</summary>
    public static int SOL_UDP => Of(17, Absent, Absent);

    /// <summary>Level of IPv6's options; <see cref="IPPROTO_IPV6"/> is the portable spelling. Linux only.</summary>
    public static int SOL_IPV6 => Of(41, Absent, Absent);

    /// <summary>Level of ICMPv6's options; <see cref="IPPROTO_ICMPV6"/> is the portable spelling. Linux only.</summary>
    public static int SOL_ICMPV6 => Of(58, Absent, Absent);

    /// <summary>Level of raw IPv4 sockets' options: the filter of ICMP types. Linux only.</summary>
    public static int SOL_RAW => Of(255, Absent, Absent);

    /// <summary>Level of packet sockets' options. (packet(7)) Linux only.</summary>
    public static int SOL_PACKET => Of(263, Absent, Absent);

    /// <summary>Level of netlink sockets' options. (netlink(7)) Linux only.</summary>
    public static int SOL_NETLINK => Of(270, Absent, Absent);

    /// <summary>Level of kernel TLS. Linux only.</summary>
    public static int SOL_TLS => Of(282, Absent, Absent);

    /// <summary>Level of multipath TCP's options. Linux only.</summary>
    public static int SOL_MPTCP => Of(284, Absent, Absent);

    /// <summary>Level of the options of <see cref="AF_XDP"/> sockets. Linux only.</summary>
    public static int SOL_XDP => Of(283, Absent, Absent);

    /// <summary>Level of the options of <see cref="AF_ALG"/> sockets. Linux only.</summary>
    public static int SOL_ALG => Of(279, Absent, Absent);

    /// <summary>Level of the options of <see cref="AF_BLUETOOTH"/> sockets. Linux only.</summary>
    public static int SOL_BLUETOOTH => Of(274, Absent, Absent);

    /// <summary>Level of the options of <see cref="AF_TIPC"/> sockets. Linux only.</summary>
    public static int SOL_TIPC => Of(271, Absent, Absent);

    /// <summary>Level of the options of <see cref="AF_RDS"/> sockets. Linux only.</summary>
    public static int SOL_RDS => Of(276, Absent, Absent);

    // Everywhere.

    /// <summary>The protocol keeps a trace, if the kernel was built with that feature. int as boolean.</summary>
    public const int SO_DEBUG = 0x0001;

    /// <summary>Whether the socket listens. Read only.</summary>
    public static int SO_ACCEPTCONN => Of(30, 0x0002, 0x0002);

    /// <summary>
    /// Bind to a port with earlier connections in TIME_WAIT; for UDP multicast, share the port. Set it in every server before
    /// <c>bind</c>.
    /// </summary>
    public static int SO_REUSEADDR => Of(2, 0x0004, 0x0004);

    /// <summary>
    /// Several sockets of one user can bind to one port. Linux distributes connections over them; the BSDs deliver all to the last one.
    /// </summary>
    public static int SO_REUSEPORT => Of(15, 0x0200, 0x0200);

    /// <summary><see cref="SOCK_STREAM"/>, <see cref="SOCK_DGRAM"/>... Read only.</summary>
    public static int SO_TYPE => Of(3, 0x1008, 0x1008);

    /// <summary>
    /// The pending error, an errno, which reading clears; 0 if none. It reports the result of a connect in the background. Read only.
    /// </summary>
    public static int SO_ERROR => Of(4, 0x1007, 0x1007);

    /// <summary>Send only to hosts on a directly attached network, without a gateway.</summary>
    public static int SO_DONTROUTE => Of(5, 0x0010, 0x0010);

    /// <summary>Allow datagrams to a broadcast address; otherwise they fail with EACCES.</summary>
    public static int SO_BROADCAST => Of(6, 0x0020, 0x0020);

    /// <summary>Size of the send buffer in bytes. Linux doubles the value and reads back the double.</summary>
    public static int SO_SNDBUF => Of(7, 0x1001, 0x1001);

    /// <summary>
    /// Size of the receive buffer in bytes. Linux doubles the value. Set it before <c>connect</c> or <c>listen</c> for TCP's window scale.
    /// </summary>
    public static int SO_RCVBUF => Of(8, 0x1002, 0x1002);

    /// <summary>Minimum free space in bytes for <c>select</c> to report the socket writable. Linux: 1, and read only.</summary>
    public static int SO_SNDLOWAT => Of(19, 0x1003, 0x1003);

    /// <summary>Minimum number of received bytes for <c>select</c> to report the socket readable.</summary>
    public static int SO_RCVLOWAT => Of(18, 0x1004, 0x1004);

    /// <summary>A <c>timeval</c> after which a blocked send fails with EAGAIN; 0: never.</summary>
    public static int SO_SNDTIMEO => Of(21, 0x1005, 0x1005);

    /// <summary>A <c>timeval</c> after which a blocked receive fails with EAGAIN; 0: never.</summary>
    public static int SO_RCVTIMEO => Of(20, 0x1006, 0x1006);

    /// <summary>Probe an idle connection and drop it if the peer is gone. TCP options change the idle time, two hours by default.</summary>
    public static int SO_KEEPALIVE => Of(9, 0x0008, 0x0008);

    /// <summary>Urgent data stays in the stream; <c>sockatmark</c> finds its place.</summary>
    public static int SO_OOBINLINE => Of(10, 0x0100, 0x0100);

    /// <summary>
    /// A <see cref="linger"/>: how <c>close</c> treats unsent data. On macOS the time counts clock ticks: see
    /// <see cref="SO_LINGER_SEC"/>.
    /// </summary>
    public static int SO_LINGER => Of(13, 0x0080, 0x0080);

    /// <summary>Received datagrams carry the time of their arrival, a <c>timeval</c>, as ancillary data.</summary>
    public static int SO_TIMESTAMP => Of(29, 0x0400, 0x0400);

    // Linux, some on FreeBSD.

    /// <summary>The socket's address family. Read only. Not on macOS.</summary>
    public static int SO_DOMAIN => Of(39, Absent, 0x1019);

    /// <summary>The socket's protocol. Read only. Not on macOS.</summary>
    public static int SO_PROTOCOL => Of(38, Absent, 0x1016);

    /// <summary>SunOS's name of <see cref="SO_PROTOCOL"/>. FreeBSD only.</summary>
    public static int SO_PROTOTYPE => Of(Absent, Absent, 0x1016);

    /// <summary>The maximum rate at which TCP sends, in bytes per second. Not on macOS.</summary>
    public static int SO_MAX_PACING_RATE => Of(47, Absent, 0x1018);

    /// <summary>Like <see cref="SO_SNDBUF"/>, but may exceed the system's limit. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int SO_SNDBUFFORCE => Of(32, Absent, Absent);

    /// <summary>Like <see cref="SO_RCVBUF"/>, but may exceed the system's limit. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int SO_RCVBUFFORCE => Of(33, Absent, Absent);

    /// <summary>Send UDP datagrams over IPv4 without a checksum. Linux only.</summary>
    public static int SO_NO_CHECK => Of(11, Absent, Absent);

    /// <summary>Queueing priority of outgoing packets: 0 to 6; higher values need CAP_NET_ADMIN. Linux only.</summary>
    public static int SO_PRIORITY => Of(12, Absent, Absent);

    /// <summary>Formerly made UDP ignore ICMP errors; has no effect. Linux only.</summary>
    public static int SO_BSDCOMPAT => Of(14, Absent, Absent);

    /// <summary>Each message on a Unix socket carries the sender's process, user and group. (unix(7)) Linux only.</summary>
    public static int SO_PASSCRED => Of(16, Absent, Absent);

    /// <summary>
    /// A <c>ucred</c>: process, user and group of the peer when it called <c>connect</c> or <c>listen</c>. Read only. Linux only.
    /// </summary>
    public static int SO_PEERCRED => Of(17, Absent, Absent);

    /// <summary>The peer's supplementary groups, an array of gid. Read only. Linux only.</summary>
    public static int SO_PEERGROUPS => Of(59, Absent, Absent);

    /// <summary>The peer's security label, text. Read only. Linux only.</summary>
    public static int SO_PEERSEC => Of(31, Absent, Absent);

    /// <summary>Each message on a Unix socket carries the sender's security label. Linux only.</summary>
    public static int SO_PASSSEC => Of(34, Absent, Absent);

    /// <summary>The address that <c>getpeername</c> returns. Linux only.</summary>
    public static int SO_PEERNAME => Of(28, Absent, Absent);

    /// <summary>
    /// A descriptor of the process that called <c>connect</c> or <c>listen</c> on the peer's side. Linux 6.5. Read only. Linux only.
    /// </summary>
    public static int SO_PEERPIDFD => Of(77, Absent, Absent);

    /// <summary>Each message on a Unix socket carries a descriptor of the sending process. Linux 6.5. Linux only.</summary>
    public static int SO_PASSPIDFD => Of(76, Absent, Absent);

    /// <summary>Whether a Unix socket accepts passed descriptors (SCM_RIGHTS); on by default. Linux 6.16. Linux only.</summary>
    public static int SO_PASSRIGHTS => Of(83, Absent, Absent);

    /// <summary>
    /// Send and receive only through the network device with this name; an empty name removes the restriction. Linux only.
    /// </summary>
    public static int SO_BINDTODEVICE => Of(25, Absent, Absent);

    /// <summary>Send and receive only through the network device with this index; 0 removes the restriction. Linux only.</summary>
    public static int SO_BINDTOIFINDEX => Of(62, Absent, Absent);

    /// <summary>A number on every outgoing packet, for routing rules and filters. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int SO_MARK => Of(36, Absent, Absent);

    /// <summary>Received datagrams carry their mark as ancillary data. Linux 5.19. Linux only.</summary>
    public static int SO_RCVMARK => Of(75, Absent, Absent);

    /// <summary>Received datagrams carry their priority as ancillary data. Linux 6.14. Linux only.</summary>
    public static int SO_RCVPRIORITY => Of(82, Absent, Absent);

    /// <summary>A classic BPF program decides which packets are received. Linux only.</summary>
    public static int SO_ATTACH_FILTER => Of(26, Absent, Absent);

    /// <summary>Removes the program. Linux only.</summary>
    public static int SO_DETACH_FILTER => Of(27, Absent, Absent);

    /// <summary>Reads the classic program back, with the number of <see cref="SO_ATTACH_FILTER"/>. Linux only.</summary>
    public static int SO_GET_FILTER => Of(26, Absent, Absent);

    /// <summary>The filter can no longer be changed or removed. Linux only.</summary>
    public static int SO_LOCK_FILTER => Of(44, Absent, Absent);

    /// <summary>An eBPF program, by its descriptor, decides which packets are received. Linux only.</summary>
    public static int SO_ATTACH_BPF => Of(50, Absent, Absent);

    /// <summary>Removes the eBPF program, with the number of <see cref="SO_DETACH_FILTER"/>. Linux only.</summary>
    public static int SO_DETACH_BPF => Of(27, Absent, Absent);

    /// <summary>A classic BPF program picks the socket within a <see cref="SO_REUSEPORT"/> group. Linux only.</summary>
    public static int SO_ATTACH_REUSEPORT_CBPF => Of(51, Absent, Absent);

    /// <summary>An eBPF program, by its descriptor, picks the socket within a <see cref="SO_REUSEPORT"/> group. Linux only.</summary>
    public static int SO_ATTACH_REUSEPORT_EBPF => Of(52, Absent, Absent);

    /// <summary>Removes that program. Linux only.</summary>
    public static int SO_DETACH_REUSEPORT_BPF => Of(68, Absent, Absent);

    /// <summary>The BPF extensions of this kernel, a number. Read only. Linux only.</summary>
    public static int SO_BPF_EXTENSIONS => Of(48, Absent, Absent);

    /// <summary>Received packets carry the time of their arrival, a <c>timespec</c>, as ancillary data. Linux only.</summary>
    public static int SO_TIMESTAMPNS => Of(35, Absent, Absent);

    /// <summary>Time stamps of arrival and departure, made by software or the device: flags. Linux only.</summary>
    public static int SO_TIMESTAMPING => Of(37, Absent, Absent);

    /// <summary>Messages can carry a departure time: a <c>sock_txtime</c>. Linux only.</summary>
    public static int SO_TXTIME => Of(61, Absent, Absent);

    /// <summary>Each message carries the number of messages dropped before it, as ancillary data. Linux only.</summary>
    public static int SO_RXQ_OVFL => Of(40, Absent, Absent);

    /// <summary>The wireless driver reports whether a sent frame was acknowledged. Linux only.</summary>
    public static int SO_WIFI_STATUS => Of(41, Absent, Absent);

    /// <summary>The offset at which <see cref="MSG_PEEK"/> reads; -1: the start of the queue. Linux only.</summary>
    public static int SO_PEEK_OFF => Of(42, Absent, Absent);

    /// <summary>The last four bytes are the frame's checksum, computed by the program. Linux only.</summary>
    public static int SO_NOFCS => Of(43, Absent, Absent);

    /// <summary>A message on the error queue makes <c>select</c> report an exceptional condition. Linux only.</summary>
    public static int SO_SELECT_ERR_QUEUE => Of(45, Absent, Absent);

    /// <summary>Microseconds that a receiving call polls the device before it sleeps. Linux only.</summary>
    public static int SO_BUSY_POLL => Of(46, Absent, Absent);

    /// <summary>Leave the device's interrupts disabled while the program keeps polling. Linux only.</summary>
    public static int SO_PREFER_BUSY_POLL => Of(69, Absent, Absent);

    /// <summary>Maximum number of packets handled in one round of busy polling. Linux only.</summary>
    public static int SO_BUSY_POLL_BUDGET => Of(70, Absent, Absent);

    /// <summary>
    /// The processor that handled the last received packet. Setting it makes the kernel prefer this listener for connections of that
    /// processor. Linux only.
    /// </summary>
    public static int SO_INCOMING_CPU => Of(49, Absent, Absent);

    /// <summary>The device queue that delivered the last packet. Read only. Linux only.</summary>
    public static int SO_INCOMING_NAPI_ID => Of(56, Absent, Absent);

    /// <summary>1: the program considers its route bad, and the kernel looks for another. Linux only.</summary>
    public static int SO_CNX_ADVICE => Of(53, Absent, Absent);

    /// <summary>Memory counters of the socket, an array of unsigned int. Read only. Linux only.</summary>
    public static int SO_MEMINFO => Of(55, Absent, Absent);

    /// <summary>The kernel's 64-bit number of this socket, unique while the system runs. Read only. Linux only.</summary>
    public static int SO_COOKIE => Of(57, Absent, Absent);

    /// <summary>The kernel's 64-bit number of the socket's network namespace. Read only. Linux only.</summary>
    public static int SO_NETNS_COOKIE => Of(71, Absent, Absent);

    /// <summary>Allow <see cref="MSG_ZEROCOPY"/>. Linux only.</summary>
    public static int SO_ZEROCOPY => Of(60, Absent, Absent);

    /// <summary>Bytes of kernel memory kept for this socket. Linux only.</summary>
    public static int SO_RESERVE_MEM => Of(73, Absent, Absent);

    /// <summary>The buffers whose size the kernel does not adapt. Linux only.</summary>
    public static int SO_BUF_LOCK => Of(72, Absent, Absent);

    /// <summary>Whether TCP picks another flow hash after time-outs, for another path through the network. Linux only.</summary>
    public static int SO_TXREHASH => Of(74, Absent, Absent);

    /// <summary>
    /// Each read returns, as ancillary data, the number of bytes still queued. Linux 6.17, Unix stream sockets. Linux only.
    /// </summary>
    public static int SO_INQ => Of(84, Absent, Absent);

    // The BSDs.

    /// <summary>A routing socket receives a copy of its own messages. Not on Linux.</summary>
    public static int SO_USELOOPBACK => Of(Absent, 0x0040, 0x0040);

    /// <summary>Writing to a connection without a reader fails with EPIPE without raising SIGPIPE. Not on Linux.</summary>
    public static int SO_NOSIGPIPE => Of(Absent, 0x1022, 0x0800);

    /// <summary>Security label of the socket. Not on Linux.</summary>
    public static int SO_LABEL => Of(Absent, 0x1010, 0x1009);

    /// <summary>Security label of the peer. Not on Linux.</summary>
    public static int SO_PEERLABEL => Of(Absent, 0x1011, 0x1010);

    // FreeBSD.

    /// <summary>
    /// An <c>accept_filter_arg</c>: a connection is accepted after data or a whole HTTP request has arrived. FreeBSD only.
    /// </summary>
    public static int SO_ACCEPTFILTER => Of(Absent, Absent, 0x1000);

    /// <summary>
    /// Like <see cref="SO_REUSEPORT"/> of Linux: distributes connections over the sockets that share the port. FreeBSD only.
    /// </summary>
    public static int SO_REUSEPORT_LB => Of(Absent, Absent, 0x10000);

    /// <summary>Received datagrams carry the time of their arrival as a <c>bintime</c>. FreeBSD only.</summary>
    public static int SO_BINTIME => Of(Absent, Absent, 0x2000);

    /// <summary>The clock that stamps received packets: one of <c>SO_TS_*</c>. FreeBSD only.</summary>
    public static int SO_TS_CLOCK => Of(Absent, Absent, 0x1017);

    /// <summary>For <see cref="SO_TS_CLOCK"/>: real time, <c>timeval</c>; the default. FreeBSD only.</summary>
    public static int SO_TS_REALTIME_MICRO => Of(Absent, Absent, 0);

    /// <summary>For <see cref="SO_TS_CLOCK"/>: real time, <c>bintime</c>. FreeBSD only.</summary>
    public static int SO_TS_BINTIME => Of(Absent, Absent, 1);

    /// <summary>For <see cref="SO_TS_CLOCK"/>: real time, <c>timespec</c>. FreeBSD only.</summary>
    public static int SO_TS_REALTIME => Of(Absent, Absent, 2);

    /// <summary>For <see cref="SO_TS_CLOCK"/>: monotonic time, <c>timespec</c>. FreeBSD only.</summary>
    public static int SO_TS_MONOTONIC => Of(Absent, Absent, 3);

    /// <summary>For <see cref="SO_TS_CLOCK"/>: the default, real time in microseconds. FreeBSD only.</summary>
    public static int SO_TS_DEFAULT => Of(Absent, Absent, 0);

    /// <summary>The backlog that was passed to <c>listen</c>. Read only. FreeBSD only.</summary>
    public static int SO_LISTENQLIMIT => Of(Absent, Absent, 0x1011);

    /// <summary>Number of connections that wait for <c>accept</c>. Read only. FreeBSD only.</summary>
    public static int SO_LISTENQLEN => Of(Absent, Absent, 0x1012);

    /// <summary>Number of connections whose handshake is not finished. Read only. FreeBSD only.</summary>
    public static int SO_LISTENINCQLEN => Of(Absent, Absent, 0x1013);

    /// <summary>Index of the routing table to use. FreeBSD only.</summary>
    public static int SO_SETFIB => Of(Absent, Absent, 0x1014);

    /// <summary>A number for the packet filter. FreeBSD only.</summary>
    public static int SO_USER_COOKIE => Of(Absent, Absent, 0x1015);

    /// <summary>Keep the connection off the network card's TCP engine. FreeBSD only.</summary>
    public static int SO_NO_OFFLOAD => Of(Absent, Absent, 0x4000);

    /// <summary>The card must not place data directly in memory. FreeBSD only.</summary>
    public static int SO_NO_DDP => Of(Absent, Absent, 0x8000);

    /// <summary>The next receive reports an overflow of the receive buffer. FreeBSD only.</summary>
    public static int SO_RERROR => Of(Absent, Absent, 0x20000);

    // macOS.

    /// <summary><see cref="SO_LINGER"/> with the time in seconds. macOS only.</summary>
    public static int SO_LINGER_SEC => Of(Absent, 0x1080, Absent);

    /// <summary>Bytes of the first queued message. Read only. macOS only.</summary>
    public static int SO_NREAD => Of(Absent, 0x1020, Absent);

    /// <summary>Bytes not sent yet. Read only. macOS only.</summary>
    public static int SO_NWRITE => Of(Absent, 0x1024, Absent);

    /// <summary>Datagrams in the receive buffer. Read only. macOS only.</summary>
    public static int SO_NUMRCVPKT => Of(Absent, 0x1112, Absent);

    /// <summary>Received datagrams carry the monotonic time of their arrival. macOS only.</summary>
    public static int SO_TIMESTAMP_MONOTONIC => Of(Absent, 0x0800, Absent);

    /// <summary>The rest of a message that did not fit stays for the next receive. macOS only.</summary>
    public static int SO_DONTTRUNC => Of(Absent, 0x2000, Absent);

    /// <summary>Receiving reports whether more data is queued. macOS only.</summary>
    public static int SO_WANTMORE => Of(Absent, 0x4000, Absent);

    /// <summary>Receiving reports whether the data was urgent. macOS only.</summary>
    public static int SO_WANTOOBFLAG => Of(Absent, 0x8000, Absent);

    /// <summary>Fail with EADDRNOTAVAIL once the local address is gone. macOS only.</summary>
    public static int SO_NOADDRERR => Of(Absent, 0x1023, Absent);

    /// <summary>A port can be shared by sockets of different users. macOS only.</summary>
    public static int SO_REUSESHAREUID => Of(Absent, 0x1025, Absent);

    /// <summary>Notify when another socket binds to the port. macOS only.</summary>
    public static int SO_NOTIFYCONFLICT => Of(Absent, 0x1026, Absent);

    /// <summary>Close waits for the kernel's callback to return. macOS only.</summary>
    public static int SO_UPCALLCLOSEWAIT => Of(Absent, 0x1027, Absent);

    /// <summary>Choose the local port at random. macOS only.</summary>
    public static int SO_RANDOMPORT => Of(Absent, 0x1082, Absent);

    /// <summary>Deviate from some rules of POSIX: a <c>so_np_extensions</c>. macOS only.</summary>
    public static int SO_NP_EXTENSIONS => Of(Absent, 0x1083, Absent);

    /// <summary>Attach a network kernel extension. macOS only.</summary>
    public static int SO_NKE => Of(Absent, 0x1021, Absent);

    /// <summary>Kind of traffic (voice, video, background...), for the quality of service. macOS only.</summary>
    public static int SO_NET_SERVICE_TYPE => Of(Absent, 0x1116, Absent);

    /// <summary>The packet marking in effect for the socket. Read only. macOS only.</summary>
    public static int SO_NETSVC_MARKING_LEVEL => Of(Absent, 0x1119, Absent);
}
