namespace Unp.Net.Packets.Tests;

public class PcapReaderTests
{
    static readonly byte[] Data = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(false, 0xa1b2c3d4, 123_456_000)]
    [InlineData(true, 0xa1b2c3d4, 123_456_000)]
    [InlineData(false, 0xa1b23c4d, 123_456)]
    [InlineData(true, 0xa1b23c4d, 123_456)]
    public void Packet_is_read_in_each_order_and_unit(bool isBigEndian, uint magic, long nanoseconds)
    {
        FileBytes file = new FileBytes(isBigEndian).PcapHeader(magic, link: 113).PcapRecord(4_000_000_000, 123_456, Data, 9)
            .PcapRecord(1, 0, [], 0);
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.Equal(CaptureFileFormat.Pcap, reader.Format);
        CaptureInterface source = Assert.Single(reader.Interfaces);
        Assert.Equal((LinkType.LinuxSll, 262_144, null), (source.LinkType, source.SnapLength, source.FcsLength));
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal(Data, record.Data);
        Assert.Equal((9, 24), (record.WireLength, record.Offset));
        Assert.Equal(PacketTime.FromUnixTime(4_000_000_000, nanoseconds), record.Time);
        Assert.Equal(24 + 16 + 5, reader.Offset);
        Assert.True(reader.TryRead(out record));
        Assert.Equal(0, record.Data.Length);
        Assert.False(reader.TryRead(out record));
        Assert.False(reader.IsTruncated);
    }

    [Theory]
    [InlineData(0x24000001, 4)]
    [InlineData(0x04000001, 0)]
    [InlineData(0xf4000001, 30)]
    [InlineData(0x20000001, null)]
    public void Fcs_length_is_read_from_link_type(uint link, int? length)
    {
        using var reader = new CaptureFileReader(new FileBytes(true).PcapHeader(link: link).ToStream());
        Assert.Equal((LinkType.Ethernet, length), (reader.Interfaces[0].LinkType, reader.Interfaces[0].FcsLength));
    }

    [Fact]
    public void Modified_pcap_has_longer_record_headers()
    {
        FileBytes file = new FileBytes(false).PcapHeader(0xa1b2cd34);
        for (int i = 0; i < 3; i++)
            file.U32(i).U32(7).U32(Data.Length).U32(60).U32(2).U16(8).Raw(1, 0).Raw(Data);
        List<ReadRecord> records = ReadRecord.All(file.ToArray());
        Assert.Equal(3, records.Count);
        Assert.Equal(new ReadRecord("0102030405", 60, new PacketTime(2_000_007_000), LinkType.Ethernet, null, default, null), records[2]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Old_versions_may_have_lengths_in_other_order(int minor)
    {
        FileBytes file = new FileBytes(false).PcapHeader(minor: minor).U32(1).U32(0).U32(60).U32(Data.Length).Raw(Data);
        ReadRecord record = Assert.Single(ReadRecord.All(file.ToArray()));
        Assert.Equal(("0102030405", 60), (record.Data, record.WireLength));
    }

    [Fact]
    public void Record_is_cut_to_snap_length()
    {
        FileBytes file = new FileBytes(false).PcapHeader(snapLength: 3).PcapRecord(1, 0, Data, 5).PcapRecord(2, 0, [9], 1);
        List<ReadRecord> records = ReadRecord.All(file.ToArray());
        Assert.Equal(["010203", "09"], records.Select(record => record.Data));
        Assert.Equal([5, 1], records.Select(record => record.WireLength));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xffffffff)]
    public void Snap_length_may_be_unlimited(long snapLength)
    {
        FileBytes file = new FileBytes(false).PcapHeader(snapLength: snapLength).PcapRecord(1, 0, Data, 5);
        Assert.Equal("0102030405", Assert.Single(ReadRecord.All(file.ToArray())).Data);
    }

    [Fact]
    public void Wire_length_is_at_least_captured_length()
    {
        FileBytes file = new FileBytes(false).PcapHeader().PcapRecord(1, 0, Data, 2);
        using var reader = new CaptureFileReader(file.ToStream());
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal(5, record.WireLength);
        Assert.Equal(DecodeStatus.Truncated, record.Decode().Status);
    }

    [Fact]
    public void Version_of_another_format_is_refused()
    {
        byte[] file = new FileBytes(false).U32(0xa1b2c3d4).U16(543).U16(0).U32(0).U32(0).U32(0).U32(1).ToArray();
        var exception = Assert.Throws<CaptureFileException>(() => new CaptureFileReader(new MemoryStream(file)));
        Assert.Equal("the version of pcap is 543.0, and only 2.0 to 2.4 are known", exception.Reason);
    }
}
