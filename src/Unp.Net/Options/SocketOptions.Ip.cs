using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of IPv4, level IPPROTO_IP: first those of the book (figure 7.1), then those that systems have added. Multicast options are in
// SocketOptions.Multicast.cs.
public static partial class SocketOptions
{
    /// <summary>The program supplies the IPv4 header of each packet that it sends. Raw sockets only.</summary>
    /// <remarks>
    /// Off by default, but always on with IPPROTO_RAW. macOS expects length and offset in host order. (ip(7), raw(7); UNP 7.6, 28.3)
    /// </remarks>
    public static SocketOption<bool> IpHdrIncl => field ?? Of(ref field, Ip, nameof(IP_HDRINCL), static () => IP_HDRINCL, Flag);

    /// <summary>The IP options of each packet (source route...); empty: none.</summary>
    /// <remarks>At most 40 bytes, empty by default. (ip(7); UNP 7.6, 27.2)</remarks>
    public static SocketOption<byte[]> IpOptions => field ?? Of(ref field, Ip, nameof(IP_OPTIONS), static () => IP_OPTIONS, IpOptionBytes);

    /// <summary>Received datagrams carry their destination address as ancillary data.</summary>
    /// <remarks>Off by default. (ip(4); UNP 7.6, 22.2)</remarks>
    public static SocketOption<bool> IpRecvDstAddr =>
        field ?? Of(ref field, Ip, nameof(IP_RECVDSTADDR), static () => IP_RECVDSTADDR, Flag, on: OptionSystems.Bsd, instead: "IP_PKTINFO");

    /// <summary>Received datagrams carry the index of their interface as ancillary data.</summary>
    /// <remarks>Off by default. (ip(4); UNP 7.6, 22.2)</remarks>
    public static SocketOption<bool> IpRecvIf =>
        field ?? Of(ref field, Ip, nameof(IP_RECVIF), static () => IP_RECVIF, Flag, on: OptionSystems.Bsd, instead: "IP_PKTINFO");

    /// <summary>The type-of-service byte of each packet: differentiated services and congestion notification, IPTOS_*.</summary>
    /// <remarks>0 by default. On TCP sockets Linux does not change the two congestion notification bits. (ip(7); UNP 7.6)</remarks>
    public static SocketOption<int> IpTos => field ?? Of(ref field, Ip, nameof(IP_TOS), static () => IP_TOS, Int);

    /// <summary>The hop limit of each packet, 1 to 255.</summary>
    /// <remarks>64 by default (net.ipv4.ip_default_ttl); on Linux -1 restores it. (ip(7); UNP 7.6)</remarks>
    public static SocketOption<int> IpTtl => field ?? Of(ref field, Ip, nameof(IP_TTL), static () => IP_TTL, Int);

    /// <summary>Received datagrams carry their interface and destination address as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7); UNP 22.2)</remarks>
    public static SocketOption<bool> IpPktInfo =>
        field ?? Of(
            ref field, Ip, nameof(IP_PKTINFO), static () => IP_PKTINFO, Flag,
            on: OptionSystems.Linux | OptionSystems.MacOS, instead: "IP_RECVDSTADDR");

    /// <summary>Received datagrams carry their IP options as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvOpts => field ?? Of(ref field, Ip, nameof(IP_RECVOPTS), static () => IP_RECVOPTS, Flag);

    /// <summary>Like <see cref="IpRecvOpts"/>, but with the options prepared for use in a reply.</summary>
    /// <remarks>Off by default. On Linux the option has the number of IP_RETOPTS. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvRetOpts => field ?? Of(ref field, Ip, nameof(IP_RECVRETOPTS), static () => IP_RECVRETOPTS, Flag);

    /// <summary>Received datagrams carry their remaining hop count as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvTtl => field ?? Of(ref field, Ip, nameof(IP_RECVTTL), static () => IP_RECVTTL, Flag);

    /// <summary>Received datagrams carry their type of service as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvTos => field ?? Of(ref field, Ip, nameof(IP_RECVTOS), static () => IP_RECVTOS, Flag);

