using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of IPv4, level IPPROTO_IP: those of the book's figure 7.1, then what systems have added. Multicast has a file of its own.
public static partial class SocketOptions
{
    /// <summary>The program makes the IPv4 header of what it sends itself; raw sockets only.</summary>
    /// <remarks>
    /// Off by default, on by itself with IPPROTO_RAW. macOS wants length and offset in host order. (ip(7), raw(7); UNP 7.6, 28.3)
    /// </remarks>
    public static SocketOption<bool> IpHdrIncl => field ?? Of(ref field, Ip, nameof(IP_HDRINCL), static () => IP_HDRINCL, Flag);

    /// <summary>The IP options that each packet carries (source route...); no bytes: none.</summary>
    /// <remarks>At most 40 bytes, none by default. (ip(7); UNP 7.6, 27.2)</remarks>
    public static SocketOption<byte[]> IpOptions => field ?? Of(ref field, Ip, nameof(IP_OPTIONS), static () => IP_OPTIONS, IpOptionBytes);

    /// <summary>Datagrams bring their destination address as ancillary data.</summary>
    /// <remarks>Off by default. (ip(4); UNP 7.6, 22.2)</remarks>
    public static SocketOption<bool> IpRecvDstAddr =>
        field ?? Of(ref field, Ip, nameof(IP_RECVDSTADDR), static () => IP_RECVDSTADDR, Flag, on: OptionSystems.Bsd, instead: "IP_PKTINFO");

    /// <summary>Datagrams bring the interface they came in by as ancillary data.</summary>
    /// <remarks>Off by default. (ip(4); UNP 7.6, 22.2)</remarks>
    public static SocketOption<bool> IpRecvIf =>
        field ?? Of(ref field, Ip, nameof(IP_RECVIF), static () => IP_RECVIF, Flag, on: OptionSystems.Bsd, instead: "IP_PKTINFO");

    /// <summary>The type-of-service byte of each packet: differentiated services and congestion notification, IPTOS_*.</summary>
    /// <remarks>0 by default. On TCP Linux leaves the two bits of congestion notification alone. (ip(7); UNP 7.6)</remarks>
    public static SocketOption<int> IpTos => field ?? Of(ref field, Ip, nameof(IP_TOS), static () => IP_TOS, Int);

    /// <summary>How many hops each packet may travel, 1 to 255.</summary>
    /// <remarks>64 by default (net.ipv4.ip_default_ttl); on Linux -1 goes back to that. (ip(7); UNP 7.6)</remarks>
    public static SocketOption<int> IpTtl => field ?? Of(ref field, Ip, nameof(IP_TTL), static () => IP_TTL, Int);

    /// <summary>Datagrams bring interface and destination address as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7); UNP 22.2)</remarks>
    public static SocketOption<bool> IpPktInfo =>
        field ?? Of(
            ref field, Ip, nameof(IP_PKTINFO), static () => IP_PKTINFO, Flag,
            on: OptionSystems.Linux | OptionSystems.MacOS, instead: "IP_RECVDSTADDR");

    /// <summary>Datagrams bring their IP options as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvOpts => field ?? Of(ref field, Ip, nameof(IP_RECVOPTS), static () => IP_RECVOPTS, Flag);

    /// <summary>As <see cref="IpRecvOpts"/>, made ready for an answer.</summary>
    /// <remarks>Off by default; Linux has it under the number of IP_RETOPTS. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvRetOpts => field ?? Of(ref field, Ip, nameof(IP_RECVRETOPTS), static () => IP_RECVRETOPTS, Flag);

    /// <summary>Datagrams bring the hops they had left as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvTtl => field ?? Of(ref field, Ip, nameof(IP_RECVTTL), static () => IP_RECVTTL, Flag);

    /// <summary>Datagrams bring their type of service as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvTos => field ?? Of(ref field, Ip, nameof(IP_RECVTOS), static () => IP_RECVTOS, Flag);

