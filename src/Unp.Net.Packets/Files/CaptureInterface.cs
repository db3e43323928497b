namespace Unp.Net.Packets;

/// <summary>
/// An interface whose packets are in a capture file. A pcap file has one, of which only link type, snap length and FCS are known.
/// </summary>
public sealed class CaptureInterface
{
    /// <summary>The snap length of tcpdump and Wireshark, which cuts no packet in practice: 262,144 bytes.</summary>
    public const int DefaultSnapLength = 262_144;

    /// <summary>The greatest FCS length, whose bits fit into the byte of pcapng.</summary>
    const int MaxFcsLength = byte.MaxValue / 8;

    /// <summary>Gets the header that the packets begin with.</summary>
    public LinkType LinkType { get; init; } = LinkType.Ethernet;

    /// <summary>Gets the greatest number of bytes of a packet that the capture keeps; 0: no limit.</summary>
    public int SnapLength { get; init; } = DefaultSnapLength;

    /// <summary>Gets the length of the frame check sequence at the end of each packet, in bytes; null: unknown.</summary>
    public int? FcsLength { get; init; }

    /// <summary>Gets the name, or null: <c>eth0</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the filter that chose the packets, or null: <c>tcp port 80</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Gets the operating system of the host of the interface, or null.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Gets the hardware of the interface, or null.</summary>
    public string? Hardware { get; init; }

    /// <summary>Gets the speed in bits per second, or null.</summary>
    public ulong? Speed { get; init; }

    /// <summary>Gets the counters of the last statistics block that was read, or null. They usually stand at the end of a file.</summary>
    public InterfaceStatistics? Statistics { get; internal set; }

    /// <summary>
    /// Gets the unit and the origin of the times in the file. They are already applied to <see cref="CaptureRecord.Time"/>.
    /// </summary>
    internal TimestampUnit Unit { get; init; } = TimestampUnit.Microseconds;

    /// <summary>Returns the name and the link type.</summary>
    public override string ToString() => Name is null ? $"{LinkType}" : $"{Name} ({LinkType})";

    /// <summary>Returns how many of some captured bytes the snap length permits.</summary>
    internal int Cut(int length) => SnapLength == 0 ? length : Math.Min(length, SnapLength);

    /// <summary>Checks what both formats limit.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        if ((int)LinkType is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"The link type is {(int)LinkType}. It must be 0 to {ushort.MaxValue}.");
        if (SnapLength < 0)
            throw new ArgumentException($"The snap length is {SnapLength}. It must not be negative.");
        if (FcsLength is < 0 or > MaxFcsLength)
            throw new ArgumentException($"The FCS length is {FcsLength}. It must be 0 to {MaxFcsLength}.");
    }
}
