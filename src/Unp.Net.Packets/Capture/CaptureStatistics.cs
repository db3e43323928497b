namespace Unp.Net.Packets;

/// <summary>The counters of a capture since it was opened.</summary>
/// <param name="Received">The number of packets that passed the filter in the kernel, dropped ones included.</param>
/// <param name="Dropped">The number of packets that were dropped, because the program did not read soon enough.</param>
/// <param name="Freezes">The number of times that all blocks of the ring were full. 0 without a ring.</param>
public readonly record struct CaptureStatistics(long Received, long Dropped, long Freezes = 0);