    /// <summary>Datagrams bring the destination they had before they were redirected, as ancillary data.</summary>
    /// <remarks>Off by default; for transparent proxies. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvOrigDstAddr =>
        field ?? Of(
            ref field, Ip, nameof(IP_RECVORIGDSTADDR), static () => IP_RECVORIGDSTADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Datagrams that came in fragments bring the size of the largest as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvFragSize =>
        field ?? Of(ref field, Ip, nameof(IP_RECVFRAGSIZE), static () => IP_RECVFRAGSIZE, Flag, on: OptionSystems.Linux);

    /// <summary>
    /// Errors that ICMP reports go to the error queue, to be read with MSG_ERRQUEUE; an unconnected UDP socket gets them too.
    /// </summary>
    /// <remarks>Off by default. (ip(7); UNP 28.7)</remarks>
    public static SocketOption<bool> IpRecvErr =>
        field ?? Of(ref field, Ip, nameof(IP_RECVERR), static () => IP_RECVERR, Flag, on: OptionSystems.Linux);

    /// <summary>With <see cref="IpRecvErr"/>: where in the ICMP message its extensions start.</summary>
    /// <remarks>Linux 5.9. Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRecvErrRfc4884 =>
        field ?? Of(ref field, Ip, nameof(IP_RECVERR_RFC4884), static () => IP_RECVERR_RFC4884, Flag, on: OptionSystems.Linux);

    /// <summary>Datagrams bring the sum over their bytes as ancillary data; UDP only.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpChecksum =>
        field ?? Of(ref field, Ip, nameof(IP_CHECKSUM), static () => IP_CHECKSUM, Flag, on: OptionSystems.Linux);

    /// <summary>The path MTU to the peer, as far as it is known. Connected sockets only.</summary>
    /// <remarks>Bytes; ENOTCONN without a peer. (ip(7); UNP 2.11)</remarks>
    public static SocketOption<int> IpMtu =>
        field ?? Of(
            ref field, Ip, nameof(IP_MTU), static () => IP_MTU, OptionForms.Bytes,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly);

    /// <summary>What path MTU discovery does, and whether packets may be fragmented: IP_PMTUDISC_*.</summary>
    /// <remarks>IP_PMTUDISC_WANT by default, on raw sockets too; IP_PMTUDISC_DONT if net.ipv4.ip_no_pmtu_disc is set. (ip(7); UNP 2.11)</remarks>
    public static SocketOption<int> IpMtuDiscover =>
        field ?? Of(
            ref field, Ip, nameof(IP_MTU_DISCOVER), static () => IP_MTU_DISCOVER, Int,
            on: OptionSystems.Linux, instead: "IP_DONTFRAG");

    /// <summary>Sets the DF bit: what is larger than the path MTU fails with EMSGSIZE. UDP and raw sockets.</summary>
    /// <remarks>Off by default. (ip(4))</remarks>
    public static SocketOption<bool> IpDontFrag =>
        field ?? Of(ref field, Ip, nameof(IP_DONTFRAG), static () => IP_DONTFRAG, Flag, on: OptionSystems.Bsd, instead: "IP_MTU_DISCOVER");

    /// <summary>The firewall may not put together the fragments that this raw socket sends.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpNoDefrag =>
        field ?? Of(ref field, Ip, nameof(IP_NODEFRAG), static () => IP_NODEFRAG, Flag, on: OptionSystems.Linux);

    /// <summary>Binds to an address that no interface has, or not yet.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpFreeBind =>
        field ?? Of(ref field, Ip, nameof(IP_FREEBIND), static () => IP_FREEBIND, Flag, on: OptionSystems.Linux, instead: "IP_BINDANY");

    /// <summary>Binds to foreign addresses, and takes connections that were redirected here: for transparent proxies.</summary>
    /// <remarks>Off by default; needs CAP_NET_ADMIN. (ip(7))</remarks>
    public static SocketOption<bool> IpTransparent =>
        field ?? Of(
            ref field, Ip, nameof(IP_TRANSPARENT), static () => IP_TRANSPARENT, Flag,
            on: OptionSystems.Linux, instead: "IP_BINDANY");

    /// <summary>Binds to foreign addresses.</summary>
    /// <remarks>Off by default; needs PRIV_NETINET_BINDANY. (ip(4))</remarks>
    public static SocketOption<bool> IpBindAny =>
        field ?? Of(ref field, Ip, nameof(IP_BINDANY), static () => IP_BINDANY, Flag, on: OptionSystems.FreeBsd, instead: "IP_TRANSPARENT");

    /// <summary>
    /// <c>bind</c> with port 0 takes the address alone; <c>connect</c> chooses the port, which connections to different peers can share.
    /// </summary>
    /// <remarks>Off by default. For programs with very many connections from one address. (ip(7))</remarks>
    public static SocketOption<bool> IpBindAddressNoPort =>
        field ?? Of(ref field, Ip, nameof(IP_BIND_ADDRESS_NO_PORT), static () => IP_BIND_ADDRESS_NO_PORT, Flag, on: OptionSystems.Linux);

    /// <summary>The ports that the kernel chooses from for this socket, within net.ipv4.ip_local_port_range.</summary>
    /// <remarks>Linux 6.3. 0 and 0 (the default): as the system is set. (ip(7))</remarks>
    public static SocketOption<PortRange> IpLocalPortRange =>
        field ?? Of(
            ref field, Ip, nameof(IP_LOCAL_PORT_RANGE), static () => IP_LOCAL_PORT_RANGE, Ports,
            on: OptionSystems.Linux, instead: "IP_PORTRANGE");

    /// <summary>Which range the kernel chooses a port from: IP_PORTRANGE_*.</summary>
    /// <remarks>IP_PORTRANGE_DEFAULT by default. (ip(4); UNP 2.9)</remarks>
    public static SocketOption<int> IpPortRange =>
        field ?? Of(
            ref field, Ip, nameof(IP_PORTRANGE), static () => IP_PORTRANGE, Int,
            on: OptionSystems.Bsd, instead: "IP_LOCAL_PORT_RANGE");

    /// <summary>Drops what arrives with fewer hops left, so that a peer next door can't be feigned from afar. (RFC 5082)</summary>
    /// <remarks>0 by default: nothing is dropped. (ip(7))</remarks>
    public static SocketOption<int> IpMinTtl =>
        field ?? Of(ref field, Ip, nameof(IP_MINTTL), static () => IP_MINTTL, Int, on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>This raw socket gets the packets to be forwarded that carry the router alert option.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpRouterAlert =>
        field ?? Of(ref field, Ip, nameof(IP_ROUTER_ALERT), static () => IP_ROUTER_ALERT, Flag, on: OptionSystems.Linux);

    /// <summary>Index of the interface by which all but multicast is sent; 0 (the default): as the routes say.</summary>
    /// <remarks>C has it in network order. (ip(7))</remarks>
    public static SocketOption<uint> IpUnicastIf =>
        field ?? Of(
            ref field, Ip, nameof(IP_UNICAST_IF), static () => IP_UNICAST_IF, IndexInNetworkOrder,
            on: OptionSystems.Linux, instead: "IP_BOUND_IF");

    /// <summary>Sends and receives by the interface with this index only; 0 (the default) undoes it.</summary>
    /// <remarks>(ip(4))</remarks>
    public static SocketOption<uint> IpBoundIf =>
        field ?? Of(
            ref field, Ip, nameof(IP_BOUND_IF), static () => IP_BOUND_IF, UInt,
            on: OptionSystems.MacOS, instead: "SO_BINDTODEVICE");

    /// <summary>What a raw socket receives comes without the IP header.</summary>
    /// <remarks>Off by default. (ip(4))</remarks>
    public static SocketOption<bool> IpStripHdr =>
        field ?? Of(ref field, Ip, nameof(IP_STRIPHDR), static () => IP_STRIPHDR, Flag, on: OptionSystems.MacOS);

    /// <summary>A datagram to the broadcast address of an interface's network goes out to 255.255.255.255.</summary>
    /// <remarks>Off by default. (ip(4); UNP 20.2)</remarks>
    public static SocketOption<bool> IpOnesBcast =>
        field ?? Of(ref field, Ip, nameof(IP_ONESBCAST), static () => IP_ONESBCAST, Flag, on: OptionSystems.FreeBsd);

    /// <summary>Datagrams bring their security label as ancillary data.</summary>
    /// <remarks>Off by default. (ip(7))</remarks>
    public static SocketOption<bool> IpPassSec =>
        field ?? Of(ref field, Ip, nameof(IP_PASSSEC), static () => IP_PASSSEC, Flag, on: OptionSystems.Linux);

    /// <summary>Ethernet priority in the VLAN tag, 0 to 7; -1 (the default): the interface's.</summary>
    /// <remarks>(ip(4))</remarks>
    public static SocketOption<int> IpVlanPcp =>
        field ?? Of(ref field, Ip, nameof(IP_VLAN_PCP), static () => IP_VLAN_PCP, Int, on: OptionSystems.FreeBsd);

    /// <summary>Which ICMP types a raw socket does not get: a bit for each, 1 &lt;&lt; ICMP_ECHOREPLY...</summary>
    /// <remarks>0 by default: all get through. (raw(7); UNP 28.4)</remarks>
    public static SocketOption<uint> IcmpFilter =>
        field ?? Of(ref field, Raw, nameof(ICMP_FILTER), static () => ICMP_FILTER, UInt, on: OptionSystems.Linux);
}
