using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Listing of sockets by netlink. (sock_diag(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Messages of NETLINK_SOCK_DIAG, and the request for the protocol of a raw socket.

    /// <summary>The message that lists sockets: request and answer. Linux only.</summary>
    public static int SOCK_DIAG_BY_FAMILY => Of(20, Absent, Absent);

    /// <summary>Request attribute: the protocol, if it is above 255, as that of MPTCP. Linux only.</summary>
    public static int INET_DIAG_REQ_PROTOCOL => Of(3, Absent, Absent);

    // Attributes of an answer about an IPv4 or IPv6 socket. A request names those up to INET_DIAG_SHUTDOWN by the bit of their number
    // minus 1.

    /// <summary>Memory in use: <c>inet_diag_meminfo</c>. Linux only.</summary>
    public static int INET_DIAG_MEMINFO => Of(1, Absent, Absent);

    /// <summary>State of the connection: for TCP the structure of TCP_INFO. Linux only.</summary>
    public static int INET_DIAG_INFO => Of(2, Absent, Absent);

    /// <summary>State of the congestion control Vegas. Linux only.</summary>
    public static int INET_DIAG_VEGASINFO => Of(3, Absent, Absent);

    /// <summary>The name of the congestion control. Linux only.</summary>
    public static int INET_DIAG_CONG => Of(4, Absent, Absent);

    /// <summary>The type of service of IPv4. Linux only.</summary>
    public static int INET_DIAG_TOS => Of(5, Absent, Absent);

    /// <summary>The traffic class of IPv6. Linux only.</summary>
    public static int INET_DIAG_TCLASS => Of(6, Absent, Absent);

    /// <summary>Memory and limits, in the order of <c>SK_MEMINFO_*</c>. Linux only.</summary>
    public static int INET_DIAG_SKMEMINFO => Of(7, Absent, Absent);

    /// <summary>The directions that are shut down: bit 1 for receiving, bit 2 for sending. Linux only.</summary>
    public static int INET_DIAG_SHUTDOWN => Of(8, Absent, Absent);

    /// <summary>State of the congestion control DCTCP. Linux only.</summary>
    public static int INET_DIAG_DCTCPINFO => Of(9, Absent, Absent);

    /// <summary>The protocol of a raw socket. Linux only.</summary>
    public static int INET_DIAG_PROTOCOL => Of(10, Absent, Absent);

    /// <summary>Whether an IPv6 socket does not serve IPv4. Linux only.</summary>
    public static int INET_DIAG_SKV6ONLY => Of(11, Absent, Absent);

    /// <summary>The local addresses of an SCTP association. Linux only.</summary>
    public static int INET_DIAG_LOCALS => Of(12, Absent, Absent);

    /// <summary>The remote addresses of an SCTP association. Linux only.</summary>
    public static int INET_DIAG_PEERS => Of(13, Absent, Absent);

    /// <summary>The mark of the socket. Only processes with CAP_NET_ADMIN see it. Linux only.</summary>
    public static int INET_DIAG_MARK => Of(15, Absent, Absent);

    /// <summary>State of the congestion control BBR. Linux only.</summary>
    public static int INET_DIAG_BBRINFO => Of(16, Absent, Absent);

    /// <summary>The class for traffic control. Linux only.</summary>
    public static int INET_DIAG_CLASS_ID => Of(17, Absent, Absent);

    /// <summary>The keys of TCP MD5 signatures. Only processes with CAP_NET_ADMIN see them. Linux only.</summary>
    public static int INET_DIAG_MD5SIG => Of(18, Absent, Absent);

    /// <summary>The protocol above TCP, such as TLS. Linux only.</summary>
    public static int INET_DIAG_ULP_INFO => Of(19, Absent, Absent);

    /// <summary>The control group. Linux only.</summary>
    public static int INET_DIAG_CGROUP_ID => Of(21, Absent, Absent);

    /// <summary>Bits of socket options. Linux only.</summary>
    public static int INET_DIAG_SOCKOPT => Of(22, Absent, Absent);

    // Indexes into the numbers of INET_DIAG_SKMEMINFO and UNIX_DIAG_MEMINFO.

    /// <summary>Memory of the receive queue. Linux only.</summary>
    public static int SK_MEMINFO_RMEM_ALLOC => Of(0, Absent, Absent);

    /// <summary>The receive buffer's limit. Linux only.</summary>
    public static int SK_MEMINFO_RCVBUF => Of(1, Absent, Absent);

    /// <summary>Memory of sent data. Linux only.</summary>
    public static int SK_MEMINFO_WMEM_ALLOC => Of(2, Absent, Absent);

    /// <summary>The send buffer's limit. Linux only.</summary>
    public static int SK_MEMINFO_SNDBUF => Of(3, Absent, Absent);

    /// <summary>Memory that is reserved. Linux only.</summary>
    public static int SK_MEMINFO_FWD_ALLOC => Of(4, Absent, Absent);

    /// <summary>Memory of the send queue. Linux only.</summary>
    public static int SK_MEMINFO_WMEM_QUEUED => Of(5, Absent, Absent);

    /// <summary>Memory of options. Linux only.</summary>
    public static int SK_MEMINFO_OPTMEM => Of(6, Absent, Absent);

    /// <summary>Memory of the backlog, which the owner of the socket's lock has not processed yet. Linux only.</summary>
    public static int SK_MEMINFO_BACKLOG => Of(7, Absent, Absent);

    /// <summary>Number of datagrams that were dropped. Linux only.</summary>
    public static int SK_MEMINFO_DROPS => Of(8, Absent, Absent);

    // udiag_show of a request for Unix domain sockets.

    /// <summary>Ask for <see cref="UNIX_DIAG_NAME"/>. Linux only.</summary>
    public static int UDIAG_SHOW_NAME => Of(0x1, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_VFS"/>. Linux only.</summary>
    public static int UDIAG_SHOW_VFS => Of(0x2, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_PEER"/>. Linux only.</summary>
    public static int UDIAG_SHOW_PEER => Of(0x4, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_ICONS"/>. Linux only.</summary>
    public static int UDIAG_SHOW_ICONS => Of(0x8, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_RQLEN"/>. Linux only.</summary>
    public static int UDIAG_SHOW_RQLEN => Of(0x10, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_MEMINFO"/>. Linux only.</summary>
    public static int UDIAG_SHOW_MEMINFO => Of(0x20, Absent, Absent);

    /// <summary>Ask for <see cref="UNIX_DIAG_UID"/>. Linux only.</summary>
    public static int UDIAG_SHOW_UID => Of(0x40, Absent, Absent);

    // Attributes of an answer about a Unix domain socket.

    /// <summary>The path, or the abstract name after a NUL. Linux only.</summary>
    public static int UNIX_DIAG_NAME => Of(0, Absent, Absent);

    /// <summary>The file of the path: <c>unix_diag_vfs</c>. Linux only.</summary>
    public static int UNIX_DIAG_VFS => Of(1, Absent, Absent);

    /// <summary>The inode of the connected socket. Linux only.</summary>
    public static int UNIX_DIAG_PEER => Of(2, Absent, Absent);

    /// <summary>The inodes of connections that wait for <c>accept</c>. Linux only.</summary>
    public static int UNIX_DIAG_ICONS => Of(3, Absent, Absent);

    /// <summary>The lengths of the queues: <c>unix_diag_rqlen</c>. Linux only.</summary>
    public static int UNIX_DIAG_RQLEN => Of(4, Absent, Absent);

    /// <summary>Memory and limits, in the order of <c>SK_MEMINFO_*</c>. Linux only.</summary>
    public static int UNIX_DIAG_MEMINFO => Of(5, Absent, Absent);

    /// <summary>The directions that are shut down: bit 1 for receiving, bit 2 for sending. Linux only.</summary>
    public static int UNIX_DIAG_SHUTDOWN => Of(6, Absent, Absent);

    /// <summary>The user who created the socket. Linux only.</summary>
    public static int UNIX_DIAG_UID => Of(7, Absent, Absent);
}
