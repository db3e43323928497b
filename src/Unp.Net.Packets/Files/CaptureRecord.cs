namespace Unp.Net.Packets;

/// <summary>A packet of a capture file. It is valid until the next read.</summary>
public readonly ref struct CaptureRecord
{
    internal CaptureRecord(CaptureInterface source, ReadOnlySpan<byte> data, int wireLength)
    {
        Interface = source;
        Data = data[..source.Cut(data.Length)];
        WireLength = Math.Max(wireLength, data.Length);
    }

    /// <summary>Gets the interface.</summary>
    public CaptureInterface Interface { get; }

    /// <summary>Gets the captured bytes. A record with more bytes than the snap length is cut to it, as by tcpdump.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>
    /// Gets the length of the packet on the wire in bytes. It is at least the captured length, even if the file states less.
    /// </summary>
    public int WireLength { get; }

    /// <summary>Gets when the packet was captured, or null for a simple packet block, which has no time.</summary>
    public PacketTime? Time { get; init; }

    /// <summary>Gets the options of the packet; none in a pcap file.</summary>
    public BlockOptions Options { get; init; }

    /// <summary>Gets the offset of the record in the file, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>Gets the header that the packet begins with.</summary>
    public LinkType LinkType => Interface.LinkType;

    /// <summary>Gets the first comment, or null. Each use creates a string.</summary>
    public string? Comment => Options.Text(PcapNg.Comment);

    /// <summary>Gets direction, reception and errors; 0 if the file does not state them.</summary>
    public RecordFlags Flags => new((uint)(Options.Number(PcapNg.Flags) ?? 0));

    /// <summary>Decodes the headers.</summary>
    public Packet Decode() => Packet.Decode(Data, LinkType, WireLength);

    /// <summary>Returns the time and the lengths.</summary>
    public override string ToString() => $"{Time}: {Data.Length} of {WireLength} bytes";
}
