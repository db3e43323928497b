namespace Unp.Net.Pipelines;

/// <summary>What <see cref="LoopSocket.ReceiveFromAsync"/> has received.</summary>
/// <param name="Length">How many bytes; 0 is an empty datagram.</param>
/// <param name="From">The sender; no family at all on a connected stream.</param>
public readonly record struct ReceivedDatagram(int Length, SockAddr From);
