namespace Unp.Net.Packets;

/// <summary>Reads the packets of a pcapng file. Blocks without packets, interfaces or counters are skipped by their length.</summary>
sealed partial class PcapNgParser : CaptureParser
{
    /// <summary>A block may have this much more than its packet: its other fields and its options.</summary>
    const int MaxOverhead = 64 * 1024;

    /// <summary>The greatest sum of the interface blocks of a section, because the reader keeps their contents.</summary>
    const int MaxInterfaceBytes = 4 << 20;

    readonly List<CaptureInterface> interfaces = [];
    readonly long maxBlockLength;
    FileByteOrder order;
    CaptureSection section = CaptureSection.Empty;
    int interfaceBytes;

    // The block that is being skipped: its length (0: none), its offset, and how much of it is left before the length at its end.
    uint skippedLength;
    long skippedOffset, leftToSkip;

    /// <summary>Reads the first section header, whose first 4 bytes are available.</summary>
    public PcapNgParser(CaptureBuffer buffer, string? path, int maxRecordLength)
        : base(buffer, path, maxRecordLength)
    {
        maxBlockLength = (long)maxRecordLength + MaxOverhead;
        if (!TryGetBlock(out _, out ReadOnlySpan<byte> block))
            throw Wrong($"the file ends after {buffer.Available.Length} bytes, inside the section header of pcapng");
        BeginSection(block);
        buffer.Consume(block.Length);
    }

    public override CaptureFileFormat Format => CaptureFileFormat.PcapNg;

    public override CaptureSection Section => section;

    public override IReadOnlyList<CaptureInterface> Interfaces => interfaces;

    public override long Offset => skippedLength == 0 ? base.Offset : skippedOffset;

    public override bool IsInsideRecord => skippedLength != 0 || base.IsInsideRecord;

    /// <summary>Returns whether 4 bytes begin a pcapng file.</summary>
    public static bool IsFile(ReadOnlySpan<byte> bytes) => default(FileByteOrder).UInt32(bytes) == PcapNg.SectionHeader;

    protected override bool TryReadNext(out CaptureRecord record)
    {
        record = default;
        while (TryGetBlock(out uint type, out ReadOnlySpan<byte> block))
        {
            switch (type)
            {
                case PcapNg.EnhancedPacket:
                    record = EnhancedPacket(block);
                    break;
                case PcapNg.SimplePacket:
                    record = SimplePacket(block);
                    break;
                case PcapNg.OldPacket:
                    record = OldPacket(block);
                    break;
                case PcapNg.SectionHeader:
                    BeginSection(block);
                    break;
                case PcapNg.InterfaceDescription:
                    AddInterface(block);
                    break;
                default:
                    SetStatistics(block);
                    break;
            }
            if (record.Interface is not null)
            {
                Keep(block.Length);
                return true;
            }
            Buffer.Consume(block.Length);
        }
        return false;
    }

    /// <summary>Returns the next block of a type that is read, and skips the others. The block is not consumed.</summary>
    bool TryGetBlock(out uint type, out ReadOnlySpan<byte> block)
    {
        type = 0;
        block = default;
        while (TrySkip() && Buffer.TryFill(PcapNg.MinBlockLength))
        {
            type = order.UInt32(Buffer.Available);
            if (type == PcapNg.SectionHeader)
                order = OrderOf(Buffer.Available[PcapNg.BlockHeaderLength..]);
            uint length = order.UInt32(Buffer.Available[4..]);
            if (length < PcapNg.MinBlockLength || length % 4 != 0)
                throw Wrong($"the length of the block is {length}, not a multiple of 4 that is {PcapNg.MinBlockLength} or more");
            if (type is not (PcapNg.SectionHeader or PcapNg.InterfaceDescription or PcapNg.EnhancedPacket
                or PcapNg.SimplePacket or PcapNg.OldPacket or PcapNg.InterfaceStatistics))
            {
                skippedLength = length;
                skippedOffset = Buffer.Offset;
                leftToSkip = length - PcapNg.BlockTrailerLength;
                continue;
            }
            if (length > maxBlockLength)
                throw Wrong($"the block has {length} bytes, more than the limit of {maxBlockLength}");
            if (!Buffer.TryFill((int)length))
                return false;
            block = Buffer.Available[..(int)length];
            CheckTrailer(length, block[^PcapNg.BlockTrailerLength..]);
            return true;
        }
        return false;
    }

    /// <summary>Skips the rest of a block that is not read.</summary>
    /// <returns>False if the stream ended before.</returns>
    bool TrySkip()
    {
        if (skippedLength == 0)
            return true;
        leftToSkip -= Buffer.Skip(leftToSkip);
        if (leftToSkip > 0 || !Buffer.TryFill(PcapNg.BlockTrailerLength))
            return false;
        CheckTrailer(skippedLength, Buffer.Available);
        Buffer.Consume(PcapNg.BlockTrailerLength);
        skippedLength = 0;
        return true;
    }

    void CheckTrailer(uint length, ReadOnlySpan<byte> trailer)
    {
        if (order.UInt32(trailer) != length)
            throw Wrong($"the length of the block is {length} at its start and {order.UInt32(trailer)} at its end");
    }

    FileByteOrder OrderOf(ReadOnlySpan<byte> magic)
    {
        foreach (FileByteOrder one in (ReadOnlySpan<FileByteOrder>)[new(false), new(true)])
        {
            if (one.UInt32(magic) == PcapNg.ByteOrderMagic)
                return one;
        }
        throw Wrong($"the byte-order magic of the section is {new FileByteOrder(true).UInt32(magic):x8}, not 1a2b3c4d in some order");
    }
}
