using static Unp.Net.Libc;
using static Unp.Net.OptionForms;
using static Unp.Net.SctpForms;
using static Unp.Net.TimeForms;

namespace Unp.Net;

// Options of SCTP, level IPPROTO_SCTP: those of the book's figure 7.2 that the socket has as a whole. macOS has no SCTP.
public static partial class SocketOptions
{
    /// <summary>What this side tells the peer about the layer above, a number of their own.</summary>
    /// <remarks>0 by default. The book's SCTP_ADAPTION_LAYER, by its name of today. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<uint> SctpAdaptationLayer =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ADAPTATION_LAYER), static () => SCTP_ADAPTATION_LAYER, UInt,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Parameters of the associations to come: retransmissions, life of the cookie.</summary>
    /// <remarks>10 and 60 seconds by default. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<SctpAssocInfo> SctpAssocInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_ASSOCINFO), static () => SCTP_ASSOCINFO, AssocInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How long an association may be idle before it is closed; one-to-many sockets only.</summary>
    /// <remarks>Whole seconds, rounded up. Zero (the default): for ever. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<TimeSpan> SctpAutoClose =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_AUTOCLOSE), static () => SCTP_AUTOCLOSE, Seconds,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>A message that does not fit into one packet fails with EMSGSIZE.</summary>
    /// <remarks>Off by default. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<bool> SctpDisableFragments =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_DISABLE_FRAGMENTS), static () => SCTP_DISABLE_FRAGMENTS, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>An IPv6 socket shows IPv4 peers by IPv4-mapped addresses.</summary>
    /// <remarks>On by default. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<bool> SctpIWantMappedV4Addr =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_I_WANT_MAPPED_V4_ADDR), static () => SCTP_I_WANT_MAPPED_V4_ADDR, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>How the associations to come start: streams, attempts, time-out.</summary>
    /// <remarks>10 streams to send on by default. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<SctpInitMsg> SctpInitMsg =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_INITMSG), static () => SCTP_INITMSG, InitMsg,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Packets that may leave at once; of the associations to come.</summary>
    /// <remarks>4 by default. The book's SCTP_MAXBURST, by its name of today. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<uint> SctpMaxBurst =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_MAX_BURST), static () => SCTP_MAX_BURST, AssociationValue,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The most bytes of a message in one packet; of the associations to come.</summary>
    /// <remarks>0 (the default): as the path MTU allows. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<uint> SctpMaxSeg =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_MAXSEG), static () => SCTP_MAXSEG, AssociationValue,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>Sends small messages at once, without Nagle's algorithm.</summary>
    /// <remarks>Off by default. (sctp(7), RFC 6458; book 7.10)</remarks>
    public static SocketOption<bool> SctpNoDelay =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_NODELAY), static () => SCTP_NODELAY, Flag,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);

    /// <summary>The bounds of the retransmission time-out, of the associations to come.</summary>
    /// <remarks>3 seconds at first, 1 to 60 seconds by default. (sctp(7), RFC 6458; book 7.10, 23.11)</remarks>
    public static SocketOption<SctpRtoInfo> SctpRtoInfo =>
        field ?? Of(
            ref field, Sctp, nameof(SCTP_RTOINFO), static () => SCTP_RTOINFO, RtoInfo,
            on: OptionSystems.Linux | OptionSystems.FreeBsd);
}
