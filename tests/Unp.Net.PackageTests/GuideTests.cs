using System.IO.Compression;
using Unp.Testing;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>The programs of docs/guide, compiled from the text of the pages and run.</summary>
public sealed class GuideTests(GuidePrograms guide) : IClassFixture<GuidePrograms>
{
    /// <summary>The limit of a server that is to run out of descriptors.</summary>
    const int Descriptors = 64;

    [Fact]
    public void Poller_server_echoes_beside_client_that_does_not_read()
    {
        using Peer server = guide.Start("poller-echo", "0");
        SockAddr address = Address(server);
        using Fd deaf = Connect(address);
        byte[] much = new byte[100_000];
        while (Libunp.TrySend(deaf, much, out _))
        {
        }
        using Fd client = Connect(address);
        Libunp.Writen(client, "hello"u8);
        Assert.Equal("hello"u8, Read(client, 5));
    }

    [Fact]
    public void Chat_line_reaches_the_other_client()
    {
        using Peer server = guide.Start("chat", "0");
        SockAddr address = Address(server);
        using Fd talker = Connect(address);
        using Fd listener = Connect(address);
        Libunp.Writen(talker, "half"u8);
        Libunp.Writen(listener, "mine\n"u8);
        Assert.Equal("mine\n"u8, Read(talker, 5));
        Libunp.Writen(talker, " line\n"u8);
        Assert.Equal("half line\n"u8, Read(listener, 10));
    }

    [Fact]
    public void Names_are_resolved_and_unknown_service_is_reported()
    {
        using Peer program = guide.Start("names", "127.0.0.1");
        Outcome outcome = program.Finish();
        Assert.Equal(0, outcome.Status);
        Assert.StartsWith("127.0.0.1:80\ntcp_connect error", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Netlink_programs_show_this_host()
    {
        using (Peer links = guide.Start("links"))
            Assert.Contains("1: lo ", links.Finish().Output, StringComparison.Ordinal);
        using (Peer lookup = guide.Start("route-lookup", "127.0.0.1"))
            Assert.StartsWith("127.0.0.1 leaves by lo", lookup.Finish().Output, StringComparison.Ordinal);
        using (Peer attributes = guide.Start("attributes"))
            Assert.Contains("lo: longest packet", attributes.Finish().Output, StringComparison.Ordinal);
        using (Peer awaited = guide.Start("netlink-async"))
            Assert.Contains("1: lo\n", awaited.Finish().Output, StringComparison.Ordinal);
        using (Peer families = guide.Start("families"))
            Assert.Contains("nlctrl (id 16, version ", families.Finish().Output, StringComparison.Ordinal);
        using Peer route = guide.Start("route-add", "no-such-link");
        Assert.Equal(new Outcome(0, "There is no link no-such-link.\n", ""), route.Finish());
    }

    [Fact]
    public void Packet_programs_build_decode_and_change()
    {
        string packet;
        using (Peer build = guide.Start("packet-build"))
            packet = build.Finish().Output.Trim();
        using (Peer change = guide.Start("packet-change", packet))
            Assert.Equal(new Outcome(0, "Valid\n", ""), change.Finish());
        using (Peer decode = guide.Start("packet-decode", $"0200000000020200000000010800{packet}"))
            Assert.Equal("Ethernet, Ipv4, Udp: Complete at byte 34\n192.0.2.1 > 192.0.2.2, ttl 64\n", decode.Finish().Output);
        using Peer fragments = guide.Start("packet-fragments");
        Assert.Equal(new Outcome(0, "1280 bytes\n1280 bytes\n592 bytes\n", ""), fragments.Finish());
    }

    [Fact]
    public void Packet_program_sees_datagrams_of_interface()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a packet socket needs root");
        using Fd server = Loopback.Datagram();
        SockAddr address = Libunp.Getsockname(server);
        using Peer sniff = guide.Start("packet-sniff", "lo", $"{address.Port}");
        Assert.Equal("capturing", sniff.ReadLine());
        Libunp.Sendto(server, "hello"u8, 0, address);
        Assert.Equal("127.0.0.1: 5 bytes", sniff.ReadLine());
        sniff.Kill(Libc.SIGTERM);
        Assert.Equal(128 + Libc.SIGTERM, sniff.WaitForExit());
    }

    [Fact]
    public void Capture_program_prints_segments()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a packet socket needs root");
        using Peer capture = guide.Start("packet-capture", "lo");
        var line = new BlockedThread<string?>(capture.ReadLine);
        Limit.Until(
            () =>
            {
                // No server listens, but the segments of the attempt pass the filter.
                using Fd client = Libunp.Socket(Libc.AF_INET, Libc.SOCK_STREAM);
                _ = Libunp.connect_timeo(client, SockAddr.Inet("127.0.0.1", 80), TimeSpan.FromSeconds(1));
                return line.Ended;
            },
            "the capture sees a segment");
        Assert.Matches("127.0.0.1: [0-9]+ bytes$", line.Result);
        capture.Kill(Libc.SIGTERM);
        Assert.Equal(128 + Libc.SIGTERM, capture.WaitForExit());
    }

