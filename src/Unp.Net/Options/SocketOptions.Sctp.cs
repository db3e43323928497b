using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.SctpForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of SCTP, level IPPROTO_SCTP: first those of the book (figure 7.2). macOS has no SCTP.
public static partial class SocketOptions
{
    /// <summary>A number that tells the peer about the layer above SCTP. The two programs agree on its meaning.</summary>
    /// <remarks>0 by default. The book has it under its former name, SCTP_ADAPTION_LAYER. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<uint> SctpAdaptationLayer =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ADAPTATION_LAYER), static () => SCTP_ADAPTATION_LAYER, UInt,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Parameters of an association: the maximum of retransmissions, the lifetime of the cookie.</summary>
    /// <remarks>
    /// Applies to future associations, or to the one with the id <c>AssociationId</c>. 10 retransmissions and 60 seconds by default.
    /// (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpAssocInfo> SctpAssocInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ASSOCINFO), static () => SCTP_ASSOCINFO, AssocInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The idle time after which an association is closed. One-to-many sockets only.</summary>
    /// <remarks>Whole seconds, rounded up. Zero (the default): never. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<TimeSpan> SctpAutoClose =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_AUTOCLOSE), static () => SCTP_AUTOCLOSE, Seconds,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Default parameters of a sent message: stream, flags, payload protocol, lifetime.</summary>
    /// <remarks>
    /// Applies to future associations, or to the one with the id <c>AssociationId</c> of the value or of the question. Stream 0 and no
    /// other settings by default. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpDefaultSendParam> SctpDefaultSendParam =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_DEFAULT_SEND_PARAM), static () => SCTP_DEFAULT_SEND_PARAM, SendParam,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Disables fragmentation: a message that does not fit into one packet fails with EMSGSIZE.</summary>
    /// <remarks>Off by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<bool> SctpDisableFragments =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_DISABLE_FRAGMENTS), static () => SCTP_DISABLE_FRAGMENTS, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The events that are reported with messages or between them.</summary>
    /// <remarks>
    /// None by default. Setting the option turns off each event that the value does not contain. An event that this kernel does not know
    /// fails with
    /// EINVAL. (sctp(7), RFC 6458; UNP 7.10, 9.14)
    /// </remarks>
    public static SocketOption<SctpEvents> SctpEvents =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_EVENTS), static () => SCTP_EVENTS, Events,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The condition of one peer address: reachability, congestion window, times, path MTU.</summary>
    /// <remarks>
    /// The question needs <c>Address</c>, a peer address with its port, and on a one-to-many socket <c>AssociationId</c>. Without a
    /// question it fails with EINVAL. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPeerAddrInfo> SctpGetPeerAddrInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_GET_PEER_ADDR_INFO), static () => SCTP_GET_PEER_ADDR_INFO, PeerAddrInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>An IPv6 socket reports IPv4 peers as IPv4-mapped addresses.</summary>
    /// <remarks>On by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<bool> SctpIWantMappedV4Addr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_I_WANT_MAPPED_V4_ADDR), static () => SCTP_I_WANT_MAPPED_V4_ADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How future associations start: streams, attempts, time-out.</summary>
    /// <remarks>10 outgoing streams by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<SctpInitMsg> SctpInitMsg =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_INITMSG), static () => SCTP_INITMSG, InitMsg,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The maximum number of packets that may be sent in one burst.</summary>
    /// <remarks>
    /// Applies to future associations, or to the one with the id <c>AssociationId</c>. 4 by default. The book has it under its former name,
    /// SCTP_MAXBURST. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpAssocValue> SctpMaxBurst =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_MAX_BURST), static () => SCTP_MAX_BURST, AssocValue,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The maximum number of bytes of a message in one packet.</summary>
    /// <remarks>
    /// Applies to future associations, or to the one with the id <c>AssociationId</c>. 0 (the default): the path MTU decides. (sctp(7), RFC
    /// 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpAssocValue> SctpMaxSeg =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_MAXSEG), static () => SCTP_MAXSEG, AssocValue,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Sends small messages at once, without Nagle's algorithm.</summary>
    /// <remarks>Off by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<bool> SctpNoDelay =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_NODELAY), static () => SCTP_NODELAY, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How a peer address is monitored: heartbeats, retransmissions, path MTU, delay of acknowledgements.</summary>
    /// <remarks>
    /// Applies to the address <c>Address</c>, or to all addresses of the association <c>AssociationId</c>, or without both to future
    /// associations. The same holds for a question. Defaults: a heartbeat every 30 seconds, 5 retransmissions, path MTU discovery, 0.2
    /// seconds of delay. The flow label and the code point exist since Linux 4.19; older kernels refuse to set them. (sctp(7), RFC 6458;
    /// UNP 7.10, 23.9)
    /// </remarks>
    public static SocketOption<SctpPeerAddrParams> SctpPeerAddrParams =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_PEER_ADDR_PARAMS), static () => SCTP_PEER_ADDR_PARAMS, PeerAddrParams,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The primary address: the peer address that messages are sent to by default.</summary>
    /// <remarks>
    /// On a one-to-many socket the question needs <c>AssociationId</c>. The value to set needs a peer address with its port. Without an
    /// association it fails with EINVAL. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPrimaryAddr> SctpPrimaryAddr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_PRIMARY_ADDR), static () => SCTP_PRIMARY_ADDR, PrimaryAddr,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The bounds of the retransmission time-out.</summary>
    /// <remarks>
    /// Applies to future associations, or to the one with the id <c>AssociationId</c>. 3 seconds initially, then 1 to 60 seconds by
    /// default. (sctp(7), RFC 6458; UNP 7.10, 23.11)
    /// </remarks>
    public static SocketOption<SctpRtoInfo> SctpRtoInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_RTOINFO), static () => SCTP_RTOINFO, RtoInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Asks the peer to use this address as its primary address. It must be an address of this side.</summary>
    /// <remarks>
    /// A one-to-many socket needs <c>AssociationId</c>. Fails with EPERM if one side does not support address changes; on Linux the sysctl
    /// net.sctp.addip_enable turns them on. (sctp(7), RFC 5061, RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPrimaryAddr> SctpSetPeerPrimaryAddr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_SET_PEER_PRIMARY_ADDR), static () => SCTP_SET_PEER_PRIMARY_ADDR, PeerPrimaryAddr,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.WriteOnly);

    /// <summary>The condition of an association: state, windows, streams, primary address.</summary>
    /// <remarks>
    /// On a one-to-many socket the question needs <c>AssociationId</c>. Without an association it fails with EINVAL. (sctp(7), RFC 6458;
    /// UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpStatus> SctpStatus =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_STATUS), static () => SCTP_STATUS, Status,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);
}
