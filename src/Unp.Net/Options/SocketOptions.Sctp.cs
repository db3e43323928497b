using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.SctpForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of SCTP, level IPPROTO_SCTP: those of the book's figure 7.2. macOS has no SCTP.
public static partial class SocketOptions
{
    /// <summary>What this side tells the peer about the layer above, a number of their own.</summary>
    /// <remarks>0 by default. The book's SCTP_ADAPTION_LAYER, by its name of today. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<uint> SctpAdaptationLayer =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ADAPTATION_LAYER), static () => SCTP_ADAPTATION_LAYER, UInt,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Parameters of an association: retransmissions, life of the cookie.</summary>
    /// <remarks>Of the associations to come, or of the one whose <c>AssociationId</c> is told. 10 and 60 seconds by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<SctpAssocInfo> SctpAssocInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ASSOCINFO), static () => SCTP_ASSOCINFO, AssocInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How long an association may be idle before it is closed; one-to-many sockets only.</summary>
    /// <remarks>Whole seconds, rounded up. Zero (the default): for ever. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<TimeSpan> SctpAutoClose =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_AUTOCLOSE), static () => SCTP_AUTOCLOSE, Seconds,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>What goes with each message that is sent without telling: stream, flags, payload protocol, life.</summary>
    /// <remarks>
    /// Of the associations to come, or of the one whose <c>AssociationId</c> is told, in the value or in the question. Stream 0 and nothing else by
    /// default. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpDefaultSendParam> SctpDefaultSendParam =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_DEFAULT_SEND_PARAM), static () => SCTP_DEFAULT_SEND_PARAM, SendParam,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>A message that does not fit into one packet fails with EMSGSIZE.</summary>
    /// <remarks>Off by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<bool> SctpDisableFragments =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_DISABLE_FRAGMENTS), static () => SCTP_DISABLE_FRAGMENTS, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>What is told along with messages and between them.</summary>
    /// <remarks>
    /// Nothing by default. An event that is not among them is turned off; one that this kernel does not know is EINVAL. (sctp(7), RFC 6458;
    /// book 7.10, 9.14)
    /// </remarks>
    public static SocketOption<SctpEvents> SctpEvents =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_EVENTS), static () => SCTP_EVENTS, Events,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How an address of the peer does: whether it can be reached, congestion window, times, path MTU.</summary>
    /// <remarks>
    /// Asked with <c>Address</c>, an address of the peer with its port, and on a one-to-many socket with <c>AssociationId</c>; without a question it is
    /// EINVAL. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPeerAddrInfo> SctpGetPeerAddrInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_GET_PEER_ADDR_INFO), static () => SCTP_GET_PEER_ADDR_INFO, PeerAddrInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);

    /// <summary>An IPv6 socket shows IPv4 peers by IPv4-mapped addresses.</summary>
    /// <remarks>On by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<bool> SctpIWantMappedV4Addr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_I_WANT_MAPPED_V4_ADDR), static () => SCTP_I_WANT_MAPPED_V4_ADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How the associations to come start: streams, attempts, time-out.</summary>
    /// <remarks>10 streams to send on by default. (sctp(7), RFC 6458; UNP 7.10)</remarks>
    public static SocketOption<SctpInitMsg> SctpInitMsg =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_INITMSG), static () => SCTP_INITMSG, InitMsg,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Packets that may leave at once.</summary>
    /// <remarks>
    /// Of the associations to come, or of the one whose <c>AssociationId</c> is told. 4 by default. The book's SCTP_MAXBURST, by its name of today. (sctp(7),
    /// RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpAssocValue> SctpMaxBurst =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_MAX_BURST), static () => SCTP_MAX_BURST, AssocValue,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The most bytes of a message in one packet.</summary>
    /// <remarks>
    /// Of the associations to come, or of the one whose <c>AssociationId</c> is told. 0 (the default): as the path MTU allows. (sctp(7), RFC 6458; UNP 7.10)
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

    /// <summary>How an address of the peer is watched: heartbeats, retransmissions, path MTU, delay of acknowledgements.</summary>
    /// <remarks>
    /// Of the address that <c>Address</c> tells, of all addresses of the association that <c>AssociationId</c> tells, or with neither of the associations
    /// to come; in the value as in the question. A heartbeat every 30 seconds, 5 retransmissions, the path MTU looked for, and 0.2 seconds of delay by
    /// default. Linux has a flow label and a code point in it since 4.19, and older kernels refuse to set it. (sctp(7), RFC 6458; UNP 7.10, 23.9)
    /// </remarks>
    public static SocketOption<SctpPeerAddrParams> SctpPeerAddrParams =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_PEER_ADDR_PARAMS), static () => SCTP_PEER_ADDR_PARAMS, PeerAddrParams,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The address of the peer that is sent to first.</summary>
    /// <remarks>
    /// Asked with <c>AssociationId</c> on a one-to-many socket; to set it takes an address of the peer with its port. Without an association it is EINVAL.
    /// (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPrimaryAddr> SctpPrimaryAddr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_PRIMARY_ADDR), static () => SCTP_PRIMARY_ADDR, PrimaryAddr,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The bounds of the retransmission time-out.</summary>
    /// <remarks>
    /// Of the associations to come, or of the one whose <c>AssociationId</c> is told. 3 seconds at first, 1 to 60 seconds by default. (sctp(7), RFC 6458; UNP 7.10,
    /// 23.11)
    /// </remarks>
    public static SocketOption<SctpRtoInfo> SctpRtoInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_RTOINFO), static () => SCTP_RTOINFO, RtoInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Asks the peer to send to this address first, which must be one of this side.</summary>
    /// <remarks>
    /// With <c>AssociationId</c> on a one-to-many socket. EPERM if one of both sides does not change addresses; Linux does with the sysctl
    /// net.sctp.addip_enable. (sctp(7), RFC 5061, RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpPrimaryAddr> SctpSetPeerPrimaryAddr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_SET_PEER_PRIMARY_ADDR), static () => SCTP_SET_PEER_PRIMARY_ADDR, PeerPrimaryAddr,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.WriteOnly);

    /// <summary>How an association does: its state, windows, streams, primary address.</summary>
    /// <remarks>
    /// Asked with <c>AssociationId</c> on a one-to-many socket. Without an association it is EINVAL. (sctp(7), RFC 6458; UNP 7.10)
    /// </remarks>
    public static SocketOption<SctpStatus> SctpStatus =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_STATUS), static () => SCTP_STATUS, Status,
            on: OptionSystems.Linux | OptionSystems.FreeBsd, access: OptionAccess.ReadOnly);
}
