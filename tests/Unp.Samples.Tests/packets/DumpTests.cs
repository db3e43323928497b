namespace Unp.Samples.Tests.packets;

/// <summary>The program captures in a network namespace and prints the lines of tcpdump(8).</summary>
public sealed class DumpTests : IDisposable
{
    const string First4 = "192.0.2.1", Second4 = "192.0.2.2", First6 = "2001:db8::1", Second6 = "2001:db8::2";

    readonly NetworkNamespace first = new();
    readonly NetworkNamespace second = new();
    readonly TempDirectory directory = new();

    public DumpTests()
    {
        Peer.Require("tcpdump");
        NetworkNamespace.Join(first, "v1", second, "v2");
        first.Run($"ip address add {First4}/24 dev v1; ip address add {First6}/64 dev v1 nodad");
        second.Run($"ip address add {Second4}/24 dev v2; ip address add {Second6}/64 dev v2 nodad");
    }

    public void Dispose()
    {
        directory.Dispose();
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("any")]
    public void Lines_are_those_of_tcpdump(string name)
    {
        string file = directory["traffic.pcap"];
        Outcome outcome = Capture(() =>
        {
            Ping(Second4);
            Ping(Second6);
            Ping(Second4, "-s", "3000");
            Ping(Second6, "-s", "3000");
            Exchange(AF_INET, First4, Second4);
            Exchange(AF_INET6, First6, Second6);
        }, "-i", name, "-w", file);
        Assert.Equal("", outcome.Output.Trim());
        Assert.Equal(name, outcome.Error.Split("listening on ")[1].Split(',')[0]);
        Assert.Contains("\n0 packets dropped by kernel\n", outcome.Error, StringComparison.Ordinal);

        string lines = Tcpdump("-n", "-tt", "-r", file);
        string[] kinds =
        [
            "Flags [S]", "Flags [S.]", "Flags [P.], seq 1:6", "Flags [F.]", "Flags [R.]", "UDP, length 5", "ICMP echo reply",
            "udp port 9999 unreachable", "ARP, Request", "ARP, Reply", "ICMP6, neighbor solicitation",
            "ICMP6, neighbor advertisement", "ICMP6, echo request", "unreachable port", "ip-proto-1", "frag (1448|",
        ];
        Assert.All(kinds, kind => Assert.Contains(kind, lines, StringComparison.Ordinal));
        Assert.Equal(lines, Dump("-n", "-tt", "-r", file));
        if (name == "any")
            return; // -e has another form there
        Assert.Equal(Tcpdump("-netx", "-r", file), Dump("-netx", "-r", file));
        Assert.Equal(
            Tcpdump("-n", "-tt", "-c", "3", "-r", file, "tcp port 9877"), Dump("-n", "-tt", "-c3", "-r", file, "tcp", "port", "9877"));
    }

    [Fact]
    public void Count_ends_capture_of_filtered_packets()
    {
        using Peer dump = UnpProcess.StartIn(second, "packets/dump", "-nt", "-i", "v2", "-c", "2", "icmp and icmp[icmptype] = 8");
        Assert.Equal("listening on v2, link-type EN10MB (Ethernet), snapshot length 262144 bytes", dump.ReadErrorLine());
        Ping(Second4, "-c", "3", "-i", "0.01");
        Outcome outcome = dump.Finish();
        Assert.Equal(0, outcome.Status);
        string[] lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith($"IP {First4} > {Second4}: ICMP echo request, id ", line, StringComparison.Ordinal));
        Assert.StartsWith("2 packets captured\n", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith(" packets received by filter\n0 packets dropped by kernel\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_file_is_reported_after_its_packets()
    {
        string file = directory["short.pcap"];
        Capture(() => Ping(Second4), "-i", "v2", "-w", file, "icmp");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        Outcome outcome = UnpProcess.Run("packets/dump", "-r", file);
        Assert.Equal(1, outcome.Status);
        Assert.Contains("ICMP echo request", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"of {file} is incomplete", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-z")]
    [InlineData("-c0")]
    public void Wrong_argument_prints_usage(string argument)
    {
        Outcome outcome = UnpProcess.Run("packets/dump", argument);
        Assert.Equal(1, outcome.Status);
        Assert.StartsWith("usage: dump [-enpqtx]", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Runs the program in the second host until the traffic is over, and ends it by SIGINT.</summary>
    Outcome Capture(Action traffic, params string[] arguments)
    {
        using Peer dump = UnpProcess.StartIn(second, ["packets/dump", .. arguments]);
        string first = dump.ReadErrorLine()!;
        traffic();
        using Peer stop = Peer.Start("kill", "-INT", $"{dump.Id}");
        stop.Finish();
        Outcome outcome = dump.Finish();
        Assert.Equal(0, outcome.Status);
        return outcome with { Error = $"{first}\n{outcome.Error}" };
    }

    void Ping(string address, params string[] arguments)
    {
        using Peer ping = Peer.Start("nsenter", [$"--net={first.Path}", "ping", "-n", "-c", "1", .. arguments, address]);
        Assert.Equal(0, ping.Finish().Status);
    }

    /// <summary>Opens and closes a connection with five bytes, and sends datagrams to an open and a closed port.</summary>
    void Exchange(int family, string from, string to)
    {
        using Fd listener = second.Socket(family, SOCK_STREAM);
        Bind(listener, SockAddr.Inet(to, 9877));
        Listen(listener);
        using (Fd client = first.Socket(family, SOCK_STREAM))
        {
            Connect(client, SockAddr.Inet(to, 9877));
            using Fd connection = Accept(listener);
            Writen(client, "hello"u8);
            byte[] buffer = new byte[5];
            Assert.Equal(5, Readn(connection, buffer));
            Shutdown(client, SHUT_WR);
            Assert.Equal(0, Read(connection, buffer));
        }
        using (Fd refused = first.Socket(family, SOCK_STREAM))
            Assert.Throws<UnpException>(() => Connect(refused, SockAddr.Inet(to, 9998)));

        using Fd receiver = second.Socket(family, SOCK_DGRAM);
        Bind(receiver, SockAddr.Inet(to, 9877));
        using Fd sender = first.Socket(family, SOCK_DGRAM);
        Bind(sender, SockAddr.Inet(from, 9876));
        Sendto(sender, "hello"u8, 0, SockAddr.Inet(to, 9877));
        Recv(receiver, new byte[5]);
        Connect(sender, SockAddr.Inet(to, 9999));
        Send(sender, "hello"u8);
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Recv(sender, new byte[5])).Errno);
    }

    static string Dump(params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["packets/dump", .. arguments]);
        Assert.True(outcome.Status == 0, outcome.Error);
        return outcome.Output;
    }

    static string Tcpdump(params string[] arguments)
    {
        using Peer tcpdump = Peer.Start("tcpdump", arguments);
        Outcome outcome = tcpdump.Finish();
        Assert.True(outcome.Status == 0, outcome.Error);
        return outcome.Output;
    }
}
