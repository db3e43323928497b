namespace Unp.Net;

/// <summary>
/// An SCTP value that belongs to one association or to one of its addresses. It is the question of
/// <see cref="Libunp.Getsockopt{T}(System.Runtime.InteropServices.SafeHandle, SocketOption{T}, T)"/>.
/// </summary>
public interface ISctpQuestion
{
    /// <summary>
    /// Gets the association's id (sctp_assoc_t), as in the notifications and messages of a one-to-many socket. 0 (SCTP_FUTURE_ASSOC) means
    /// future associations. A one-to-one socket ignores it, because it has only one association.
    /// </summary>
    int AssociationId { get; }

    /// <summary>Gets the address; empty if the value has none.</summary>
    SockAddr Address { get; }
}

/// <summary>
/// Parameters for the start of SCTP associations (<see cref="SocketOptions.SctpInitMsg"/>). Setting the option leaves a value unchanged if
/// its member is 0.
/// </summary>
/// <param name="OutStreams">The number of outgoing streams to request.</param>
/// <param name="MaxInStreams">The maximum number of incoming streams.</param>
/// <param name="MaxAttempts">The maximum number of times that INIT is sent.</param>
/// <param name="MaxTimeout">The longest time-out of INIT; whole milliseconds up to 65.535 seconds, rounded up.</param>
public readonly record struct SctpInitMsg(
    ushort OutStreams, ushort MaxInStreams = 0, ushort MaxAttempts = 0, TimeSpan MaxTimeout = default);

/// <summary>
/// The bounds of SCTP's retransmission time-out (<see cref="SocketOptions.SctpRtoInfo"/>), in whole milliseconds. Setting the option leaves
/// a value unchanged if its member is zero.
/// </summary>
/// <param name="Initial">The initial time-out.</param>
/// <param name="Max">The maximum.</param>
/// <param name="Min">The minimum.</param>
public readonly record struct SctpRtoInfo(TimeSpan Initial, TimeSpan Max = default, TimeSpan Min = default) : ISctpQuestion
{
    /// <inheritdoc/>
    public int AssociationId { get; init; }

    SockAddr ISctpQuestion.Address => default;
}

/// <summary>
/// Parameters of SCTP associations (<see cref="SocketOptions.SctpAssocInfo"/>). Setting the option leaves a value unchanged if its member
/// is 0.
/// </summary>
/// <param name="MaxRetransmits">Number of failed retransmissions after which the peer is unreachable.</param>
/// <param name="CookieLife">The lifetime of a handshake cookie; whole milliseconds, rounded up.</param>
/// <param name="PeerDestinations">Number of the peer's addresses. Read only.</param>
/// <param name="PeerWindow">The peer's window in bytes. Read only.</param>
/// <param name="LocalWindow">This side's window in bytes. Read only.</param>
public readonly record struct SctpAssocInfo(
    ushort MaxRetransmits,
    TimeSpan CookieLife = default,
    ushort PeerDestinations = 0,
    uint PeerWindow = 0,
    uint LocalWindow = 0) : ISctpQuestion
{
    /// <inheritdoc/>
    public int AssociationId { get; init; }

    SockAddr ISctpQuestion.Address => default;
}

/// <summary>
/// A numeric parameter of SCTP associations, <c>sctp_assoc_value</c> (<see cref="SocketOptions.SctpMaxSeg"/>,
/// <see cref="SocketOptions.SctpMaxBurst"/>).
/// </summary>
/// <param name="Value">The number, in the option's unit.</param>
/// <param name="AssociationId">The association's id; 0: future associations.</param>
public readonly record struct SctpAssocValue(uint Value, int AssociationId = 0) : ISctpQuestion
{
    SockAddr ISctpQuestion.Address => default;
}

/// <summary>
/// A primary address of an SCTP association: the peer's (<see cref="SocketOptions.SctpPrimaryAddr"/>) or this side's
/// (<see cref="SocketOptions.SctpSetPeerPrimaryAddr"/>).
/// </summary>
/// <param name="Address">The IPv4 or IPv6 address with its port; empty in a question to <c>Getsockopt</c>.</param>
/// <param name="AssociationId">The association's id; a one-to-one socket needs none.</param>
public readonly record struct SctpPrimaryAddr(SockAddr Address, int AssociationId = 0) : ISctpQuestion;

/// <summary>Default parameters of sent SCTP messages (<see cref="SocketOptions.SctpDefaultSendParam"/>).</summary>
/// <param name="Stream">The stream, from 0.</param>
/// <param name="Modes">The flags for sending, sinfo_flags.</param>
/// <param name="PayloadProtocol">
/// The payload protocol identifier, as IANA lists it (46 is Diameter). In host order here; it is sent in network order. A C program must
/// convert it itself.
/// </param>
/// <param name="Context">A number chosen by the program, which is returned if the message cannot be sent.</param>
/// <param name="TimeToLive">The time after which an unsent message is discarded; whole milliseconds, rounded up. Zero: never.</param>
/// <param name="AssociationId">The association's id; 0: future associations.</param>
public readonly record struct SctpDefaultSendParam(
    ushort Stream,
    SctpSendModes Modes = 0,
    uint PayloadProtocol = 0,
    uint Context = 0,
    TimeSpan TimeToLive = default,
    int AssociationId = 0) : ISctpQuestion
{
    SockAddr ISctpQuestion.Address => default;
}
