using System.Globalization;

namespace Unp.Net.Packets.Tests;

/// <summary>Files are exchanged with tcpdump and with the tools of Wireshark, in both directions.</summary>
public sealed class CaptureToolTests : IDisposable
{
    static readonly PacketTime Start = PacketTime.FromUnixTime(1_700_000_000, 123_456_789);

    readonly TempDirectory directory = new();

    /// <summary>Packets of several lengths, of which each third is cut.</summary>
    static List<ReadRecord> Packets(LinkType link = LinkType.Ethernet, bool isMicroseconds = false) =>
        [.. Enumerable.Range(0, 50).Select(i =>
        {
            byte[] packet = new RandomPacket(i).Build();
            byte[] data = i % 3 == 0 ? packet[..(packet.Length / 2)] : packet;
            long time = Start.Nanoseconds + i * 1_000_000_007L;
            var rounded = new PacketTime(isMicroseconds ? time / 1000 * 1000 : time);
            return new ReadRecord(Convert.ToHexString(data), packet.Length, rounded, link, null, default, null);
        })];

    static void WriteAll(CaptureFileWriter writer, IEnumerable<ReadRecord> packets)
    {
        using (writer)
        {
            foreach (ReadRecord packet in packets)
                writer.Write(packet.Time!.Value, Convert.FromHexString(packet.Data), packet.WireLength);
        }
    }

    List<ReadRecord> ReadAll(string file) => ReadRecord.All(new CaptureFileReader(directory[file]));

    PcapNgWriter NewPcapNg(string file)
    {
        var section = new CaptureSection { Comment = "test", OperatingSystem = "Linux", Application = "Unp.Net" };
        var writer = new PcapNgWriter(directory[file], section);
        writer.AddInterface(new CaptureInterface { Name = "eth0", Description = "first", Filter = "udp", Speed = 1_000_000 });
        return writer;
    }

