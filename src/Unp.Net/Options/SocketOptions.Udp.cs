using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of UDP, level IPPROTO_UDP. The book has none of them.
public static partial class SocketOptions
{
    /// <summary>Collects all sent data in one datagram, which is sent when the option is turned off.</summary>
    /// <remarks>Off by default. (udp(7))</remarks>
    public static SocketOption<bool> UdpCork =>
        field ?? Of(ref field, Udp, nameof(UDP_CORK), static () => UDP_CORK, Flag, on: OptionSystems.Linux);

    /// <summary>Splits the data of each send into datagrams of this many bytes.</summary>
    /// <remarks>
    /// Linux 4.18. 0 (the default): no splitting; more than 65535 fails with EINVAL. A send fails with EINVAL if it makes more than 128
    /// datagrams (64 before Linux 6.9). It fails with EMSGSIZE if it has more than 65,507 bytes (65,527 of IPv6) or the datagrams are
    /// larger than the path MTU. It fails with EIO on a route through IPsec. (udp(7))
    /// </remarks>
    public static SocketOption<int> UdpSegment =>
        field ?? Of(ref field, Udp, nameof(UDP_SEGMENT), static () => UDP_SEGMENT, OptionForms.Bytes, on: OptionSystems.Linux);

    /// <summary>One receive may return several datagrams of the same size joined together, with that size as ancillary data.</summary>
    /// <remarks>Linux 5.0. Off by default. (udp(7))</remarks>
    public static SocketOption<bool> UdpGro =>
        field ?? Of(ref field, Udp, nameof(UDP_GRO), static () => UDP_GRO, Flag, on: OptionSystems.Linux);

    /// <summary>Sends datagrams over IPv6 without a checksum.</summary>
    /// <remarks>Off by default; for tunnels (RFC 6935). (udp(7))</remarks>
    public static SocketOption<bool> UdpNoCheck6Tx =>
        field ?? Of(ref field, Udp, nameof(UDP_NO_CHECK6_TX), static () => UDP_NO_CHECK6_TX, Flag, on: OptionSystems.Linux);

    /// <summary>Receives datagrams over IPv6 without a checksum.</summary>
    /// <remarks>Off by default; for tunnels (RFC 6935). (udp(7))</remarks>
    public static SocketOption<bool> UdpNoCheck6Rx =>
        field ?? Of(ref field, Udp, nameof(UDP_NO_CHECK6_RX), static () => UDP_NO_CHECK6_RX, Flag, on: OptionSystems.Linux);

    /// <summary>Sends datagrams over IPv4 without a checksum.</summary>
    /// <remarks>Off by default. (netinet/udp.h)</remarks>
    public static SocketOption<bool> UdpNoCkSum =>
        field ?? Of(ref field, Udp, nameof(UDP_NOCKSUM), static () => UDP_NOCKSUM, Flag, on: OptionSystems.MacOS, instead: "SO_NO_CHECK");

    /// <summary>The kernel extracts encapsulated packets from the datagrams: UDP_ENCAP_*.</summary>
    /// <remarks>0 (the default): off. (udp(7))</remarks>
    public static SocketOption<int> UdpEncap =>
        field ?? Of(ref field, Udp, nameof(UDP_ENCAP), static () => UDP_ENCAP, Int, on: OptionSystems.Linux | OptionSystems.FreeBsd);
}
