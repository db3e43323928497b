namespace Unp.Net;

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
public readonly record struct SctpRtoInfo(TimeSpan Initial, TimeSpan Max = default, TimeSpan Min = default);

/// <summary>Parameters of SCTP associations (<see cref="SocketOptions.SctpAssocInfo"/>). 0 sets nothing: what was stays.</summary>
/// <param name="MaxRetransmits">How often is sent again before the peer counts as gone.</param>
/// <param name="CookieLife">How long a cookie of the handshake is good; whole milliseconds, rounded up.</param>
/// <param name="PeerDestinations">Addresses that the peer has. Only read.</param>
/// <param name="PeerWindow">The peer's window, bytes. Only read.</param>
/// <param name="LocalWindow">This side's window, bytes. Only read.</param>
public readonly record struct SctpAssocInfo(
    ushort MaxRetransmits, TimeSpan CookieLife = default, ushort PeerDestinations = 0, uint PeerWindow = 0, uint LocalWindow = 0);
