namespace Unp.Net;

/// <summary>
/// A value of SCTP that belongs to one association, or to one address of it: what <see cref="Libunp.Getsockopt{T}(System.Runtime.InteropServices.SafeHandle,
/// SocketOption{T}, T)"/> is asked with.
/// </summary>
public interface ISctpQuestion
{
    /// <summary>
    /// The association's id (sctp_assoc_t), which notifications and messages of a one-to-many socket bring. 0 (SCTP_FUTURE_ASSOC): the associations to
    /// come. A one-to-one socket takes no notice of it: it means the one association that it has.
    /// </summary>
    int AssociationId { get; }

    /// <summary>The address; empty where there is none to tell.</summary>
    SockAddr Address { get; }
}

/// <summary>How an SCTP association starts (<see cref="SocketOptions.SctpInitMsg"/>). 0 sets nothing: what was stays.</summary>
/// <param name="OutStreams">Streams that this side asks for to send on.</param>
/// <param name="MaxInStreams">The most streams that the peer may send on.</param>
/// <param name="MaxAttempts">How often INIT is sent.</param>
/// <param name="MaxTimeout">The longest time-out of INIT; whole milliseconds up to 65.535 seconds, rounded up.</param>
public readonly record struct SctpInitMsg(ushort OutStreams, ushort MaxInStreams = 0, ushort MaxAttempts = 0, TimeSpan MaxTimeout = default);

/// <summary>SCTP's retransmission time-out (<see cref="SocketOptions.SctpRtoInfo"/>), whole milliseconds. Zero sets nothing: what was stays.</summary>
/// <param name="Initial">What it starts with.</param>
/// <param name="Max">The most it becomes.</param>
/// <param name="Min">The least it becomes.</param>
public readonly record struct SctpRtoInfo(TimeSpan Initial, TimeSpan Max = default, TimeSpan Min = default) : ISctpQuestion
{
    /// <inheritdoc/>
    public int AssociationId { get; init; }

    SockAddr ISctpQuestion.Address => default;
}

/// <summary>Parameters of SCTP associations (<see cref="SocketOptions.SctpAssocInfo"/>). 0 sets nothing: what was stays.</summary>
/// <param name="MaxRetransmits">How often is sent again before the peer counts as gone.</param>
/// <param name="CookieLife">How long a cookie of the handshake is good; whole milliseconds, rounded up.</param>
/// <param name="PeerDestinations">Addresses that the peer has. Only read.</param>
/// <param name="PeerWindow">The peer's window, bytes. Only read.</param>
/// <param name="LocalWindow">This side's window, bytes. Only read.</param>
public readonly record struct SctpAssocInfo(
    ushort MaxRetransmits, TimeSpan CookieLife = default, ushort PeerDestinations = 0, uint PeerWindow = 0, uint LocalWindow = 0) : ISctpQuestion
{
    /// <inheritdoc/>
    public int AssociationId { get; init; }

    SockAddr ISctpQuestion.Address => default;
}

/// <summary>
/// A number of SCTP associations, <c>sctp_assoc_value</c> (<see cref="SocketOptions.SctpMaxSeg"/>, <see cref="SocketOptions.SctpMaxBurst"/>).
/// </summary>
/// <param name="Value">The number, in the option's unit.</param>
/// <param name="AssociationId">The association's id; 0: the associations to come.</param>
public readonly record struct SctpAssocValue(uint Value, int AssociationId = 0) : ISctpQuestion
{
    SockAddr ISctpQuestion.Address => default;
}

/// <summary>
/// The address of an SCTP association that is sent to first, the peer's (<see cref="SocketOptions.SctpPrimaryAddr"/>) or this side's
/// (<see cref="SocketOptions.SctpSetPeerPrimaryAddr"/>).
/// </summary>
/// <param name="Address">The IPv4 or IPv6 address with its port; empty in a question.</param>
/// <param name="AssociationId">The association's id; a one-to-one socket needs none.</param>
public readonly record struct SctpPrimaryAddr(SockAddr Address, int AssociationId = 0) : ISctpQuestion;

/// <summary>What goes with each SCTP message that is sent without telling (<see cref="SocketOptions.SctpDefaultSendParam"/>).</summary>
/// <param name="Stream">The stream, from 0.</param>
/// <param name="Modes">How it is sent: sinfo_flags.</param>
/// <param name="PayloadProtocol">
/// The payload protocol identifier, as IANA lists it (46 is Diameter). In host order here; it goes out in network order, which C leaves to the program.
/// </param>
/// <param name="Context">A number of the program's own, which comes back if the message cannot be sent.</param>
/// <param name="TimeToLive">After what time it is not worth sending any more; whole milliseconds, rounded up. Zero: it always is.</param>
/// <param name="AssociationId">The association's id; 0: the associations to come.</param>
public readonly record struct SctpDefaultSendParam(
    ushort Stream, SctpSendModes Modes = 0, uint PayloadProtocol = 0, uint Context = 0, TimeSpan TimeToLive = default, int AssociationId = 0) : ISctpQuestion
{
    SockAddr ISctpQuestion.Address => default;
}
