namespace Unp.Net;

/// <summary>When a packet was received or sent, by SO_TIMESTAMPING. What was not asked for, or cannot be had, is 0. Linux.</summary>
/// <param name="Software">By the kernel, CLOCK_REALTIME.</param>
/// <param name="Hardware">By the network card's own clock.</param>
public readonly record struct SocketTimestamps(timespec Software, timespec Hardware);
