namespace Unp.Net.Packets;

/// <summary>The origin of the packets of a pcapng file, or of a section of it. A pcap file states none.</summary>
public sealed class CaptureSection
{
    /// <summary>Gets the comment on the file, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Gets the hardware that captured the packets, or null.</summary>
    public string? Hardware { get; init; }

    /// <summary>Gets the operating system that captured the packets, or null.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Gets the program that wrote the file, or null.</summary>
    public string? Application { get; init; }

    internal static CaptureSection Empty { get; } = new();
}
