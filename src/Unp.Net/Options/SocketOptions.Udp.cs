using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of UDP, level IPPROTO_UDP, none of which the book has.
public static partial class SocketOptions
{
    /// <summary>Gathers all that is sent into one datagram, which leaves when this is taken off.</summary>
    /// <remarks>Off by default. (udp(7))</remarks>
    public static SocketOption<bool> UdpCork =>
        field ?? Of(ref field, Udp, nameof(UDP_CORK), static () => UDP_CORK, Flag, on: OptionSystems.Linux);

    /// <summary>What is sent at once is cut into datagrams of this many bytes.</summary>
    /// <remarks>
    /// Linux 4.18. 0 (the default): not at all; at most 65535, or EINVAL. A send fails with EINVAL if it makes more than 128 datagrams (64 before Linux 6.9),
    /// and with EMSGSIZE if it has more than 65,507 bytes (65,527 of IPv6) or the datagrams are larger than the path MTU. It fails with EIO on a route through
    /// IPsec. (udp(7))
    /// </remarks>
    public static SocketOption<int> UdpSegment =>
        field ?? Of(ref field, Udp, nameof(UDP_SEGMENT), static () => UDP_SEGMENT, OptionForms.Bytes, on: OptionSystems.Linux);

    /// <summary>Datagrams of one size may arrive glued together, with that size as ancillary data.</summary>
    /// <remarks>Linux 5.0. Off by default. (udp(7))</remarks>
    public static SocketOption<bool> UdpGro =>
        field ?? Of(ref field, Udp, nameof(UDP_GRO), static () => UDP_GRO, Flag, on: OptionSystems.Linux);

    /// <summary>Datagrams over IPv6 are sent without a checksum.</summary>
    /// <remarks>Off by default; for tunnels (RFC 6935). (udp(7))</remarks>
    public static SocketOption<bool> UdpNoCheck6Tx =>
        field ?? Of(ref field, Udp, nameof(UDP_NO_CHECK6_TX), static () => UDP_NO_CHECK6_TX, Flag, on: OptionSystems.Linux);

    /// <summary>Datagrams over IPv6 without a checksum are received.</summary>
    /// <remarks>Off by default; for tunnels (RFC 6935). (udp(7))</remarks>
    public static SocketOption<bool> UdpNoCheck6Rx =>
        field ?? Of(ref field, Udp, nameof(UDP_NO_CHECK6_RX), static () => UDP_NO_CHECK6_RX, Flag, on: OptionSystems.Linux);

    /// <summary>Datagrams over IPv4 are sent without a checksum.</summary>
    /// <remarks>Off by default. (netinet/udp.h)</remarks>
    public static SocketOption<bool> UdpNoCkSum =>
        field ?? Of(ref field, Udp, nameof(UDP_NOCKSUM), static () => UDP_NOCKSUM, Flag, on: OptionSystems.MacOS, instead: "SO_NO_CHECK");

    /// <summary>The kernel takes encapsulated packets out of the datagrams: UDP_ENCAP_*.</summary>
    /// <remarks>0 (the default): it does not. (udp(7))</remarks>
    public static SocketOption<int> UdpEncap =>
        field ?? Of(ref field, Udp, nameof(UDP_ENCAP), static () => UDP_ENCAP, Int, on: OptionSystems.Linux | OptionSystems.FreeBsd);
}
