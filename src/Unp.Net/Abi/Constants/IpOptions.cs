using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of IPv4 and of single IPv4 packets, level IPPROTO_IP. (ip(7); ip(4) on the BSDs) Multicast options are in MulticastOptions.cs.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The IP options of each packet (source route...), as bytes of their headers; empty: none.</summary>
    public static int IP_OPTIONS => Of(4, 1, 1);

    /// <summary>
    /// The program supplies the IPv4 header. int as boolean, raw sockets only. macOS expects length and offset in host order.
    /// </summary>
    public static int IP_HDRINCL => Of(3, 2, 2);

    /// <summary>
    /// The type-of-service byte of each packet: differentiated services and congestion notification, IPTOS_*. int; also as
    /// ancillary data.
    /// </summary>
    public static int IP_TOS => Of(1, 3, 3);

    /// <summary>
    /// Hop limit of a packet, 1 to 255. int; also as ancillary data. Linux uses this type for received values too, see
    /// <see cref="IP_RECVTTL"/>.
    /// </summary>
    public static int IP_TTL => Of(2, 4, 4);

    /// <summary>Received datagrams carry their IP options as ancillary data. int as boolean.</summary>
    public static int IP_RECVOPTS => Of(6, 5, 5);

    /// <summary>
    /// Like <see cref="IP_RECVOPTS"/>, but prepared for a reply: source routes are reversed. Linux: int as boolean. The BSDs have only the
    /// ancillary
    /// data.
    /// </summary>
    public static int IP_RETOPTS => Of(7, 8, 8);

    /// <summary>
    /// Received datagrams carry the options for a reply. int as boolean; on Linux the number of <see cref="IP_RETOPTS"/>.
    /// </summary>
    public static int IP_RECVRETOPTS => Of(7, 6, 6);

    /// <summary>TCP: the ancillary data of the connection's first packet. Read only. Linux only.</summary>
    public static int IP_PKTOPTIONS => Of(9, Absent, Absent);

    /// <summary>
    /// Received datagrams carry an <c>in_pktinfo</c>: interface and destination address. In a sent datagram it selects both. int as
    /// boolean. Not on FreeBSD.
    /// </summary>
    public static int IP_PKTINFO => Of(8, 26, Absent);

    /// <summary>Another name of <see cref="IP_PKTINFO"/>, with the same number. macOS only.</summary>
    public static int IP_RECVPKTINFO => Of(Absent, 26, Absent);

    /// <summary>
    /// Received datagrams carry their destination address, an <c>in_addr</c>, as ancillary data. int as boolean. Not on Linux.
    /// </summary>
    public static int IP_RECVDSTADDR => Of(Absent, 7, 7);

    /// <summary>
    /// Ancillary data to send: the source address, an <c>in_addr</c>. The number of <see cref="IP_RECVDSTADDR"/>. FreeBSD only.
    /// </summary>
    public static int IP_SENDSRCADDR => Of(Absent, Absent, 7);

    /// <summary>
    /// Received datagrams carry their interface, a <c>sockaddr_dl</c>, as ancillary data. int as boolean. Not on Linux.
    /// </summary>
    public static int IP_RECVIF => Of(Absent, 20, 20);

    /// <summary>
    /// Received datagrams carry their TTL as ancillary data: an int of type <see cref="IP_TTL"/> on Linux, a byte of this type on the BSDs.
    /// int as
    /// boolean.
    /// </summary>
    public static int IP_RECVTTL => Of(12, 24, 65);

    /// <summary>
    /// Received datagrams carry their type of service as ancillary data: a byte of type <see cref="IP_TOS"/> on Linux, of this type on the
    /// BSDs. int
    /// as boolean.
    /// </summary>
    public static int IP_RECVTOS => Of(13, 27, 68);

    /// <summary>
    /// Received datagrams carry their destination before any redirection, a <c>sockaddr_in</c>, as ancillary data. int as boolean. Not on
    /// macOS.
    /// </summary>
    public static int IP_RECVORIGDSTADDR => Of(20, Absent, 27);

    /// <summary>The type of that ancillary data, with the number of <see cref="IP_RECVORIGDSTADDR"/>. Not on macOS.</summary>
    public static int IP_ORIGDSTADDR => Of(20, Absent, 27);

    /// <summary>
    /// Datagrams that arrived in fragments carry the size of the largest fragment, an int, as ancillary data. int as boolean. Linux only.
    /// </summary>
    public static int IP_RECVFRAGSIZE => Of(25, Absent, Absent);

    /// <summary>UDP: received datagrams carry the checksum of their bytes as ancillary data. int as boolean. Linux only.</summary>
    public static int IP_CHECKSUM => Of(23, Absent, Absent);

    /// <summary>
    /// Errors that ICMP reports go to the error queue (<see cref="MSG_ERRQUEUE"/>) with a <c>sock_extended_err</c>. int as boolean.
    /// Linux only.
    /// </summary>
    public static int IP_RECVERR => Of(11, Absent, Absent);

    /// <summary>
    /// With <see cref="IP_RECVERR"/>: also the start of the extensions in the ICMP message. (RFC 4884) int as boolean. Linux only.
    /// </summary>
    public static int IP_RECVERR_RFC4884 => Of(26, Absent, Absent);

    /// <summary>Path MTU to the connected peer, bytes. Read only. Linux only.</summary>
    public static int IP_MTU => Of(14, Absent, Absent);

    /// <summary>The mode of path MTU discovery, and whether packets may be fragmented: IP_PMTUDISC_*. int. Linux only.</summary>
    public static int IP_MTU_DISCOVER => Of(10, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: fragment, never set the DF bit. Linux only.</summary>
    public static int IP_PMTUDISC_DONT => Of(0, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: discover the path MTU, and fragment larger packets. The default. Linux only.</summary>
    public static int IP_PMTUDISC_WANT => Of(1, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: set the DF bit; larger packets fail with EMSGSIZE. Linux only.</summary>
    public static int IP_PMTUDISC_DO => Of(2, Absent, Absent);

    /// <summary>
    /// For <see cref="IP_MTU_DISCOVER"/>: set the DF bit, but send larger packets too, to probe the path MTU. Linux only.
    /// </summary>
    public static int IP_PMTUDISC_PROBE => Of(3, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: use the MTU of the interface and ignore ICMP; larger packets fail. Linux only.</summary>
    public static int IP_PMTUDISC_INTERFACE => Of(4, Absent, Absent);

    /// <summary>
    /// For <see cref="IP_MTU_DISCOVER"/>: use the MTU of the interface and ignore ICMP; larger packets are fragmented. Linux only.
    /// </summary>
    public static int IP_PMTUDISC_OMIT => Of(5, Absent, Absent);

    /// <summary>Set the DF bit. int as boolean, not for TCP. Not on Linux.</summary>
    public static int IP_DONTFRAG => Of(Absent, 28, 67);

    /// <summary>The firewall must not reassemble this raw socket's fragments. int as boolean. Linux only.</summary>
    public static int IP_NODEFRAG => Of(22, Absent, Absent);

    /// <summary><c>bind</c> accepts an address that no interface has, or does not have yet. int as boolean. Linux only.</summary>
    public static int IP_FREEBIND => Of(15, Absent, Absent);

    /// <summary>
    /// <c>bind</c> accepts a foreign address, and redirected connections are accepted: for transparent proxies. Needs CAP_NET_ADMIN. int as
    /// boolean. Linux only.
    /// </summary>
    public static int IP_TRANSPARENT => Of(19, Absent, Absent);

    /// <summary>
    /// <c>bind</c> accepts a foreign address, and redirected connections are accepted. Needs privilege. int as boolean. FreeBSD only.
    /// </summary>
    public static int IP_BINDANY => Of(Absent, Absent, 24);

    /// <summary>
    /// <c>bind</c> with port 0 takes only the address; <c>connect</c> chooses the port, which several connections can share. int as
    /// boolean.
    /// Linux only.
    /// </summary>
    public static int IP_BIND_ADDRESS_NO_PORT => Of(24, Absent, Absent);

    /// <summary>
    /// Ports to choose from: lowest in the lower 16 bits, highest in the upper ones. unsigned int. Linux 6.3. Linux only.
    /// </summary>
    public static int IP_LOCAL_PORT_RANGE => Of(51, Absent, Absent);

    /// <summary>Ports to choose from: IP_PORTRANGE_*. int. Not on Linux.</summary>
    public static int IP_PORTRANGE => Of(Absent, 19, 19);

    /// <summary>For <see cref="IP_PORTRANGE"/>: as the system is configured. Not on Linux.</summary>
    public static int IP_PORTRANGE_DEFAULT => Of(Absent, 0, 0);

    /// <summary>For <see cref="IP_PORTRANGE"/>: 49152 and up. Not on Linux.</summary>
    public static int IP_PORTRANGE_HIGH => Of(Absent, 1, 1);

    /// <summary>For <see cref="IP_PORTRANGE"/>: below 1024. Needs privilege. Not on Linux.</summary>
    public static int IP_PORTRANGE_LOW => Of(Absent, 2, 2);

    /// <summary>
    /// The type of ancillary data by which a socket of <see cref="IPPROTO_RAW"/> names the protocol of one packet. Linux 6.4. Linux only.
    /// </summary>
    public static int IP_PROTOCOL => Of(52, Absent, Absent);

    /// <summary>Drop received packets with a lower TTL. (RFC 5082) int. Not on macOS.</summary>
    public static int IP_MINTTL => Of(21, Absent, 66);

    /// <summary>The ICMP types that this raw socket receives: an <c>icmp_filter</c>. Level <see cref="SOL_RAW"/>. Linux only.</summary>
    public static int ICMP_FILTER => Of(1, Absent, Absent);

    /// <summary>This raw socket receives forwarded packets with the router alert option. int as boolean. Linux only.</summary>
    public static int IP_ROUTER_ALERT => Of(5, Absent, Absent);

    /// <summary>
    /// Send all packets except multicast through the interface with this index, in network order; 0: no restriction. int. Linux only.
    /// </summary>
    public static int IP_UNICAST_IF => Of(50, Absent, Absent);

    /// <summary>Send and receive only through the interface with this index; 0: no restriction. int. macOS only.</summary>
    public static int IP_BOUND_IF => Of(Absent, 25, Absent);

    /// <summary>A raw socket receives packets without their IP header. int as boolean. macOS only.</summary>
    public static int IP_STRIPHDR => Of(Absent, 23, Absent);

    /// <summary>
    /// A datagram to the broadcast address of an interface's network goes to 255.255.255.255. int as boolean. FreeBSD only.
    /// </summary>
    public static int IP_ONESBCAST => Of(Absent, Absent, 23);

    /// <summary>IPsec policy of the socket: a <c>sadb_x_policy</c>.</summary>
    public static int IP_IPSEC_POLICY => Of(16, 21, 21);

    /// <summary>IPsec policy of the socket: an <c>xfrm_userpolicy_info</c>. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int IP_XFRM_POLICY => Of(17, Absent, Absent);

    /// <summary>Received datagrams carry their security label as ancillary data. int as boolean. Linux only.</summary>
    public static int IP_PASSSEC => Of(18, Absent, Absent);

    /// <summary>Send and receive as background traffic, which yields to other traffic. int. macOS only.</summary>
    public static int IP_TRAFFIC_MGT_BACKGROUND => Of(Absent, 65, Absent);

    /// <summary>Ethernet priority in the VLAN tag, 0 to 7; -1: the priority of the interface. int. FreeBSD only.</summary>
    public static int IP_VLAN_PCP => Of(Absent, Absent, 75);

    /// <summary>Bytes of the longest packet, header included.</summary>
    public const int IP_MAXPACKET = 65535;

    /// <summary>Size of a packet that every host accepts.</summary>
    public const int IP_MSS = 576;

    /// <summary>Header, flags and fragment offset: reserved, must be zero.</summary>
    public const int IP_RF = 0x8000;

    /// <summary>Header, flags and fragment offset: don't fragment.</summary>
    public const int IP_DF = 0x4000;

    /// <summary>Header, flags and fragment offset: more fragments follow.</summary>
    public const int IP_MF = 0x2000;

    /// <summary>Header, flags and fragment offset: the bits of the offset, which counts units of 8 bytes.</summary>
    public const int IP_OFFMASK = 0x1FFF;
}
