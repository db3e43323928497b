namespace Unp.Net.Packets;

/// <summary>The contents of each block.</summary>
sealed partial class PcapNgParser
{
    const int SectionFieldsLength = 16;
    const int InterfaceFieldsLength = 8;
    const int EnhancedFieldsLength = 20; // also those of the old packet block
    const int SimpleFieldsLength = 4;
    const int StatisticsFieldsLength = 12;
    const int BitsPerByte = 8;

    void BeginSection(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, SectionFieldsLength, "section header");
        ushort major = order.UInt16(body[4..]);
        if (major != PcapNg.MajorVersion)
            throw Wrong($"the version of pcapng is {major}.{order.UInt16(body[6..])}, and only 1 is known");
        var options = new BlockOptions(body[SectionFieldsLength..], order);
        section = new CaptureSection
        {
            Comment = options.Text(PcapNg.Comment),
            Hardware = options.Text(PcapNg.SectionHardware),
            OperatingSystem = options.Text(PcapNg.SectionSystem),
            Application = options.Text(PcapNg.SectionApplication),
        };
        interfaces.Clear();
        interfaceBytes = 0;
    }

    void AddInterface(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, InterfaceFieldsLength, "interface description");
        if (interfaceBytes + block.Length > MaxInterfaceBytes)
            throw Wrong($"the descriptions of the section's interfaces have more than {MaxInterfaceBytes} bytes");
        interfaceBytes += block.Length;
        var options = new BlockOptions(body[InterfaceFieldsLength..], order);
        const byte DefaultResolution = 6;
        bool hasResolution = options.TryGet(PcapNg.TimeResolution, out BlockOption option) && option.Value.Length == 1;
        byte resolution = hasResolution ? option.Value[0] : DefaultResolution;
        interfaces.Add(new CaptureInterface
        {
            LinkType = (LinkType)order.UInt16(body),
            SnapLength = (int)Math.Min(order.UInt32(body[4..]), int.MaxValue),
            FcsLength = FcsLength(options),
            Name = options.Text(PcapNg.Name),
            Description = options.Text(PcapNg.Description),
            Filter = FilterText(options),
            OperatingSystem = options.Text(PcapNg.System),
            Hardware = options.Text(PcapNg.Hardware),
            Speed = options.Number(PcapNg.Speed),
            Unit = new TimestampUnit(resolution, (long)(options.Number(PcapNg.TimeOffset) ?? 0)),
        });
    }

    /// <summary>The format has bits, but some programs write bytes. No check sequence has fewer bits than a byte.</summary>
    static int? FcsLength(BlockOptions options)
    {
        if (options.Number(PcapNg.FcsLength) is not { } length)
            return null;
        return (int)Math.Min(length < BitsPerByte ? length : length / BitsPerByte, int.MaxValue);
    }

    /// <summary>The first byte is 0 for a text. Other values stand for programs.</summary>
    static string? FilterText(BlockOptions options) =>
        options.TryGet(PcapNg.Filter, out BlockOption filter) && filter.Value is [0, ..] ? filter.TextFrom(1) : null;

    CaptureRecord EnhancedPacket(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, EnhancedFieldsLength, "enhanced packet");
        return TimedPacket(body, InterfaceOf(order.UInt32(body)));
    }

    /// <summary>The old block has an interface number of 16 bits, and the number of packets that were dropped before.</summary>
    CaptureRecord OldPacket(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, EnhancedFieldsLength, "packet");
        return TimedPacket(body, InterfaceOf(order.UInt16(body)));
    }

    CaptureRecord TimedPacket(ReadOnlySpan<byte> body, CaptureInterface source)
    {
        uint captured = order.UInt32(body[12..]), wire = order.UInt32(body[16..]);
        ReadOnlySpan<byte> data = Data(body[EnhancedFieldsLength..], captured, wire);
        int padded = Math.Min(PcapNg.Padded((int)captured), body.Length - EnhancedFieldsLength);
        return new CaptureRecord(source, data, (int)wire)
        {
            Time = Time(source, ((ulong)order.UInt32(body[4..]) << 32) | order.UInt32(body[8..])),
            Options = new BlockOptions(body[(EnhancedFieldsLength + padded)..], order),
            Offset = Buffer.Offset,
        };
    }

    /// <summary>The block states only the length on the wire. The snap length of the first interface limits the captured one.</summary>
    CaptureRecord SimplePacket(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, SimpleFieldsLength, "simple packet");
        CaptureInterface source = InterfaceOf(0);
        uint wire = order.UInt32(body);
        uint captured = source.SnapLength == 0 ? wire : Math.Min(wire, (uint)source.SnapLength);
        return new CaptureRecord(source, Data(body[SimpleFieldsLength..], captured, wire), (int)wire) { Offset = Buffer.Offset };
    }

    ReadOnlySpan<byte> Data(ReadOnlySpan<byte> rest, uint captured, uint wire)
    {
        CheckLengths(captured, wire);
        if (captured > rest.Length)
            throw Wrong($"the packet has {captured} captured bytes, and its block only {rest.Length}");
        return rest[..(int)captured];
    }

    void SetStatistics(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> body = Body(block, StatisticsFieldsLength, "interface statistics");
        CaptureInterface source = InterfaceOf(order.UInt32(body));
        var options = new BlockOptions(body[StatisticsFieldsLength..], order);
        source.Statistics = new InterfaceStatistics
        {
            Time = Time(source, ((ulong)order.UInt32(body[4..]) << 32) | order.UInt32(body[8..])),
            Start = Time(source, options, PcapNg.StartTime),
            End = Time(source, options, PcapNg.EndTime),
            Received = options.Number(PcapNg.Received),
            DroppedByInterface = options.Number(PcapNg.DroppedByInterface),
            Accepted = options.Number(PcapNg.Accepted),
            DroppedBySystem = options.Number(PcapNg.DroppedBySystem),
            Delivered = options.Number(PcapNg.Delivered),
        };
    }

    ReadOnlySpan<byte> Body(ReadOnlySpan<byte> block, int fieldsLength, string name)
    {
        ReadOnlySpan<byte> body = block[PcapNg.BlockHeaderLength..^PcapNg.BlockTrailerLength];
        if (body.Length < fieldsLength)
            throw Wrong($"the {name} block has {body.Length} bytes, fewer than its {fieldsLength} bytes of fields");
        return body;
    }

    CaptureInterface InterfaceOf(uint id) =>
        id < interfaces.Count ? interfaces[(int)id]
            : throw Wrong($"the block names interface {id}, and the section has described {interfaces.Count} so far");

    PacketTime Time(CaptureInterface source, ulong ticks) =>
        source.Unit.TryConvert(ticks, out PacketTime time) ? time
            : throw Wrong($"the time of {ticks} units is not in the years 1677 to 2262");

    PacketTime? Time(CaptureInterface source, BlockOptions options, int code) =>
        options.TryGet(code, out BlockOption option) && option.TryGetTicks(out ulong ticks) ? Time(source, ticks) : null;
}
