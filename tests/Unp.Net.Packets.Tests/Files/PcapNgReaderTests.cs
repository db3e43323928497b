using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

public class PcapNgReaderTests
{
    static readonly byte[] Data = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blocks_and_options_are_read_in_each_order(bool isBigEndian)
    {
        using var reader = new CaptureFileReader(Example(isBigEndian).ToStream());
        Assert.Equal(CaptureFileFormat.PcapNg, reader.Format);
        Assert.Equal(("about", "x86", "Linux", "probe"),
            (reader.Section.Comment, reader.Section.Hardware, reader.Section.OperatingSystem, reader.Section.Application));
        Assert.Empty(reader.Interfaces);

        Assert.True(reader.TryRead(out CaptureRecord record));
        CaptureInterface source = Assert.Single(reader.Interfaces);
        Assert.Equal(("eth0", "wired", "tcp", "os", "card", 4, 1_000_000_000ul), (source.Name, source.Description, source.Filter,
            source.OperatingSystem, source.Hardware, source.FcsLength, source.Speed));
        Assert.Equal(Data, record.Data);
        Assert.Equal(PacketTime.FromUnixTime(1_700_000_100, 123_456_789), record.Time);
        Assert.Equal((1500, "größer"), (record.WireLength, record.Comment));
        Assert.Equal((RecordDirection.Outbound, RecordReception.Broadcast, 4, 0x100),
            (record.Flags.Direction, record.Flags.Reception, record.Flags.FcsLength, record.Flags.Errors));
        Assert.True(record.Options.TryGet(4, out BlockOption drops) && drops.TryGetNumber(out ulong count) && count == 17);
        Assert.False(record.Options.TryGet(9, out _));
        Assert.Null(source.Statistics);

        Assert.True(reader.TryRead(out record));
        Assert.Equal("\a\a"u8, record.Data);
        Assert.Equal(((PacketTime?)null, 2), (record.Time, record.WireLength));
        Assert.True(reader.TryRead(out record));
        Assert.Equal("\b"u8, record.Data);
        Assert.Equal(PacketTime.FromUnixTime(101, 5), record.Time);
        Assert.Equal(RecordDirection.Inbound, record.Flags.Direction);
        Assert.False(reader.TryRead(out record));
        Assert.False(reader.IsTruncated);
        Assert.Equal(new InterfaceStatistics
        {
            Time = PacketTime.FromUnixTime(100, 9),
            Start = PacketTime.FromUnixTime(100, 1),
            End = PacketTime.FromUnixTime(100, 8),
            Received = 10,
            DroppedByInterface = 1,
            Accepted = 9,
            DroppedBySystem = 2,
            Delivered = 7,
        }, source.Statistics);
    }

    static FileBytes Example(bool isBigEndian)
    {
        byte[] flags = [0, 0, 0, 0];
        const uint Flags = 0x0100_008e; // outbound, broadcast, FCS of 4 bytes, a wrong check sequence
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(flags, Flags);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(flags, Flags);
        return new FileBytes(isBigEndian)
            .Section(options => options.Option(1, "about").Option(2, "x86").Option(3, "Linux\0").Option(4, "probe").EndOfOptions())
            .Block(4, names => names.U16(1).U16(8).Raw(192, 0, 2, 1).Raw("abc\0"u8).U32(0))
            .Interface(snapLength: 262144, options: options => options.Option(2, "eth0").Option(3, "wired").Option64(8, 1_000_000_000)
                .Option(9, 9).Option(11, "\0tcp").Option(12, "os").Option(13, 32).Option64(14, 100).Option(15, "card").EndOfOptions())
            .Enhanced(0, 1_700_000_000_123_456_789, Data, 1500,
                options => options.Option(1, "größer").Option(2, flags).Option64(4, 17).EndOfOptions())
            .Block(0x0a, secrets => secrets.U32(0x544c534b).U32(4).Raw("abcd"u8))
            .Block(3, simple => simple.U32(2).Padded([7, 7]))
            .Block(0xbad, custom => custom.U32(32473).Raw("data"u8))
            .Block(0x40000bad, custom => custom.U32(32473))
            .Block(0x80000001, local => local.Raw(new byte[200_000]))
            .Block(2, old => old.U16(0).U16(3).U32(0).U32(1_000_000_005).U32(1).U32(1).Padded([8])
                .Option(2, isBigEndian ? [0, 0, 0, 1] : [1, 0, 0, 0]))
            .Block(5, statistics => statistics.U32(0).U32(0).U32(9).OptionTime(2, 1).OptionTime(3, 8).Option64(4, 10).Option64(5, 1)
                .Option64(6, 9).Option64(7, 2).Option64(8, 7).EndOfOptions());
    }