    static string Run(string program, params string[] arguments)
    {
        using Peer peer = Peer.Start(program, arguments);
        Outcome outcome = peer.Finish();
        Assert.True(outcome.Status == 0, $"{program} {string.Join(' ', arguments)}: {outcome.Error}");
        return outcome.Output;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pcap_is_the_same_after_tcpdump_rewrote_it(bool isMicroseconds)
    {
        List<ReadRecord> packets = Packets(isMicroseconds: isMicroseconds);
        WriteAll(new PcapWriter(directory["ours"], new CaptureInterface(), isMicroseconds), packets);
        Run("tcpdump", "-r", directory["ours"], $"--time-stamp-precision={(isMicroseconds ? "micro" : "nano")}", "-w", directory["theirs"]);
        Assert.Equal(packets, ReadAll("theirs"));
        Assert.Equal(File.ReadAllBytes(directory["theirs"]), File.ReadAllBytes(directory["ours"]));
    }

    [Fact]
    public void PcapNg_is_read_by_tcpdump()
    {
        List<ReadRecord> packets = Packets();
        WriteAll(NewPcapNg("ours"), packets);
        Run("tcpdump", "-r", directory["ours"], "--time-stamp-precision=nano", "-w", directory["theirs"]);
        Assert.Equal(packets, ReadAll("theirs"));
    }

    [Theory]
    [InlineData("pcap", CaptureFileFormat.Pcap, true)]
    [InlineData("nsecpcap", CaptureFileFormat.Pcap, false)]
    [InlineData("modpcap", CaptureFileFormat.Pcap, true)]
    [InlineData("pcapng", CaptureFileFormat.PcapNg, false)]
    public void Files_of_editcap_are_read(string format, CaptureFileFormat expected, bool isMicroseconds)
    {
        foreach (string ours in (string[])["ours.pcap", "ours.pcapng"])
        {
            WriteAll(ours == "ours.pcap" ? new PcapWriter(directory[ours], new CaptureInterface()) : NewPcapNg(ours), Packets());
            Run("editcap", "-F", format, directory[ours], directory["theirs"]);
            using (var reader = new CaptureFileReader(directory["theirs"]))
                Assert.Equal(expected, reader.Format);
            Assert.Equal(Packets(isMicroseconds: isMicroseconds), ReadAll("theirs").Select(record => record with { Interface = null }));
        }
    }

    [Fact]
    public void Merged_file_has_an_interface_per_link_type()
    {
        List<ReadRecord> first = Packets(), second = Packets(LinkType.LinuxSll);
        WriteAll(new PcapWriter(directory["first"], new CaptureInterface()), first);
        WriteAll(new PcapWriter(directory["second"], new CaptureInterface { LinkType = LinkType.LinuxSll }), second);
        Run("mergecap", "-a", "-w", directory["merged"], directory["first"], directory["second"]);
        Assert.Equal([.. first, .. second], ReadAll("merged"));
    }

    [Fact]
    public void Facts_of_pcapng_are_those_of_tshark()
    {
        using (PcapNgWriter writer = NewPcapNg("ours"))
        {
            int second = writer.AddInterface(new CaptureInterface { Name = "tun0", LinkType = LinkType.Raw });
            writer.Write(0, Start, new RandomPacket(1).Build(), 1500, new RecordFlags(RecordDirection.Outbound), "a comment");
            var next = new PacketTime(Start.Nanoseconds + 1);
            writer.Write(second, next, new RandomPacket(1).Build().AsSpan(14..), 2000, new RecordFlags(RecordDirection.Inbound));
            writer.WriteStatistics(0, new InterfaceStatistics { Time = Start, Received = 5, DroppedBySystem = 2 });
        }
        string[] fields = ["time_epoch", "len", "interface_name", "packet_flags_direction", "comment", "encap_type"];
        string[] options = [.. fields.SelectMany(field => (string[])["-e", $"frame.{field}"])];
        string output = Run("tshark", ["-n", "-r", directory["ours"], "-T", "fields", "-E", "separator=|", .. options]);
        Assert.Equal(
            ["1700000000.123456789|1500|eth0|0x00000002|a comment|1", "1700000000.123456790|2000|tun0|0x00000001||7"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string facts = Run("capinfos", directory["ours"]);
        string[] expected =
        [
            "Capture application: Unp.Net", "Capture comment:     test", "Number of interfaces in file: 2", "Name = eth0",
            "Description = first", "Speed = 1000000", "Capture length = 262144", "Time precision = nanoseconds (9)",
            "Number of stat entries = 1",
        ];
        foreach (string fact in expected)
            Assert.Contains(fact, facts, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_of_tshark_is_read()
    {
        List<ReadRecord> packets = Packets();
        WriteAll(NewPcapNg("ours"), packets);
        Run("tshark", "-n", "-r", directory["ours"], "-F", "pcapng", "-w", directory["theirs"]);
        Assert.Equal(packets, ReadAll("theirs").Select(record => record with { Interface = null }));
    }

    [Theory]
    [InlineData("lo", "EN10MB", LinkType.Ethernet, true)]
    [InlineData("any", "LINUX_SLL2", LinkType.LinuxSll2, false)]
    [InlineData("any", "LINUX_SLL", LinkType.LinuxSll, true)]
    public void Capture_of_tcpdump_is_read(string device, string link, LinkType expected, bool isNano)
    {
        using var host = new NetworkNamespace();
        Peer.Require("tcpdump");
        string[] precision = isNano ? ["--nano"] : [];
        PacketTime begin = PacketTime.FromDateTimeOffset(DateTimeOffset.UtcNow);
        using Peer tcpdump = Peer.Start("nsenter",
        [
            $"--net={host.Path}", "tcpdump", "-Z", "root", "-i", device, "-y", link, .. precision, "-s", "60", "-c", "3",
            "--immediate-mode", "-Q", "in", "-w", directory["theirs"], "udp",
        ]);
        string? line;
        do
            line = tcpdump.ReadErrorLine();
        while (line is not null && !line.Contains("listening on", StringComparison.Ordinal));
        Assert.NotNull(line);
        using Fd server = host.Socket(AF_INET, SOCK_DGRAM);
        Bind(server, SockAddr.Inet("127.0.0.1", 0));
        using Fd client = host.Socket(AF_INET, SOCK_DGRAM);
        for (int i = 0; i < 3; i++)
            Sendto(client, TestData.Bytes(100 + i), 0, Getsockname(server));
        Assert.Equal(0, tcpdump.WaitForExit());
        PacketTime end = PacketTime.FromDateTimeOffset(DateTimeOffset.UtcNow);

        List<ReadRecord> records = ReadAll("theirs");
        string[] lines = Run("tcpdump", "-r", directory["theirs"], "-n", "-tt", "--time-stamp-precision=nano")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, records.Count);
        foreach ((int i, ReadRecord record) in records.Index())
        {
            Assert.Equal(expected, record.LinkType);
            Assert.InRange(record.Time!.Value.Nanoseconds, begin.Nanoseconds - 1000, end.Nanoseconds + 100);
            Assert.Equal(lines[i].Split(' ')[0], string.Create(CultureInfo.InvariantCulture,
                $"{record.Time.Value.Seconds}.{record.Time.Value.NanosecondsOfSecond:D9}"));
            byte[] data = Convert.FromHexString(record.Data);
            Assert.InRange(data.Length, 50, 60);
            Packet packet = Packet.Decode(data, record.LinkType, record.WireLength);
            Assert.Equal(100 + i + UdpHeaderLength, packet.Udp.Length);
            Assert.True(packet.IsCut);
        }
    }

    const int UdpHeaderLength = 8;

    public void Dispose() => directory.Dispose();
}