    [Fact]
    public void Filter_programs_compile_check_and_match()
    {
        using (Peer listing = guide.Start("filter-listing", "udp port 53"))
            Assert.StartsWith("(000) ldh      [12]\n(001) jeq      #0x800", listing.Finish().Output, StringComparison.Ordinal);
        using (Peer listing = guide.Start("filter-listing", "tcp port 70000"))
            Assert.Equal("tcp port 70000\n         ^ a port is at most 65535\n", listing.Finish().Output);
        using Peer match = guide.Start("filter-match");
        Assert.Equal(new Outcome(0, "262144 0\n", ""), match.Finish());
    }

    [Fact]
    public void Filter_program_drops_datagrams_in_kernel()
    {
        using Peer server = guide.Start("filter-socket");
        Assert.Equal(new Outcome(0, "yes\n", ""), server.Finish());
    }

    [Theory]
    [InlineData("options", "00:00:30 True\n")]
    [InlineData("datagram-facts", "5 bytes to 127.0.0.1, 64 hops, after 2020: True\n")]
    [InlineData("multicast", "5 bytes from 127.0.0.1\n")]
    [InlineData("segments", "10 datagrams of 100 bytes\n")]
    [InlineData("spawn", "to the pipe\nexit status 0\n")]
    [InlineData("terminal", "24 80\n")]
    [InlineData("frames", "hello\n")]
    public void Program_prints_what_the_page_says(string name, string output)
    {
        using Peer program = guide.Start(name);
        Assert.Equal(new Outcome(0, output, ""), program.Finish());
    }

    [Fact]
    public void Multipath_program_reports_how_line_was_carried()
    {
        using Peer program = guide.Start("multipath");
        Outcome outcome = program.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        const string Kind = "(plain TCP|MPTCP with the token [0-9a-f]+)";
        const string Subflow = "127.0.0.1:[0-9]+ - 127.0.0.1:[0-9]+: [1-9][0-9]* bytes sent";
        Assert.Matches($"^hello\n{Kind}\n{Subflow}\nvsock:2:1024\n$", outcome.Output);
    }

    [Fact]
    public void Poller_server_waits_until_descriptor_is_free()
    {
        using Peer server = guide.StartWithDescriptors(Descriptors, "poller-echo", "0");
        using var clients = new Clients(Address(server), Descriptors + 10);
        server.WaitUntilAsleep();
        clients.CloseAllButFirstAndLast();
        Libunp.Writen(clients.Last, "hello"u8);
        Assert.Equal("hello"u8, Read(clients.Last, 5));
    }

    [Fact]
    public void Chat_waits_until_descriptor_is_free()
    {
        using Peer server = guide.StartWithDescriptors(Descriptors, "chat", "0");
        SockAddr address = Address(server);
        using Fd listener = Connect(address);
        using var clients = new Clients(address, 1);
        Libunp.Writen(clients.First, "hello\n"u8); // opens what chatting needs, before no descriptor is free
        Assert.Equal("hello\n"u8, Read(listener, 6));
        clients.Add(address, Descriptors + 10);
        server.WaitUntilAsleep();
        clients.CloseAllButFirstAndLast();

        // The last client misses the lines before the server has accepted it.
        Limit.Until(
            () =>
            {
                Libunp.Writen(clients.First, "again\n"u8);
                return Libunp.Readable_timeo(clients.Last, TimeSpan.FromMilliseconds(10)) > 0;
            },
            "the last client receives a line");
        Assert.Equal("again\n"u8, Read(clients.Last, 6));
    }

    [Fact]
    public void Capture_file_is_written_filtered_and_read()
    {
        using var directory = new TempDirectory();
        string pcapng = directory["file.pcapng"], pcap = directory["file.pcap"], gz = directory["file.gz"];
        using (Peer write = guide.Start("capture-write", pcapng))
            Assert.Equal(new Outcome(0, "", ""), write.Finish());
        using (Peer filter = guide.Start("capture-filter", pcapng, pcap))
            Assert.Equal(new Outcome(0, "", ""), filter.Finish());
        using (Peer read = guide.Start("capture-read", pcap))
            Assert.EndsWith("Z: 33 of 33 bytes, Ipv4, Udp\n", read.Finish().Output, StringComparison.Ordinal);
        using (FileStream file = File.Open(pcap, FileMode.Open))
            file.SetLength(file.Length - 1);
        using (Peer read = guide.Start("capture-read", pcap))
            Assert.Equal(new Outcome(0, "The packet at byte 24 is incomplete.\n", ""), read.Finish());
        using (var compressed = new GZipStream(File.Create(gz), CompressionLevel.Fastest))
            compressed.Write(File.ReadAllBytes(pcapng));
        using (Peer gzip = guide.Start("capture-gzip", gz))
            Assert.Equal(new Outcome(0, "PcapNg of probe 1.0, 1 comments\n", ""), gzip.Finish());
        using Peer refused = guide.Start("capture-read", gz);
        string reason = $"{gz} is wrong at byte 0: the file is compressed by gzip, so decompress it first.\n";
        Assert.Equal(new Outcome(0, reason, ""), refused.Finish());
    }