    [Theory]
    [InlineData(null, 1_234_567ul, 0L, 1_234_567_000L)]
    [InlineData(0, 2ul, 0L, 2_000_000_000L)]
    [InlineData(3, 1_500ul, 0L, 1_500_000_000L)]
    [InlineData(9, ulong.MaxValue / 2, 0L, long.MaxValue)]
    [InlineData(10, 19ul, 0L, 1L)]
    [InlineData(12, ulong.MaxValue, 0L, 18_446_744_073_709_551L)]
    [InlineData(28, ulong.MaxValue, 0L, 1L)]
    [InlineData(29, ulong.MaxValue, 0L, 0L)]
    [InlineData(127, ulong.MaxValue, 5L, 5_000_000_000L)]
    [InlineData(0x80, 3ul, -1L, 2_000_000_000L)]
    [InlineData(0x80 + 10, 1536ul, 0L, 1_500_000_000L)]
    [InlineData(0x80 + 32, 0x1_8000_0001ul, 0L, 1_500_000_000L)]
    [InlineData(0x80 + 64, ulong.MaxValue, 0L, 999_999_999L)]
    [InlineData(0x80 + 127, ulong.MaxValue, -1L, -1_000_000_000L)]
    [InlineData(6, 18_446_744_073_709_551ul, -9_223_372_037L, 9_223_372_036_709_551_000L)]
    public void Times_have_any_unit_and_offset(int? resolution, ulong ticks, long offset, long nanoseconds)
    {
        FileBytes file = new FileBytes(false).Section().Interface(options: options =>
        {
            if (resolution is { } value)
                options.Option(9, (byte)value);
            options.Option64(14, (ulong)offset);
        }).Enhanced(0, ticks, Data);
        Assert.Equal(new PacketTime(nanoseconds), Assert.Single(ReadRecord.All(file.ToArray())).Time);
    }

    [Fact]
    public void Time_out_of_range_is_refused()
    {
        using var reader = new CaptureFileReader(new FileBytes(false).Section().Interface().Enhanced(0, ulong.MaxValue, Data).ToStream());
        var exception = Assert.Throws<CaptureFileException>(() => reader.TryRead(out _));
        Assert.Equal($"the time of {ulong.MaxValue} units is not in the years 1677 to 2262", exception.Reason);
    }

    [Fact]
    public void Sections_have_their_own_order_and_interfaces()
    {
        byte[] first = new FileBytes(false).Section(options => options.Option(4, "one")).Interface().Interface(113)
            .Enhanced(1, 1, Data).ToArray();
        byte[] second = new FileBytes(true).Section(options => options.Option(4, "two")).Interface(101).Enhanced(0, 2, Data).ToArray();
        using var reader = new CaptureFileReader(new MemoryStream([.. first, .. second]));
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal((LinkType.LinuxSll, 2, "one"), (record.LinkType, reader.Interfaces.Count, reader.Section.Application));
        Assert.True(reader.TryRead(out record));
        Assert.Equal((LinkType.Raw, 1, "two"), (record.LinkType, reader.Interfaces.Count, reader.Section.Application));
        Assert.Equal(PacketTime.FromUnixTime(0, 2000), record.Time);
        Assert.False(reader.TryRead(out record));
    }

    [Fact]
    public void Simple_packet_is_limited_by_snap_length()
    {
        FileBytes file = new FileBytes(false).Section().Interface(snapLength: 3).Block(3, simple => simple.U32(1500).Padded([1, 2, 3]));
        ReadRecord record = Assert.Single(ReadRecord.All(file.ToArray()));
        Assert.Equal(("010203", 1500), (record.Data, record.WireLength));
    }

    [Theory]
    [InlineData(32, 4)]
    [InlineData(16, 2)]
    [InlineData(4, 4)]
    public void Fcs_length_has_bits_or_bytes(byte value, int length)
    {
        FileBytes file = new FileBytes(false).Section().Interface(options: options => options.Option(13, value)).Enhanced(0, 0, Data);
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal(length, record.Interface.FcsLength);
    }

    [Theory]
    [InlineData(new byte[] { }, null)]
    [InlineData(new byte[] { 0 }, "")]
    [InlineData(new byte[] { 0, 0 }, "")]
    [InlineData(new byte[] { 0, 0x74, 0x63, 0x70, 0 }, "tcp")]
    [InlineData(new byte[] { 1, 0x74 }, null)]
    public void Filter_is_text_behind_zero(byte[] value, string? filter)
    {
        FileBytes file = new FileBytes(false).Section().Interface(options: options => options.Option(11, value)).Enhanced(0, 0, Data);
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal(filter, record.Interface.Filter);
    }

