namespace Unp.Net.Packets;

/// <summary>Reads the packets of a pcap file.</summary>
sealed class PcapParser : CaptureParser
{
    readonly FileByteOrder order;
    readonly CaptureInterface source;
    readonly int headerLength, nanosecondsPerUnit;
    readonly bool hasSwappedLengths;

    /// <summary>Reads the file header, whose first 4 bytes are available.</summary>
    public PcapParser(CaptureBuffer buffer, string? path, int maxRecordLength)
        : base(buffer, path, maxRecordLength)
    {
        IsFile(buffer.Available, out order, out uint magic);
        if (!buffer.TryFill(Pcap.FileHeaderLength))
            throw Wrong($"the file has {buffer.Available.Length} bytes, fewer than the {Pcap.FileHeaderLength} of the header of pcap");
        ReadOnlySpan<byte> header = buffer.Available;
        ushort major = order.UInt16(header[4..]), minor = order.UInt16(header[6..]);
        if (major != Pcap.MajorVersion)
            throw Wrong($"the version of pcap is {major}.{minor}, and only 2.0 to 2.4 are known");
        hasSwappedLengths = minor < Pcap.MinorVersion;
        headerLength = magic == Pcap.ModifiedMagic ? Pcap.ModifiedRecordHeaderLength : Pcap.RecordHeaderLength;
        nanosecondsPerUnit = magic == Pcap.NanosecondMagic ? 1 : Pcap.NanosecondsPerMicrosecond;
        uint link = order.UInt32(header[20..]);
        source = new CaptureInterface
        {
            SnapLength = (int)Math.Min(order.UInt32(header[16..]), int.MaxValue),
            LinkType = (LinkType)(link & Pcap.LinkTypeMask),
            FcsLength = (link & Pcap.FcsKnown) == 0 ? null : (int)(link >> Pcap.FcsShift) * Pcap.FcsUnit,
        };
        Interfaces = [source];
        buffer.Consume(Pcap.FileHeaderLength);
    }

    public override CaptureFileFormat Format => CaptureFileFormat.Pcap;

    public override CaptureSection Section => CaptureSection.Empty;

    public override IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <summary>Returns whether 4 bytes are the magic number of a pcap file.</summary>
    public static bool IsFile(ReadOnlySpan<byte> bytes, out FileByteOrder order, out uint magic)
    {
        order = new FileByteOrder(bytes[0] == Pcap.MicrosecondMagic >> 24);
        magic = order.UInt32(bytes);
        return magic is Pcap.MicrosecondMagic or Pcap.NanosecondMagic or Pcap.ModifiedMagic;
    }

    protected override bool TryReadNext(out CaptureRecord record)
    {
        record = default;
        if (!Buffer.TryFill(headerLength))
            return false;
        ReadOnlySpan<byte> header = Buffer.Available;
        uint captured = order.UInt32(header[8..]), wire = order.UInt32(header[12..]);

        // The writers of versions before 2.4 disagreed about the order of the lengths.
        if (hasSwappedLengths && captured > wire)
            (captured, wire) = (wire, captured);
        CheckLengths(captured, wire);
        int length = headerLength + (int)captured;
        if (!Buffer.TryFill(length))
            return false;
        ReadOnlySpan<byte> bytes = Buffer.Available[..length];
        long seconds = order.UInt32(bytes), units = order.UInt32(bytes[4..]);
        record = new CaptureRecord(source, bytes[headerLength..], (int)wire)
        {
            Time = new PacketTime(seconds * PacketTime.NanosecondsPerSecond + units * nanosecondsPerUnit),
            Offset = Buffer.Offset,
        };
        Keep(length);
        return true;
    }
}
