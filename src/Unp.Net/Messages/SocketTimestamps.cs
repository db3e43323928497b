namespace Unp.Net;

/// <summary>
/// The times at which a packet was received or sent, from SO_TIMESTAMPING. A time that was not requested or is not available is 0. Linux.
/// </summary>
/// <param name="Software">The time of the kernel, in CLOCK_REALTIME.</param>
/// <param name="Hardware">The time of the network card, in its own clock.</param>
public readonly record struct SocketTimestamps(timespec Software, timespec Hardware);