    /// <summary>Received datagrams carry their destination before any redirection as ancillary data.</summary>
    /// <remarks>Off by default; for transparent proxies. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvOrigDstAddr =>
        field ?? Of(
            ref field, Ip, nameof(IP_RECVORIGDSTADDR), static () => IP_RECVORIGDSTADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Datagrams that arrived in fragments carry the size of the largest fragment as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvFragSize =>
        field ?? Of(ref field, Ip, nameof(IP_RECVFRAGSIZE), static () => IP_RECVFRAGSIZE, Flag, on: OptionSystems.Linux);

    /// <summary>
    /// Errors that ICMP reports go to the error queue, which MSG_ERRQUEUE reads. An unconnected UDP socket gets them too.
    /// </summary>
    /// <remarks>Off by default. (ip(7); UNP 28.7)</remarks>
    public static SocketOption<bool> IpRecvErr =>
        field ?? Of(ref field, Ip, nameof(IP_RECVERR), static () => IP_RECVERR, Flag, on: OptionSystems.Linux);

    /// <summary>With <see cref="IpRecvErr"/>: reports where in the ICMP message its extensions start.</summary>
    /// <remarks>Linux 5.9. Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvErrRfc4884 =>
        field ?? Of(ref field, Ip, nameof(IP_RECVERR_RFC4884), static () => IP_RECVERR_RFC4884, Flag, on: OptionSystems.Linux);

    /// <summary>Received datagrams carry the checksum of their bytes as ancillary data; UDP only.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpChecksum =>
        field ?? Of(ref field, Ip, nameof(IP_CHECKSUM), static () => IP_CHECKSUM, Flag, on: OptionSystems.Linux);

    /// <summary>The currently known path MTU to the peer. Connected sockets only.</summary>
    /// <remarks>Bytes; ENOTCONN without a peer. (ip(7); UNP 2.11)</remarks>
    public static SocketOption<int> IpMtu =>
        field ?? Of(
            ref field, Ip, nameof(IP_MTU), static () => IP_MTU, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>The mode of path MTU discovery, and whether packets may be fragmented: IP_PMTUDISC_*.</summary>
    /// <remarks>
    /// IP_PMTUDISC_WANT by default, on raw sockets too; IP_PMTUDISC_DONT if net.ipv4.ip_no_pmtu_disc is set. (ip(7); UNP 2.11)
    /// </remarks>
    public static SocketOption<int> IpMtuDiscover =>
        field ?? Of(
            ref field, Ip, nameof(IP_MTU_DISCOVER), static () => IP_MTU_DISCOVER, Int,
            on: OptionSystems.Linux, instead: "IP_DONTFRAG");

    /// <summary>Sets the DF bit: a packet larger than the path MTU fails with EMSGSIZE. UDP and raw sockets.</summary>
    /// <remarks>Off by default. (ip(4))</remarks>
    public static SocketOption<bool> IpDontFrag =>
        field ?? Of(ref field, Ip, nameof(IP_DONTFRAG), static () => IP_DONTFRAG, Flag, on: OptionSystems.Bsd, instead: "IP_MTU_DISCOVER");

    /// <summary>The firewall must not reassemble the fragments that this raw socket sends.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpNoDefrag =>
        field ?? Of(ref field, Ip, nameof(IP_NODEFRAG), static () => IP_NODEFRAG, Flag, on: OptionSystems.Linux);

    /// <summary>Allows binding to an address that no interface has, or does not have yet.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpFreeBind =>
        field ?? Of(ref field, Ip, nameof(IP_FREEBIND), static () => IP_FREEBIND, Flag, on: OptionSystems.Linux, instead: "IP_BINDANY");

    /// <summary>Allows binding to foreign addresses and accepting redirected connections, for transparent proxies.</summary>
    /// <remarks>Off by default; needs CAP_NET_ADMIN. (ip(7))</remarks>
    public static SocketOption<bool> IpTransparent =>
        field ?? Of(
            ref field, Ip, nameof(IP_TRANSPARENT), static () => IP_TRANSPARENT, Flag,
            on: OptionSystems.Linux, instead: "IP_BINDANY");

    /// <summary>Allows binding to foreign addresses.</summary>
    /// <remarks>Off by default; needs PRIV_NETINET_BINDANY. (ip(4))</remarks>
    public static SocketOption<bool> IpBindAny =>
        field ?? Of(ref field, Ip, nameof(IP_BINDANY), static () => IP_BINDANY, Flag, on: OptionSystems.FreeBsd, instead: "IP_TRANSPARENT");

    /// <summary>
    /// <c>bind</c> with port 0 takes only the address; <c>connect</c> chooses the port. Connections to different peers can share one port.
    /// </summary>
    /// <remarks>Off by default. Useful for programs with very many connections from one address. (ip(7))</remarks>
    public static SocketOption<bool> IpBindAddressNoPort =>
        field ?? Of(ref field, Ip, nameof(IP_BIND_ADDRESS_NO_PORT), static () => IP_BIND_ADDRESS_NO_PORT, Flag, on: OptionSystems.Linux);

    /// <summary>The range of local ports that the kernel may choose for this socket, within net.ipv4.ip_local_port_range.</summary>
    /// <remarks>Linux 6.3. 0 and 0 (the default) select the range of the system. (ip(7))</remarks>
    public static SocketOption<PortRange> IpLocalPortRange =>
        field ?? Of(
            ref field, Ip, nameof(IP_LOCAL_PORT_RANGE), static () => IP_LOCAL_PORT_RANGE, Ports,
            on: OptionSystems.Linux, instead: "IP_PORTRANGE");

    /// <summary>The port range that the kernel chooses a local port from: IP_PORTRANGE_*.</summary>
    /// <remarks>IP_PORTRANGE_DEFAULT by default. (ip(4); UNP 2.9)</remarks>
    public static SocketOption<int> IpPortRange =>
        field ?? Of(
            ref field, Ip, nameof(IP_PORTRANGE), static () => IP_PORTRANGE, Int,
            on: OptionSystems.Bsd, instead: "IP_LOCAL_PORT_RANGE");

    /// <summary>Drops packets with a lower remaining hop count, so a distant host cannot pose as a neighbour (RFC 5082).</summary>
    /// <remarks>0 by default: nothing is dropped. (ip(7))</remarks>
    public static SocketOption<int> IpMinTtl =>
        field ?? Of(ref field, Ip, nameof(IP_MINTTL), static () => IP_MINTTL, Int, on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>This raw socket gets forwarded packets that carry the router alert option.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRouterAlert =>
        field ?? Of(ref field, Ip, nameof(IP_ROUTER_ALERT), static () => IP_ROUTER_ALERT, Flag, on: OptionSystems.Linux);

    /// <summary>Index of the interface for all outgoing packets except multicast; 0 (the default): the routing table decides.</summary>
    /// <remarks>C passes the index in network order. (ip(7))</remarks>
    public static SocketOption<uint> IpUnicastIf =>
        field ?? Of(
            ref field, Ip, nameof(IP_UNICAST_IF), static () => IP_UNICAST_IF, IndexInNetworkOrder,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>Sends and receives only through the interface with this index; 0 (the default): no restriction.</summary>
    /// <remarks>(ip(4))</remarks>
    public static SocketOption<uint> IpBoundIf =>
        field ?? Of(
            ref field, Ip, nameof(IP_BOUND_IF), static () => IP_BOUND_IF, UInt,
            on: OptionSystems.MacOS, instead: "SO_BINDTODEVICE");

    /// <summary>A raw socket receives packets without their IP header.</summary>
    /// <remarks>Off by default. (ip(4))</remarks>
    public static SocketOption<bool> IpStripHdr =>
        field ?? Of(ref field, Ip, nameof(IP_STRIPHDR), static () => IP_STRIPHDR, Flag, on: OptionSystems.MacOS);

    /// <summary>Sends a datagram for a network's broadcast address to 255.255.255.255 instead.</summary>
    /// <remarks>Off by default. (ip(4); UNP 20.2)</remarks>
    public static SocketOption<bool> IpOnesBcast =>
        field ?? Of(ref field, Ip, nameof(IP_ONESBCAST), static () => IP_ONESBCAST, Flag, on: OptionSystems.FreeBsd);

    /// <summary>Received datagrams carry their security label as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpPassSec =>
        field ?? Of(ref field, Ip, nameof(IP_PASSSEC), static () => IP_PASSSEC, Flag, on: OptionSystems.Linux);

    /// <summary>The Ethernet priority in the VLAN tag, 0 to 7; -1 (the default): the interface's priority.</summary>
    /// <remarks>(ip(4))</remarks>
    public static SocketOption<int> IpVlanPcp =>
        field ?? Of(ref field, Ip, nameof(IP_VLAN_PCP), static () => IP_VLAN_PCP, Int, on: OptionSystems.FreeBsd);

    /// <summary>The ICMP types that a raw socket does not get, one bit per type: 1 &lt;&lt; ICMP_ECHOREPLY...</summary>
    /// <remarks>0 by default: all types pass. (raw(7); UNP 28.4)</remarks>
    public static SocketOption<uint> IcmpFilter =>
        field ?? Of(ref field, Raw, nameof(ICMP_FILTER), static () => ICMP_FILTER, UInt, on: OptionSystems.Linux);
}
