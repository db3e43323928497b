using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Address families (AF_*), and the protocol families (PF_*) that the book uses instead, with the same numbers.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Any family, as a hint to <c>getaddrinfo</c>; in <c>connect</c> on a datagram socket it removes the peer.</summary>
    public const int AF_UNSPEC = 0;

    /// <summary>Processes of one host, by a path in the file system or (Linux) an abstract name. (unix(7))</summary>
    public const int AF_UNIX = 1;

    /// <summary>POSIX's older name of <see cref="AF_UNIX"/>.</summary>
    public const int AF_LOCAL = 1;

    /// <summary>IPv4. (ip(7))</summary>
    public const int AF_INET = 2;

    /// <summary>IPv6. (ipv6(7))</summary>
    public static int AF_INET6 => Of(10, 30, 28);

    /// <summary>
    /// Routing messages. On Linux the number is <see cref="AF_NETLINK"/>'s and speaks another protocol. (route(4) on the BSDs)
    /// </summary>
    public static int AF_ROUTE => Of(16, 17, 17);

    /// <summary>
    /// Messages to and from the kernel: routes, links, addresses, socket tables. FreeBSD 13.2. (netlink(7)) Not on macOS.
    /// </summary>
    public static int AF_NETLINK => Of(16, Absent, 38);

    /// <summary>Whole frames of a network device. (packet(7)) Linux only.</summary>
    public static int AF_PACKET => Of(17, Absent, Absent);

    /// <summary>
    /// Link-layer addresses: interface name, index and hardware address. No sockets of this family exist. Not on Linux.
    /// </summary>
    public static int AF_LINK => Of(Absent, 18, 18);

    /// <summary>IPsec keys (PF_KEY version 2, RFC 2367). The BSDs name the number <see cref="PF_KEY"/> only. Linux only.</summary>
    public static int AF_KEY => Of(15, Absent, Absent);

    /// <summary>Between a virtual machine and its host. (vsock(7)) Not on FreeBSD.</summary>
    public static int AF_VSOCK => Of(40, 40, Absent);

    /// <summary>Bluetooth: L2CAP, RFCOMM, HCI and SCO. Not on macOS.</summary>
    public static int AF_BLUETOOTH => Of(31, Absent, 36);

    /// <summary>Controller area network, the bus of cars and machines. Linux only.</summary>
    public static int AF_CAN => Of(29, Absent, Absent);

    /// <summary>The kernel's ciphers and hashes. Linux only.</summary>
    public static int AF_ALG => Of(38, Absent, Absent);

    /// <summary>Frames through memory shared with the driver. Linux only.</summary>
    public static int AF_XDP => Of(44, Absent, Absent);

    /// <summary>Transparent inter-process communication, for clusters. Linux only.</summary>
    public static int AF_TIPC => Of(30, Absent, Absent);

    /// <summary>Reliable datagrams over InfiniBand or TCP. Linux only.</summary>
    public static int AF_RDS => Of(21, Absent, Absent);

    /// <summary>TCP's interface over shared memory and RDMA. Linux only.</summary>
    public static int AF_SMC => Of(43, Absent, Absent);

    /// <summary>Messages cut out of a TCP stream by a kernel program. Linux only.</summary>
    public static int AF_KCM => Of(41, Absent, Absent);

    /// <summary>Messages to the processors of a Qualcomm chip. Linux only.</summary>
    public static int AF_QIPCRTR => Of(42, Absent, Absent);

    /// <summary>Management controllers and devices on a board. Linux only.</summary>
    public static int AF_MCTP => Of(45, Absent, Absent);

    /// <summary>InfiniBand addresses, for the RDMA connection manager. No sockets of this family exist. Linux only.</summary>
    public static int AF_IB => Of(27, Absent, Absent);

    /// <summary>MPLS labels, in routing messages. No sockets of this family exist. Linux only.</summary>
    public static int AF_MPLS => Of(28, Absent, Absent);

    /// <summary>PPP over Ethernet, L2TP and PPTP. Linux only.</summary>
    public static int AF_PPPOX => Of(24, Absent, Absent);

    /// <summary>Remote procedure calls of the Andrew file system. Linux only.</summary>
    public static int AF_RXRPC => Of(33, Absent, Absent);

    /// <summary>Near field communication. Linux only.</summary>
    public static int AF_NFC => Of(39, Absent, Absent);

    /// <summary>The modem of a Nokia telephone. Linux only.</summary>
    public static int AF_PHONET => Of(35, Absent, Absent);

    /// <summary>The modem of an ST-Ericsson telephone. Linux only.</summary>
    public static int AF_CAIF => Of(37, Absent, Absent);

    /// <summary>Low-power radio (IEEE 802.15.4). Linux only.</summary>
    public static int AF_IEEE802154 => Of(36, Absent, Absent);

    /// <summary>Between guests of z/VM. Linux only.</summary>
    public static int AF_IUCV => Of(32, Absent, Absent);

    /// <summary>Bridging, in netlink messages. No sockets of this family exist. Linux only.</summary>
    public static int AF_BRIDGE => Of(7, Absent, Absent);

    /// <summary>IEEE 802.2 logical link control. Linux only.</summary>
    public static int AF_LLC => Of(26, Absent, Absent);

    /// <summary>ATM, permanent circuits. Linux only.</summary>
    public static int AF_ATMPVC => Of(8, Absent, Absent);

    /// <summary>ATM, switched circuits. Linux only.</summary>
    public static int AF_ATMSVC => Of(20, Absent, Absent);

    /// <summary>ATM. FreeBSD only.</summary>
    public static int AF_ATM => Of(Absent, Absent, 30);

    /// <summary>ATM, native access. Not on Linux.</summary>
    public static int AF_NATM => Of(Absent, 31, 29);

    /// <summary>AppleTalk datagrams.</summary>
    public static int AF_APPLETALK => Of(5, 16, 16);

    /// <summary>Novell's IPX.</summary>
    public static int AF_IPX => Of(4, 23, 23);

    /// <summary>Amateur radio. Linux only.</summary>
    public static int AF_AX25 => Of(3, Absent, Absent);

    /// <summary>Amateur radio, NET/ROM. Linux only.</summary>
    public static int AF_NETROM => Of(6, Absent, Absent);

    /// <summary>Amateur radio, ROSE. Linux only.</summary>
    public static int AF_ROSE => Of(11, Absent, Absent);

    /// <summary>X.25 packet layer. Linux only.</summary>
    public static int AF_X25 => Of(9, Absent, Absent);

    /// <summary>DECnet. Linux removed it in 6.1.</summary>
    public const int AF_DECnet = 12;

    /// <summary>Infrared. Linux removed it in 4.17. Linux only.</summary>
    public static int AF_IRDA => Of(23, Absent, Absent);

    /// <summary>ISDN telephone lines.</summary>
    public static int AF_ISDN => Of(34, 28, 26);

    /// <summary>Kernel events and kernel control, such as the utun tunnels. macOS only.</summary>
    public static int AF_SYSTEM => Of(Absent, 32, Absent);

    /// <summary>Whole frames of a network device. macOS only.</summary>
    public static int AF_NDRV => Of(Absent, 27, Absent);

    /// <summary>The point-to-point protocol. macOS only.</summary>
    public static int AF_PPP => Of(Absent, 34, Absent);

    /// <summary>Addresses of a utun tunnel. macOS only.</summary>
    public static int AF_UTUN => Of(Absent, 38, Absent);

    /// <summary>Reserved for the Simple Internet Protocol, which became IPv6. Not on Linux.</summary>
    public static int AF_SIP => Of(Absent, 24, 24);

    /// <summary>NetBIOS names. Not on Linux.</summary>
    public static int AF_NETBIOS => Of(Absent, 33, 6);

    /// <summary>Nodes of the netgraph framework. FreeBSD only.</summary>
    public static int AF_NETGRAPH => Of(Absent, Absent, 32);

    /// <summary>ARP, in the kernel's address lists. No sockets of this family exist. FreeBSD only.</summary>
    public static int AF_ARP => Of(Absent, Absent, 35);

    /// <summary>Link aggregation frames (IEEE 802.3ad). FreeBSD only.</summary>
    public static int AF_SLOW => Of(Absent, Absent, 33);

    /// <summary>Wireless frames (IEEE 802.11), in interface lists. Not on Linux.</summary>
    public static int AF_IEEE80211 => Of(Absent, 37, 37);

    /// <summary>IPv4 through the sockets direct protocol of InfiniBand. FreeBSD only.</summary>
    public static int AF_INET_SDP => Of(Absent, Absent, 40);

    /// <summary>IPv6 through the sockets direct protocol of InfiniBand. FreeBSD only.</summary>
    public static int AF_INET6_SDP => Of(Absent, Absent, 42);

    /// <summary>The protocol family of <see cref="AF_UNSPEC"/>, the same number.</summary>
    public const int PF_UNSPEC = 0;

    /// <summary>The protocol family of <see cref="AF_UNIX"/>, the same number.</summary>
    public const int PF_UNIX = 1;

    /// <summary>The protocol family of <see cref="AF_LOCAL"/>, the same number.</summary>
    public const int PF_LOCAL = 1;

    /// <summary>The protocol family of <see cref="AF_INET"/>, the same number.</summary>
    public const int PF_INET = 2;

    /// <summary>The protocol family of <see cref="AF_INET6"/>, the same number.</summary>
    public static int PF_INET6 => Of(10, 30, 28);

    /// <summary>The protocol family of <see cref="AF_ROUTE"/>, the same number.</summary>
    public static int PF_ROUTE => Of(16, 17, 17);

    /// <summary>The protocol family of <see cref="AF_PACKET"/>, the same number. Linux only.</summary>
    public static int PF_PACKET => Of(17, Absent, Absent);

    /// <summary>IPsec keys (PF_KEY version 2, RFC 2367): the domain of the book's key sockets.</summary>
    public static int PF_KEY => Of(15, 29, 27);

    /// <summary>The protocol family of <see cref="AF_LINK"/>, the same number. Not on Linux.</summary>
    public static int PF_LINK => Of(Absent, 18, 18);

    /// <summary>The protocol family of <see cref="AF_SYSTEM"/>, the same number. macOS only.</summary>
    public static int PF_SYSTEM => Of(Absent, 32, Absent);
}