    [Fact]
    public void Options_end_before_one_that_is_longer_than_block()
    {
        FileBytes file = new FileBytes(false).Section().Interface()
            .Enhanced(0, 0, Data, options: options => options.Option(1, "first").U16(1).U16(200));
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.True(reader.TryRead(out CaptureRecord record));
        int count = 0;
        foreach (BlockOption option in record.Options)
        {
            count++;
            Assert.Equal("first", option.Text);
        }
        Assert.Equal(1, count);
    }

    [Theory]
    [InlineData("the block names interface 1, and the section has described 1 so far", 6, 20, 1)]
    [InlineData("the enhanced packet block has 4 bytes, fewer than its 20 bytes of fields", 6, 4, 0)]
    [InlineData("the simple packet block has 0 bytes, fewer than its 4 bytes of fields", 3, 0, 0)]
    [InlineData("the packet block has 8 bytes, fewer than its 20 bytes of fields", 2, 8, 0)]
    [InlineData("the interface statistics block has 4 bytes, fewer than its 12 bytes of fields", 5, 4, 0)]
    [InlineData("the interface description block has 4 bytes, fewer than its 8 bytes of fields", 1, 4, 0)]
    [InlineData("the packet has 64 captured bytes, and its block only 0", 6, 20, 0)]
    public void Wrong_block_is_refused_with_its_offset(string reason, uint type, int bodyLength, int id)
    {
        FileBytes file = new FileBytes(false).Section().Interface().Enhanced(0, 0, Data);
        int offset = file.Length;
        file.Block(type, body => body.Raw(new FileBytes(false).U32(id).U32(0).U32(0).U32(64).U32(64).ToArray().AsSpan(..bodyLength)));
        AssertWrong(file, offset, reason);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    [InlineData(33)]
    public void Wrong_length_of_block_is_refused(int length)
    {
        FileBytes file = new FileBytes(false).Section().Interface().Enhanced(0, 0, Data);
        AssertWrong(file.U32(6).U32(length).Raw(new byte[100]), file.Length - 108,
            $"the length of the block is {length}, not a multiple of 4 that is 12 or more");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    public void Lengths_at_both_ends_of_block_are_equal(int type)
    {
        FileBytes file = new FileBytes(false).Section().Interface().Enhanced(0, 0, Data);
        int offset = file.Length;
        using var reader = new CaptureFileReader(file.U32(type).U32(32).Raw(new byte[20]).U32(36).ToStream());
        Assert.True(reader.TryRead(out _));
        var exception = Assert.Throws<CaptureFileException>(() => reader.TryRead(out _));
        Assert.Equal("the length of the block is 32 at its start and 36 at its end", exception.Reason);
        Assert.Equal(offset, exception.Offset);
    }

    [Fact]
    public void Wrong_section_headers_are_refused()
    {
        FileBytes file = new FileBytes(false).Block(0x0a0d0d0a, body => body.U32(0x1a2b3c4e).U32(1).U64(0));
        Assert.Equal("the byte-order magic of the section is 4e3c2b1a, not 1a2b3c4d in some order",
            Assert.Throws<CaptureFileException>(() => new CaptureFileReader(file.ToStream())).Reason);
        Assert.Equal("the version of pcapng is 2.0, and only 1 is known",
            Assert.Throws<CaptureFileException>(() => new CaptureFileReader(new FileBytes(true).Section(major: 2).ToStream())).Reason);
    }

    [Fact]
    public void Sum_of_interface_blocks_is_limited()
    {
        FileBytes file = new FileBytes(false).Section();
        for (int i = 0; i < 70; i++)
            file.Interface(options: options => options.Option(3, new byte[60_000]));
        using var reader = new CaptureFileReader(file.ToStream());
        var exception = Assert.Throws<CaptureFileException>(() => reader.TryRead(out _));
        Assert.Equal("the descriptions of the section's interfaces have more than 4194304 bytes", exception.Reason);
        Assert.Equal(69, reader.Interfaces.Count);
    }

    static void AssertWrong(FileBytes file, long offset, string reason)
    {
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.True(reader.TryRead(out _));
        var exception = Assert.Throws<CaptureFileException>(() => reader.TryRead(out _));
        Assert.Equal((reason, offset), (exception.Reason, exception.Offset));
        Assert.Equal($"The capture file is wrong at byte {offset}: {reason}.", exception.Message);
    }
}
