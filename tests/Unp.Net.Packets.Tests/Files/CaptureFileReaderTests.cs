namespace Unp.Net.Packets.Tests;

/// <summary>Behaviour that both formats have in common.</summary>
public class CaptureFileReaderTests
{
    static readonly byte[] Data = TestData.Bytes(100);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("1F8B0800", "the file is compressed by gzip, so decompress it first")]
    [InlineData("28B52FFD", "the file is compressed by zstd, so decompress it first")]
    [InlineData("04224D18", "the file is compressed by lz4, so decompress it first")]
    [InlineData("FD377A585A00", "the file is compressed by xz, so decompress it first")]
    [InlineData("425A6839", "the file is compressed by bzip2, so decompress it first")]
    [InlineData("7F454C46", "the file begins with 7f454c46, which is neither a magic number of pcap nor the section header of pcapng")]
    [InlineData("A1", "the file begins with a1, which is neither a magic number of pcap nor the section header of pcapng")]
    [InlineData("A1B2C3D40002", "the file has 6 bytes, fewer than the 24 of the header of pcap")]
    [InlineData("0A0D0D0A1C00", "the file ends after 6 bytes, inside the section header of pcapng")]
    [InlineData("0A0D0D0A1C0000004D3C2B1A", "the file ends after 12 bytes, inside the section header of pcapng")]
    public void Other_file_is_refused_with_reason(string bytes, string reason)
    {
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["file"], Convert.FromHexString(bytes));
        var exception = Assert.Throws<CaptureFileException>(() => new CaptureFileReader(directory["file"]));
        Assert.Equal((directory["file"], 0L, reason), (exception.Path, exception.Offset, exception.Reason));
    }

    [Fact]
    public void Each_cut_of_file_delivers_complete_packets()
    {
        foreach (byte[] file in (byte[][])[Pcap(3), PcapNg(3)])
        {
            List<ReadRecord> all = ReadRecord.All(file);
            List<long> ends = [];
            using (var whole = new CaptureFileReader(new MemoryStream(file)))
            {
                while (whole.TryRead(out _))
                    ends.Add(whole.Offset);
            }
            int headerLength = file[0] == 0x0a ? 28 : 24;
            for (int length = headerLength; length < file.Length; length++)
            {
                using var reader = new CaptureFileReader(new MemoryStream(file, 0, length));
                int count = 0;
                while (reader.TryRead(out CaptureRecord record))
                    Assert.Equal(all[count++], new ReadRecord(record));
                Assert.Equal(ends.Count(end => end <= length), count);
                Assert.Equal(length > reader.Offset, reader.IsTruncated);
            }
        }
    }

    [Fact]
    public void Interrupted_capture_is_reported_after_its_packets()
    {
        foreach (byte[] file in (byte[][])[Pcap(2), PcapNg(2), [.. PcapNg(2), .. new FileBytes(false).Block(4, b => b.U64(0)).ToArray()]])
        {
            using var reader = new CaptureFileReader(new MemoryStream(file, 0, file.Length - 1));
            while (reader.TryRead(out _))
                Assert.False(reader.IsTruncated);
            Assert.True(reader.IsTruncated);
            Assert.InRange(reader.Offset, file.Length - 170, file.Length - 16);
        }
    }

    [Fact]
    public void Growing_file_is_read_on()
    {
        foreach (byte[] file in (byte[][])[Pcap(3), PcapNg(3)])
        {
            using var directory = new TempDirectory();
            using FileStream writer = new(directory["file"], FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            writer.Write(file, 0, 28);
            using var reader = new CaptureFileReader(directory["file"]);
            List<ReadRecord> records = [];
            for (int written = 28; written < file.Length; written++)
            {
                while (reader.TryRead(out CaptureRecord record))
                    records.Add(new ReadRecord(record));
                writer.Write(file, written, 1);
            }
            Assert.True(reader.IsTruncated);
            while (reader.TryRead(out CaptureRecord record))
                records.Add(new ReadRecord(record));
            Assert.False(reader.IsTruncated);
            Assert.Equal(ReadRecord.All(file), records);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(65_536)]
    public void Short_reads_change_nothing(int size)
    {
        foreach (byte[] file in (byte[][])[Pcap(50), PcapNg(50)])
            Assert.Equal(ReadRecord.All(file), ReadRecord.All(new CaptureFileReader(new ShortStream(file, size))));
    }

    [Fact]
    public void Record_over_limit_is_refused_with_offset()
    {
        FileBytes pcap = new FileBytes(false).PcapHeader().PcapRecord(0, 0, new byte[1000], 1000);
        int pcapOffset = pcap.Length;
        pcap.PcapRecord(0, 0, new byte[1001], 1001);
        FileBytes pcapng = new FileBytes(false).Section().Interface().Enhanced(0, 0, new byte[1000]);
        int pcapngOffset = pcapng.Length;
        pcapng.Enhanced(0, 0, new byte[1001]);
        foreach ((FileBytes file, int offset) in (ReadOnlySpan<(FileBytes, int)>)[(pcap, pcapOffset), (pcapng, pcapngOffset)])
        {
            using var reader = new CaptureFileReader(file.ToStream(), maxRecordLength: 1000);
            Assert.True(reader.TryRead(out CaptureRecord record));
            Assert.Equal(1000, record.Data.Length);
            for (int i = 0; i < 2; i++)
            {
                var exception = Assert.Throws<CaptureFileException>(() => reader.TryRead(out _));
                Assert.Equal("the packet has 1001 captured bytes, more than the limit of 1000", exception.Reason);
                Assert.Equal(offset, exception.Offset);
            }
            Assert.Equal(2, ReadRecord.All(file.ToArray()).Count);
        }
    }

    [Fact]
    public void Lying_lengths_take_no_memory()
    {
        byte[] pcap = new FileBytes(false).PcapHeader().U32(0).U32(0).U32(1 << 30).U32(1 << 30).ToArray();
        byte[] block = new FileBytes(false).Section().Interface().U32(6).U32(1 << 30).Raw(new byte[20]).ToArray();
        byte[] skipped = new FileBytes(false).Section().Interface().U32(4).U32(0xfffffffc).Raw(new byte[20]).ToArray();
        foreach (byte[] file in (byte[][])[pcap, block, skipped])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using var reader = new CaptureFileReader(new MemoryStream(file), maxRecordLength: 1 << 30);
            Assert.False(reader.TryRead(out _));
            Assert.True(reader.IsTruncated);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        }
    }

    [Fact]
    public void Wire_length_over_31_bits_is_refused()
    {
        using var reader = new CaptureFileReader(new FileBytes(true).PcapHeader().PcapRecord(0, 0, Data, -1).ToStream());
        Assert.Equal("the packet has 4294967295 bytes on the wire, more than 2147483647",
            Assert.Throws<CaptureFileException>(() => reader.TryRead(out _)).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 30) + 1)]
    public void Wrong_limit_is_refused_and_stream_closed(int limit)
    {
        var stream = new MemoryStream(Pcap(1));
        Assert.Equal("maxRecordLength",
            Assert.Throws<ArgumentOutOfRangeException>(() => new CaptureFileReader(stream, maxRecordLength: limit)).ParamName);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Packets_are_read_without_allocation()
    {
        foreach (byte[] file in (byte[][])[Pcap(1100), PcapNg(1100)])
        {
            using var reader = new CaptureFileReader(new MemoryStream(file));
            long sum = 0;
            AllocationCheck.AssertAllocates(0, "TryRead", () =>
            {
                if (!reader.TryRead(out CaptureRecord record))
                    return;
                sum += record.Data.Length + record.Time!.Value.Nanoseconds + record.Flags.Value;
                foreach (BlockOption option in record.Options)
                    sum += option.Value.Length;
            });
            Assert.NotEqual(0, sum);
        }
    }

    [Fact]
    public void Stream_stays_open_if_asked()
    {
        var stream = new MemoryStream(Pcap(1));
        var reader = new CaptureFileReader(stream, leaveOpen: true);
        reader.Dispose();
        Assert.True(stream.CanRead);
        Assert.Throws<ObjectDisposedException>(() => reader.TryRead(out _));
    }

    static byte[] Pcap(int count)
    {
        FileBytes file = new FileBytes(false).PcapHeader(0xa1b23c4d);
        for (int i = 0; i < count; i++)
            file.PcapRecord((uint)i, 5, Data, 200 + i);
        return file.ToArray();
    }

    static byte[] PcapNg(int count)
    {
        FileBytes file = new FileBytes(false).Section().Interface();
        for (int i = 0; i < count; i++)
            file.Enhanced(0, (ulong)i, Data, 200 + i, options => options.Option(2, 1, 0, 0, 0).Option(1, $"packet {i:D8}").EndOfOptions());
        return file.ToArray();
    }

    /// <summary>A stream whose reads return few bytes, and that cannot seek.</summary>
    sealed class ShortStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
    }
}
