using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of IPv4 and of single IPv4 packets, level IPPROTO_IP. (ip(7); ip(4) on the BSDs) Multicast has a file of its own.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The options that each packet carries (source route...), as bytes of their headers; no bytes: none.</summary>
    public static int IP_OPTIONS => Of(4, 1, 1);

    /// <summary>
    /// The program makes the IPv4 header itself. int as boolean, raw sockets only. macOS wants length and offset in host order.
    /// </summary>
    public static int IP_HDRINCL => Of(3, 2, 2);

    /// <summary>
    /// The byte of type of service that each packet carries: differentiated services and congestion notification, IPTOS_*. int; also as
    /// ancillary data.
    /// </summary>
    public static int IP_TOS => Of(1, 3, 3);

    /// <summary>
    /// How many hops a packet may live, 1 to 255. int; also as ancillary data. Linux puts the arrived one into this type, see
    /// <see cref="IP_RECVTTL"/>.
    /// </summary>
    public static int IP_TTL => Of(2, 4, 4);

    /// <summary>Datagrams bring their IP options as ancillary data. int as boolean.</summary>
    public static int IP_RECVOPTS => Of(6, 5, 5);

    /// <summary>
    /// As <see cref="IP_RECVOPTS"/>, ready to be sent back: source routes reversed. Linux: int as boolean. The BSDs have only the ancillary
    /// data.
    /// </summary>
    public static int IP_RETOPTS => Of(7, 8, 8);

    /// <summary>Datagrams bring the options for an answer. int as boolean; on Linux the number of <see cref="IP_RETOPTS"/>.</summary>
    public static int IP_RECVRETOPTS => Of(7, 6, 6);

    /// <summary>TCP: the ancillary data of the connection's first packet. Read only. Linux only.</summary>
    public static int IP_PKTOPTIONS => Of(9, Absent, Absent);

    /// <summary>
    /// Datagrams bring an <c>in_pktinfo</c>: interface and destination address; sent along, it picks both. int as boolean. Not on FreeBSD.
    /// </summary>
    public static int IP_PKTINFO => Of(8, 26, Absent);

    /// <summary>As <see cref="IP_PKTINFO"/>, its number. macOS only.</summary>
    public static int IP_RECVPKTINFO => Of(Absent, 26, Absent);

    /// <summary>Datagrams bring their destination address, an <c>in_addr</c>, as ancillary data. int as boolean. Not on Linux.</summary>
    public static int IP_RECVDSTADDR => Of(Absent, 7, 7);

    /// <summary>
    /// Ancillary data to send: the source address, an <c>in_addr</c>. The number of <see cref="IP_RECVDSTADDR"/>. FreeBSD only.
    /// </summary>
    public static int IP_SENDSRCADDR => Of(Absent, Absent, 7);

    /// <summary>
    /// Datagrams bring the interface they came in by, a <c>sockaddr_dl</c>, as ancillary data. int as boolean. Not on Linux.
    /// </summary>
    public static int IP_RECVIF => Of(Absent, 20, 20);

    /// <summary>
    /// Datagrams bring their TTL as ancillary data: an int of type <see cref="IP_TTL"/> on Linux, a byte of this type on the BSDs. int as
    /// boolean.
    /// </summary>
    public static int IP_RECVTTL => Of(12, 24, 65);

    /// <summary>
    /// Datagrams bring their type of service as ancillary data: a byte of type <see cref="IP_TOS"/> on Linux, of this type on the BSDs. int
    /// as boolean.
    /// </summary>
    public static int IP_RECVTOS => Of(13, 27, 68);

    /// <summary>
    /// Datagrams bring their destination before it was redirected, a <c>sockaddr_in</c>, as ancillary data. int as boolean. Not on macOS.
    /// </summary>
    public static int IP_RECVORIGDSTADDR => Of(20, Absent, 27);

    /// <summary>The type of that ancillary data: the number of <see cref="IP_RECVORIGDSTADDR"/>. Not on macOS.</summary>
    public static int IP_ORIGDSTADDR => Of(20, Absent, 27);

    /// <summary>
    /// Datagrams that came in fragments bring the size of the largest, an int, as ancillary data. int as boolean. Linux only.
    /// </summary>
    public static int IP_RECVFRAGSIZE => Of(25, Absent, Absent);

    /// <summary>UDP: datagrams bring the sum over their bytes as ancillary data. int as boolean. Linux only.</summary>
    public static int IP_CHECKSUM => Of(23, Absent, Absent);

    /// <summary>
    /// Errors that ICMP reports go to the error queue, for <see cref="MSG_ERRQUEUE"/>, with a <c>sock_extended_err</c>. int as boolean.
    /// Linux only.
    /// </summary>
    public static int IP_RECVERR => Of(11, Absent, Absent);

    /// <summary>
    /// With <see cref="IP_RECVERR"/>: also where the extensions of the ICMP message start. (RFC 4884) int as boolean. Linux only.
    /// </summary>
    public static int IP_RECVERR_RFC4884 => Of(26, Absent, Absent);

    /// <summary>Path MTU to the connected peer, bytes. Read only. Linux only.</summary>
    public static int IP_MTU => Of(14, Absent, Absent);

    /// <summary>Whether packets may be fragmented, and what path MTU discovery does: IP_PMTUDISC_*. int. Linux only.</summary>
    public static int IP_MTU_DISCOVER => Of(10, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: fragment, never set the DF bit. Linux only.</summary>
    public static int IP_PMTUDISC_DONT => Of(0, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: find the path MTU, fragment what exceeds it. The default. Linux only.</summary>
    public static int IP_PMTUDISC_WANT => Of(1, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: set the DF bit; what exceeds the path MTU fails with EMSGSIZE. Linux only.</summary>
    public static int IP_PMTUDISC_DO => Of(2, Absent, Absent);

    /// <summary>
    /// For <see cref="IP_MTU_DISCOVER"/>: set the DF bit but send what exceeds the path MTU too, to probe it. Linux only.
    /// </summary>
    public static int IP_PMTUDISC_PROBE => Of(3, Absent, Absent);

    /// <summary>For <see cref="IP_MTU_DISCOVER"/>: use the interface's MTU, believe no ICMP; what exceeds it fails. Linux only.</summary>
    public static int IP_PMTUDISC_INTERFACE => Of(4, Absent, Absent);

    /// <summary>
    /// For <see cref="IP_MTU_DISCOVER"/>: use the interface's MTU, believe no ICMP; what exceeds it is fragmented. Linux only.
    /// </summary>
    public static int IP_PMTUDISC_OMIT => Of(5, Absent, Absent);

    /// <summary>Set the DF bit. int as boolean, not for TCP. Not on Linux.</summary>
    public static int IP_DONTFRAG => Of(Absent, 28, 67);

    /// <summary>The firewall may not reassemble this raw socket's fragments. int as boolean. Linux only.</summary>
    public static int IP_NODEFRAG => Of(22, Absent, Absent);

    /// <summary><c>bind</c> takes an address that no interface has (yet). int as boolean. Linux only.</summary>
    public static int IP_FREEBIND => Of(15, Absent, Absent);

    /// <summary>
    /// <c>bind</c> takes a foreign address, and redirected connections are accepted: for transparent proxies. Needs CAP_NET_ADMIN. int as
    /// boolean. Linux only.
    /// </summary>
    public static int IP_TRANSPARENT => Of(19, Absent, Absent);

    /// <summary>
    /// <c>bind</c> takes a foreign address, and redirected connections are accepted. Needs privilege. int as boolean. FreeBSD only.
    /// </summary>
    public static int IP_BINDANY => Of(Absent, Absent, 24);

    /// <summary>
    /// <c>bind</c> with port 0 takes the address only; <c>connect</c> chooses the port, which more connections can share. int as boolean.
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

    /// <summary>Drop what arrives with a lower TTL. (RFC 5082) int. Not on macOS.</summary>
    public static int IP_MINTTL => Of(21, Absent, 66);

    /// <summary>Which ICMP types get through to this raw socket: an <c>icmp_filter</c>. Level <see cref="SOL_RAW"/>. Linux only.</summary>
    public static int ICMP_FILTER => Of(1, Absent, Absent);

    /// <summary>This raw socket gets the packets to forward that carry the router alert option. int as boolean. Linux only.</summary>
    public static int IP_ROUTER_ALERT => Of(5, Absent, Absent);

    /// <summary>Send by the interface with this index, in network order, unless to multicast; 0 undoes it. int. Linux only.</summary>
    public static int IP_UNICAST_IF => Of(50, Absent, Absent);

    /// <summary>Only through the interface with this index; 0 undoes it. int. macOS only.</summary>
    public static int IP_BOUND_IF => Of(Absent, 25, Absent);

    /// <summary>A raw socket's packets arrive without IP header. int as boolean. macOS only.</summary>
    public static int IP_STRIPHDR => Of(Absent, 23, Absent);

    /// <summary>
    /// A datagram to the broadcast address of an interface's network goes to 255.255.255.255. int as boolean. FreeBSD only.
    /// </summary>
    public static int IP_ONESBCAST => Of(Absent, Absent, 23);

    /// <summary>IPsec policy of the socket: a <c>sadb_x_policy</c>.</summary>
    public static int IP_IPSEC_POLICY => Of(16, 21, 21);

    /// <summary>IPsec policy of the socket: an <c>xfrm_userpolicy_info</c>. Needs CAP_NET_ADMIN. Linux only.</summary>
    public static int IP_XFRM_POLICY => Of(17, Absent, Absent);

    /// <summary>Datagrams bring their security label as ancillary data. int as boolean. Linux only.</summary>
    public static int IP_PASSSEC => Of(18, Absent, Absent);

    /// <summary>Send and receive as background traffic, which gives way. int. macOS only.</summary>
    public static int IP_TRAFFIC_MGT_BACKGROUND => Of(Absent, 65, Absent);

    /// <summary>Ethernet priority in the VLAN tag, 0 to 7; -1: the interface's. int. FreeBSD only.</summary>
    public static int IP_VLAN_PCP => Of(Absent, Absent, 75);

    /// <summary>Bytes of the longest packet, header included.</summary>
    public const int IP_MAXPACKET = 65535;

    /// <summary>Bytes of a packet that every host takes.</summary>
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
