namespace Unp.Net.Packets;

/// <summary>The counters of an interface in a pcapng file. A counter that the capturing program did not know is null.</summary>
public sealed record InterfaceStatistics
{
    /// <summary>Gets when the counters were read.</summary>
    public PacketTime Time { get; init; }

    /// <summary>Gets when the capture began, or null.</summary>
    public PacketTime? Start { get; init; }

    /// <summary>Gets when the capture ended, or null.</summary>
    public PacketTime? End { get; init; }

    /// <summary>Gets the number of packets that the interface received, or null.</summary>
    public ulong? Received { get; init; }

    /// <summary>Gets the number of packets that the interface dropped for lack of resources, or null.</summary>
    public ulong? DroppedByInterface { get; init; }

    /// <summary>Gets the number of packets that the filter accepted, or null.</summary>
    public ulong? Accepted { get; init; }

    /// <summary>Gets the number of accepted packets that the operating system dropped, or null.</summary>
    public ulong? DroppedBySystem { get; init; }

    /// <summary>Gets the number of packets that the capturing program got, or null.</summary>
    public ulong? Delivered { get; init; }
}
