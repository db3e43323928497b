using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of UDP, level IPPROTO_UDP. (udp(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Collect sent data in one datagram, which is sent when the option is turned off. int as boolean. Linux only.</summary>
    public static int UDP_CORK => Of(1, Absent, Absent);

    /// <summary>
    /// The data of each send is split into datagrams of this many bytes. int; as ancillary data unsigned short. Linux only.
    /// </summary>
    public static int UDP_SEGMENT => Of(103, Absent, Absent);

    /// <summary>
    /// One receive may return several datagrams of the same size joined together, with that size, an int, as ancillary data. int as
    /// boolean. Linux only.
    /// </summary>
    public static int UDP_GRO => Of(104, Absent, Absent);

    /// <summary>Datagrams over IPv6 are sent without a checksum. int as boolean. Linux only.</summary>
    public static int UDP_NO_CHECK6_TX => Of(101, Absent, Absent);

    /// <summary>Datagrams over IPv6 without a checksum are received. int as boolean. Linux only.</summary>
    public static int UDP_NO_CHECK6_RX => Of(102, Absent, Absent);

    /// <summary>Datagrams are sent without a checksum. int as boolean. macOS only.</summary>
    public static int UDP_NOCKSUM => Of(Absent, 1, Absent);

    /// <summary>The kernel extracts encapsulated packets from the datagrams: UDP_ENCAP_*. int. Not on macOS.</summary>
    public static int UDP_ENCAP => Of(100, Absent, 1);

    /// <summary>For <see cref="UDP_ENCAP"/>: IPsec, by the first drafts. Linux has removed it. Not on macOS.</summary>
    public static int UDP_ENCAP_ESPINUDP_NON_IKE => Of(1, Absent, 1);

    /// <summary>For <see cref="UDP_ENCAP"/>: IPsec. (RFC 3948) Not on macOS.</summary>
    public static int UDP_ENCAP_ESPINUDP => Of(2, Absent, 2);

    /// <summary>For <see cref="UDP_ENCAP"/>: L2TP. (RFC 2661) Linux only.</summary>
    public static int UDP_ENCAP_L2TPINUDP => Of(3, Absent, Absent);

    /// <summary>For <see cref="UDP_ENCAP"/>: the tunnel of mobile networks, version 0. Linux only.</summary>
    public static int UDP_ENCAP_GTP0 => Of(4, Absent, Absent);

    /// <summary>For <see cref="UDP_ENCAP"/>: the tunnel of mobile networks, version 1. Linux only.</summary>
    public static int UDP_ENCAP_GTP1U => Of(5, Absent, Absent);

    /// <summary>For <see cref="UDP_ENCAP"/>: the remote calls of AFS. Linux only.</summary>
    public static int UDP_ENCAP_RXRPC => Of(6, Absent, Absent);
}
