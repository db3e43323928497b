using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Netlink sockets: protocols, message headers, socket options. (netlink(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Protocols, the third argument of socket.

    /// <summary>Links, addresses, routes, rules and neighbours. (rtnetlink(7)) Linux only.</summary>
    public static int NETLINK_ROUTE => Of(0, Absent, Absent);

    /// <summary>Messages between processes. Linux only.</summary>
    public static int NETLINK_USERSOCK => Of(2, Absent, Absent);

    /// <summary>The table of sockets. (sock_diag(7)) Linux only.</summary>
    public static int NETLINK_SOCK_DIAG => Of(4, Absent, Absent);

    /// <summary>The older name of <see cref="NETLINK_SOCK_DIAG"/>. Linux only.</summary>
    public static int NETLINK_INET_DIAG => Of(4, Absent, Absent);

    /// <summary>Packets that netfilter logs. Linux only.</summary>
    public static int NETLINK_NFLOG => Of(5, Absent, Absent);

    /// <summary>IPsec: security associations and policies. Linux only.</summary>
    public static int NETLINK_XFRM => Of(6, Absent, Absent);

    /// <summary>Events of SELinux. Linux only.</summary>
    public static int NETLINK_SELINUX => Of(7, Absent, Absent);

    /// <summary>Open-iSCSI. Linux only.</summary>
    public static int NETLINK_ISCSI => Of(8, Absent, Absent);

    /// <summary>The audit system. Linux only.</summary>
    public static int NETLINK_AUDIT => Of(9, Absent, Absent);

    /// <summary>Lookups in the forwarding table. Linux only.</summary>
    public static int NETLINK_FIB_LOOKUP => Of(10, Absent, Absent);

    /// <summary>Messages between kernel modules and processes, such as process events. Linux only.</summary>
    public static int NETLINK_CONNECTOR => Of(11, Absent, Absent);

    /// <summary>Netfilter: packet filter and connection tracking. Linux only.</summary>
    public static int NETLINK_NETFILTER => Of(12, Absent, Absent);

    /// <summary>Events of devices, which udev reads. Linux only.</summary>
    public static int NETLINK_KOBJECT_UEVENT => Of(15, Absent, Absent);

    /// <summary>Families that have a name instead of a number: <c>genl</c>. Linux only.</summary>
    public static int NETLINK_GENERIC => Of(16, Absent, Absent);

    /// <summary>SCSI transports. Linux only.</summary>
    public static int NETLINK_SCSITRANSPORT => Of(18, Absent, Absent);

    /// <summary>eCryptfs. Linux only.</summary>
    public static int NETLINK_ECRYPTFS => Of(19, Absent, Absent);

    /// <summary>RDMA and InfiniBand. Linux only.</summary>
    public static int NETLINK_RDMA => Of(20, Absent, Absent);

    /// <summary>The kernel's cryptographic algorithms. Linux only.</summary>
    public static int NETLINK_CRYPTO => Of(21, Absent, Absent);

    /// <summary>Monitoring of SMC sockets. Linux only.</summary>
    public static int NETLINK_SMC => Of(22, Absent, Absent);

    // The message header: nlmsg_flags.

    /// <summary>A request to the kernel. Linux only.</summary>
    public static int NLM_F_REQUEST => Of(0x1, Absent, Absent);

    /// <summary>One part of an answer that ends with <see cref="NLMSG_DONE"/>. Linux only.</summary>
    public static int NLM_F_MULTI => Of(0x2, Absent, Absent);

    /// <summary>The kernel must confirm the request with an <see cref="NLMSG_ERROR"/> whose error is 0. Linux only.</summary>
    public static int NLM_F_ACK => Of(0x4, Absent, Absent);

    /// <summary>The kernel must also send the notifications that the request causes to its sender. Linux only.</summary>
    public static int NLM_F_ECHO => Of(0x8, Absent, Absent);

    /// <summary>The table changed during the dump, so the dump may miss an entry or repeat one. Linux only.</summary>
    public static int NLM_F_DUMP_INTR => Of(0x10, Absent, Absent);

    /// <summary>The kernel applied the filter of the request. Linux only.</summary>
    public static int NLM_F_DUMP_FILTERED => Of(0x20, Absent, Absent);

    /// <summary>For a get request: the whole table. Linux only.</summary>
    public static int NLM_F_ROOT => Of(0x100, Absent, Absent);

    /// <summary>For a get request: all matching entries. Linux only.</summary>
    public static int NLM_F_MATCH => Of(0x200, Absent, Absent);

    /// <summary>For a get request: one snapshot of the table. Linux only.</summary>
    public static int NLM_F_ATOMIC => Of(0x400, Absent, Absent);

    /// <summary>For a get request: <see cref="NLM_F_ROOT"/> and <see cref="NLM_F_MATCH"/>. Linux only.</summary>
    public static int NLM_F_DUMP => Of(0x300, Absent, Absent);

    /// <summary>For a new request: replace an existing entry. Linux only.</summary>
    public static int NLM_F_REPLACE => Of(0x100, Absent, Absent);

    /// <summary>For a new request: fail with EEXIST if the entry exists. Linux only.</summary>
    public static int NLM_F_EXCL => Of(0x200, Absent, Absent);

    /// <summary>For a new request: create the entry if it does not exist. Linux only.</summary>
    public static int NLM_F_CREATE => Of(0x400, Absent, Absent);

    /// <summary>For a new request: append to the list of equal entries. Linux only.</summary>
    public static int NLM_F_APPEND => Of(0x800, Absent, Absent);

    /// <summary>For a delete request: do not delete recursively. Linux only.</summary>
    public static int NLM_F_NONREC => Of(0x100, Absent, Absent);

    /// <summary>For a delete request: delete all matching entries. Linux only.</summary>
    public static int NLM_F_BULK => Of(0x200, Absent, Absent);

    /// <summary>For an acknowledgement: the request is not repeated in it. Linux only.</summary>
    public static int NLM_F_CAPPED => Of(0x100, Absent, Absent);

    /// <summary>For an acknowledgement: attributes <c>NLMSGERR_ATTR_*</c> follow. Linux only.</summary>
    public static int NLM_F_ACK_TLVS => Of(0x200, Absent, Absent);

    // The message header: nlmsg_type.

    /// <summary>No message; the receiver ignores it. Linux only.</summary>
    public static int NLMSG_NOOP => Of(1, Absent, Absent);

    /// <summary>An error or an acknowledgement: <see cref="nlmsgerr"/>. Linux only.</summary>
    public static int NLMSG_ERROR => Of(2, Absent, Absent);

    /// <summary>The end of a dump. An int follows: 0, or a negative error number. Linux only.</summary>
    public static int NLMSG_DONE => Of(3, Absent, Absent);

    /// <summary>Data was lost. Linux only.</summary>
    public static int NLMSG_OVERRUN => Of(4, Absent, Absent);

    /// <summary>The first type that belongs to a protocol. Smaller ones are reserved for control messages. Linux only.</summary>
    public static int NLMSG_MIN_TYPE => Of(16, Absent, Absent);

    /// <summary>The alignment of messages in a buffer, in bytes. Linux only.</summary>
    public static int NLMSG_ALIGNTO => Of(4, Absent, Absent);

    // Attributes of an acknowledgement.

    /// <summary>The kernel's text, ending with a NUL. Linux only.</summary>
    public static int NLMSGERR_ATTR_MSG => Of(1, Absent, Absent);

    /// <summary>The offset of the attribute at fault in the request, counted from the message header. Linux only.</summary>
    public static int NLMSGERR_ATTR_OFFS => Of(2, Absent, Absent);

    /// <summary>Bytes that identify the created object. Linux only.</summary>
    public static int NLMSGERR_ATTR_COOKIE => Of(3, Absent, Absent);

    /// <summary>The policy that the attribute at fault violates. Linux only.</summary>
    public static int NLMSGERR_ATTR_POLICY => Of(4, Absent, Absent);

    /// <summary>The type of a required attribute that the request lacks. Linux only.</summary>
    public static int NLMSGERR_ATTR_MISS_TYPE => Of(5, Absent, Absent);

    /// <summary>The offset of the nest that lacks the attribute. Linux only.</summary>
    public static int NLMSGERR_ATTR_MISS_NEST => Of(6, Absent, Absent);

    // Socket options of level SOL_NETLINK.

    /// <summary>Join a multicast group by its number. int. Linux only.</summary>
    public static int NETLINK_ADD_MEMBERSHIP => Of(1, Absent, Absent);

    /// <summary>Leave a multicast group. int. Linux only.</summary>
    public static int NETLINK_DROP_MEMBERSHIP => Of(2, Absent, Absent);

    /// <summary>Receive the group of each message as control data. int as boolean. Linux only.</summary>
    public static int NETLINK_PKTINFO => Of(3, Absent, Absent);

    /// <summary>Report an error to the sender of a multicast if a receiver's buffer is full. int as boolean. Linux only.</summary>
    public static int NETLINK_BROADCAST_ERROR => Of(4, Absent, Absent);

    /// <summary>Do not report ENOBUFS if messages were lost. int as boolean. Linux only.</summary>
    public static int NETLINK_NO_ENOBUFS => Of(5, Absent, Absent);

    /// <summary>Receive messages of all network namespaces that have an identifier in this one. int as boolean. Linux only.</summary>
    public static int NETLINK_LISTEN_ALL_NSID => Of(8, Absent, Absent);

    /// <summary>The joined groups, a bit mask of 32-bit words. Linux only.</summary>
    public static int NETLINK_LIST_MEMBERSHIPS => Of(9, Absent, Absent);

    /// <summary>Acknowledgements do not repeat the whole request. int as boolean. Linux only.</summary>
    public static int NETLINK_CAP_ACK => Of(10, Absent, Absent);

    /// <summary>Acknowledgements contain <c>NLMSGERR_ATTR_*</c>. int as boolean. Linux only.</summary>
    public static int NETLINK_EXT_ACK => Of(11, Absent, Absent);

    /// <summary>The kernel checks the fields of dump requests strictly and applies them as a filter. int as boolean. Linux only.</summary>
    public static int NETLINK_GET_STRICT_CHK => Of(12, Absent, Absent);

    // Attributes in general.

    /// <summary>In the type of an attribute: it contains attributes. Linux only.</summary>
    public static int NLA_F_NESTED => Of(0x8000, Absent, Absent);

    /// <summary>In the type of an attribute: its value is in network byte order. Linux only.</summary>
    public static int NLA_F_NET_BYTEORDER => Of(0x4000, Absent, Absent);

    /// <summary>The alignment of attributes in a message, in bytes. Linux only.</summary>
    public static int NLA_ALIGNTO => Of(4, Absent, Absent);
}