    [Fact]
    public void Ping_prints_reply()
    {
        Assert.SkipUnless(Libc.geteuid() == 0, "raw sockets need root");
        using Peer program = guide.Start("ping");
        Assert.Equal(new Outcome(0, "17 bytes from 127.0.0.1: seq=1, ttl=64\n", ""), program.Finish());
    }

    [Fact]
    public void Errors_name_their_reason()
    {
        using Peer program = guide.Start("errors");
        Outcome outcome = program.Finish();
        Assert.Equal(0, outcome.Status);
        Assert.Contains("9999999", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("EADDRINUSE: bind error: Address already in use \n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptor_is_passed_and_read()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "content\n");
        using Peer program = guide.Start("pass-descriptor", directory["file"]);
        Assert.Equal(new Outcome(0, "content\n", ""), program.Finish());
    }

    [Fact]
    public void Own_user_may_pass()
    {
        using var directory = new TempDirectory();
        using Peer program = guide.Start("own-user", directory["socket"]);
        Assert.Equal(new Outcome(0, $"process {program.Id} may pass\n", ""), program.Finish());
    }

    [Fact]
    public void Worker_of_pool_answers()
    {
        using Peer server = guide.Start("worker-pool", "0");
        using (Fd client = Connect(Address(server)))
            Assert.Equal("worker "u8, Read(client, 7));
        server.Kill(Libc.SIGTERM);
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Daemon_is_ready_when_its_first_process_has_ended()
    {
        SockAddr address = Loopback.FreePort("127.0.0.1");
        using Peer program = guide.Start("daemon", $"{address.Port}");
        Assert.Equal(0, program.WaitForExit());
        using Fd client = Connect(address);
        Assert.Equal("from the daemon\n"u8, Read(client, 16));
    }

    [Fact]
    public void Loop_server_drains_at_SIGTERM()
    {
        using Peer server = guide.Start("loop-echo", "0");
        using Fd client = Connect(Address(server));
        Libunp.Writen(client, "hello"u8);
        Assert.Equal("hello"u8, Read(client, 5));
        server.Kill(Libc.SIGTERM);
        Assert.Equal(new Outcome(0, "drained\n", ""), server.Finish());
    }

    [Fact]
    public void Kestrel_reports_process_of_client()
    {
        using var directory = new TempDirectory();
        using Peer server = guide.Start("kestrel", "--urls", $"http://unix:{directory["web"]}");
        string? line;
        do
            line = server.ReadLine();
        while (line is not null && !line.Contains("http://", StringComparison.Ordinal));
        Peer.Require("curl");
        using Peer curl = Peer.Start("curl", "-s", "--unix-socket", directory["web"], "http://web/who");
        Assert.Equal(new Outcome(0, $"process {curl.Id}\n", ""), curl.Finish());
    }

    static SockAddr Address(Peer server)
    {
        string line = server.ReadLine() ?? "";
        return SockAddr.Parse(line[(line.LastIndexOf(' ') + 1)..]);
    }

    static Fd Connect(SockAddr address)
    {
        Fd client = Libunp.Socket(address.Family, Libc.SOCK_STREAM);
        Libunp.Connect(client, address);
        return client;
    }

    static byte[] Read(Fd fd, int size)
    {
        byte[] bytes = new byte[size];
        int n = Limit.Run(() => Libunp.Readn(fd, bytes));
        return bytes[..n];
    }

    /// <summary>Many connections to a server, which may not have accepted all of them.</summary>
    sealed class Clients : IDisposable
    {
        readonly List<Fd> connections = [];

        public Clients(SockAddr server, int count) => Add(server, count);

        public Fd First => connections[0];

        public Fd Last => connections[^1];

        public void Add(SockAddr server, int count)
        {
            for (int i = 0; i < count; i++)
                connections.Add(Connect(server));
        }

        public void CloseAllButFirstAndLast() => connections[1..^1].ForEach(connection => connection.Dispose());

        public void Dispose() => connections.ForEach(connection => connection.Dispose());
    }
}
