namespace Unp.Net.Packets.Tests;

public class CaptureFileWriterTests
{
    static readonly byte[] Data = TestData.Bytes(100);
    static readonly PacketTime Time = PacketTime.FromUnixTime(1_700_000_000, 123_456_789);

    [Theory]
    [InlineData(false, 123_456_789)]
    [InlineData(true, 123_456_000)]
    public void Pcap_is_read_back(bool usesMicroseconds, long nanoseconds)
    {
        using var stream = new MemoryStream();
        var source = new CaptureInterface { LinkType = LinkType.Raw, FcsLength = 4 };
        using (var writer = new PcapWriter(stream, source, usesMicroseconds, leaveOpen: true))
        {
            writer.Write(Time, Data, 200);
            writer.Write(Time, []);
            writer.Write(default, new byte[200_000]);
        }
        using var reader = new CaptureFileReader(new MemoryStream(stream.ToArray()));
        CaptureInterface read = reader.Interfaces[0];
        Assert.Equal((LinkType.Raw, 262_144, 4), (read.LinkType, read.SnapLength, read.FcsLength));
        Assert.True(reader.TryRead(out CaptureRecord record));
        Assert.Equal(Data, record.Data);
        Assert.Equal((200, PacketTime.FromUnixTime(1_700_000_000, nanoseconds)), (record.WireLength, record.Time));
        Assert.True(reader.TryRead(out record));
        Assert.Equal((0, 0), (record.Data.Length, record.WireLength));
        Assert.True(reader.TryRead(out record));
        Assert.Equal((200_000, new PacketTime(0)), (record.Data.Length, record.Time));
        Assert.False(reader.TryRead(out record));
    }

    [Fact]
    public void PcapNg_is_read_back()
    {
        using var stream = new MemoryStream();
        var statistics = new InterfaceStatistics
        {
            Time = Time,
            Start = new PacketTime(1),
            End = Time,
            Received = 5,
            DroppedByInterface = 0,
            Accepted = 4,
            DroppedBySystem = 1,
            Delivered = 3,
        };
        var flags = new RecordFlags(RecordDirection.Inbound, RecordReception.Promiscuous);
        using (var writer = new PcapNgWriter(stream, Section, leaveOpen: true))
        {
            int first = writer.AddInterface(Interface("eth0", LinkType.Ethernet));
            int second = writer.AddInterface(Interface("tun0", LinkType.Raw));
            Assert.Equal((0, 1), (first, second));
            writer.Write(second, Time, Data.AsSpan(..99), 200, flags, "größer");
            writer.Write(first, new PacketTime(long.MaxValue), Data, 100, comment: "");
            writer.Write(Time, Data.AsSpan(..1));
            writer.WriteStatistics(second, statistics);
        }
        using var reader = new CaptureFileReader(new MemoryStream(stream.ToArray()));
        Assert.Equivalent(Section, reader.Section);
        List<ReadRecord> records = [];
        while (reader.TryRead(out CaptureRecord record))
            records.Add(new ReadRecord(record));
        Assert.Equal(
            [
                new(Convert.ToHexString(Data.AsSpan(..99)), 200, Time, LinkType.Raw, "tun0", flags, "größer"),
                new(Convert.ToHexString(Data), 100, new PacketTime(long.MaxValue), LinkType.Ethernet, "eth0", default, ""),
                new("00", 1, Time, LinkType.Ethernet, "eth0", default, null),
            ],
            records.Select((record, i) => i == 2 ? record with { Data = "00" } : record));
        CaptureInterface tun = reader.Interfaces[1];
        Assert.Equal(("about tun0", "tcp", "Linux", "card", 4, 10ul, 1000),
            (tun.Description, tun.Filter, tun.OperatingSystem, tun.Hardware, tun.FcsLength, tun.Speed, tun.SnapLength));
        Assert.Equal(statistics, tun.Statistics);
    }

    static CaptureSection Section { get; } = new()
    {
        Comment = "about",
        Hardware = "x86",
        OperatingSystem = "Linux",
        Application = "probe",
    };

    static CaptureInterface Interface(string name, LinkType link) => new()
    {
        Name = name,
        LinkType = link,
        Description = $"about {name}",
        Filter = "tcp",
        OperatingSystem = "Linux",
        Hardware = "card",
        FcsLength = 4,
        Speed = 10,
        SnapLength = 1000,
    };

    [Fact]
    public void Packets_are_cut_to_snap_length()
    {
        var source = new CaptureInterface { SnapLength = 10 };
        foreach (bool isPcapNg in (bool[])[false, true])
        {
            using var stream = new MemoryStream();
            using (CaptureFileWriter writer = isPcapNg ? WithInterface(stream, source) : new PcapWriter(stream, source, leaveOpen: true))
                writer.Write(Time, Data);
            ReadRecord record = Assert.Single(ReadRecord.All(stream.ToArray()));
            Assert.Equal((Convert.ToHexString(Data.AsSpan(..10)), 100), (record.Data, record.WireLength));
        }
    }

    static PcapNgWriter WithInterface(Stream stream, CaptureInterface source)
    {
        var writer = new PcapNgWriter(stream, leaveOpen: true);
        Assert.Equal(0, writer.AddInterface(source));
        return writer;
    }

    [Fact]
    public void Records_are_copied_with_interface_flags_and_comments()
    {
        byte[] original = new FileBytes(true).Section().Interface(options: options => options.Option(2, "a"))
            .Interface(101, options: options => options.Option(2, "b").Option(9, 9))
            .Enhanced(1, 5, Data, 300, options => options.Option(1, "one").Option(1, "second").Option64(4, 7).Option(2, 0, 0, 0, 2))
            .Enhanced(0, 6, Data).ToArray();
        using var stream = new MemoryStream();
        using (var writer = new PcapNgWriter(stream, leaveOpen: true))
        {
            using var reader = new CaptureFileReader(new MemoryStream(original));
            while (reader.TryRead(out CaptureRecord record))
                writer.Write(record);
        }
        Assert.Equal(ReadRecord.All(original), ReadRecord.All(stream.ToArray()));
        using var copy = new CaptureFileReader(new MemoryStream(stream.ToArray()));
        Assert.True(copy.TryRead(out CaptureRecord first));
        List<string> comments = [];
        foreach (BlockOption option in first.Options)
        {
            if (option.Code == 1)
                comments.Add(option.Text);
        }
        Assert.Equal(["one", "second"], comments);
    }

    [Fact]
    public void Record_of_other_link_type_is_refused_by_pcap()
    {
        using var reader = new CaptureFileReader(new FileBytes(false).PcapHeader(link: 101).PcapRecord(0, 0, Data, 100).ToStream());
        Assert.True(reader.TryRead(out CaptureRecord record));
        using var writer = new PcapWriter(new MemoryStream(), new CaptureInterface());
        string? message = null;
        try
        {
            writer.Write(record);
        }
        catch (ArgumentException e)
        {
            message = e.Message;
        }
        Assert.Equal("The record has the link type Raw, and the file has Ethernet. (Parameter 'record')", message);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var pcap = new PcapWriter(new MemoryStream(), new CaptureInterface());
        AssertRefused("wireLength", () => pcap.Write(Time, Data, 99));
        AssertRefused("time", () => pcap.Write(new PacketTime(-1), Data));
        AssertRefused("time", () => pcap.Write(PacketTime.FromUnixTime(1L << 32, 0), Data));
        using var pcapng = new PcapNgWriter(new MemoryStream());
        AssertRefused("id", () => pcapng.Write(Time, Data));
        AssertRefused("id", () => pcapng.WriteStatistics(0, new InterfaceStatistics()));
        pcapng.AddInterface(new CaptureInterface());
        AssertRefused("time", () => pcapng.Write(new PacketTime(-1), Data));
        AssertRefused("wireLength", () => pcapng.Write(Time, Data, 99));
        AssertRefused("comment", () => pcapng.Write(0, Time, Data, 100, comment: new string('x', 65_536)));
    }

    static void AssertRefused(string parameter, Action write) =>
        Assert.Equal(parameter, Assert.ThrowsAny<ArgumentException>(write).ParamName);

    [Fact]
    public void Wrong_interface_replaces_no_file()
    {
        using var directory = new TempDirectory();
        string path = directory["file"];
        File.WriteAllText(path, "kept");
        CaptureInterface[] wrong =
        [
            new() { FcsLength = 3 }, new() { FcsLength = 32 }, new() { SnapLength = -1 }, new() { LinkType = (LinkType)65_536 },
        ];
        foreach (CaptureInterface source in wrong)
            Assert.Throws<ArgumentException>(() => new PcapWriter(path, source));
        Assert.Throws<ArgumentException>(() => new PcapNgWriter(path, new CaptureSection { Comment = new string('x', 65_536) }));
        Assert.Equal("kept", File.ReadAllText(path));
    }

    [Fact]
    public void Flush_makes_packets_readable()
    {
        using var directory = new TempDirectory();
        using var writer = new PcapWriter(directory["file"], new CaptureInterface());
        writer.Write(Time, Data);
        Assert.Equal(0, new FileInfo(directory["file"]).Length);
        writer.Flush();
        Assert.Single(ReadRecord.All(new CaptureFileReader(directory["file"])));
    }

    [Fact]
    public void Failed_write_is_not_repeated_by_dispose()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full is missing");
        var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.Write, bufferSize: 0);
        var writer = new PcapWriter(full, new CaptureInterface());
        writer.Write(Time, Data);
        Assert.Throws<IOException>(writer.Flush);
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write(Time, Data));
    }

    [Fact]
    public void Packets_are_written_without_allocation()
    {
        using var pcap = new PcapWriter(Stream.Null, new CaptureInterface());
        AllocationCheck.AssertFree("PcapWriter.Write", () => pcap.Write(Time, Data, 200));
        using var pcapng = new PcapNgWriter(Stream.Null);
        pcapng.AddInterface(new CaptureInterface());
        AllocationCheck.AssertFree("PcapNgWriter.Write", () =>
            pcapng.Write(0, Time, Data, 200, new RecordFlags(RecordDirection.Inbound), "a comment"));
    }
}
