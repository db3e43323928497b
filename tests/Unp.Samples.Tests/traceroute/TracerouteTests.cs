using System.Globalization;
using System.Text.RegularExpressions;
using Unp.Net.Packets;

namespace Unp.Samples.Tests.traceroute;

public class TracerouteTests
{
    /// <summary>The lines begin with the number of the hop, and contain the address, times and marks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Path_is_that_of_Debian_traceroute(bool isIpv6)
    {
        using var hosts = new RoutedHosts();
        string address = RoutedHosts.ServerAddress(isIpv6);
        string[] path = RoutedHosts.Path(isIpv6);
        Assert.Equal(path, Addresses(Other(hosts, "-q", "1", address)));

        foreach (string[] mode in (string[][])[[], ["--recverr"]])
        {
            Outcome outcome = UnpProcess.RunIn(hosts.Client, ["traceroute", "-n", .. mode, address]);
            Assert.Equal((0, ""), (outcome.Status, outcome.Error));
            string[] lines = outcome.Output.TrimEnd().Split('\n');
            Assert.Equal($"traceroute to {address} ({address}): 30 hops max, 24 data bytes", lines[0]);
            Assert.Equal(path.Length, lines.Length - 1);
            for (int hop = 1; hop < lines.Length; hop++)
                Assert.Matches($"^ {hop}  {path[hop - 1]}(  [0-9]+\\.[0-9][0-9][0-9] ms){{3}}$", lines[hop]);
        }
    }

    [Fact]
    public void Names_are_printed_and_number_of_hops_is_limited()
    {
        using var host = new NetworkNamespace();
        Outcome local = UnpProcess.RunIn(host, "traceroute", "-q", "1", "127.0.0.1");
        string name = Regex.Escape(Getnameinfo(SockAddr.Inet("127.0.0.1", 0)).Host);
        Assert.Matches($"\n 1  {name} \\(127\\.0\\.0\\.1\\)  [0-9.]+ ms\n$", local.Output);

        using var hosts = new RoutedHosts();
        Outcome limited = UnpProcess.RunIn(hosts.Client, "traceroute", "-n", "-m", "1", "-q", "1", "198.18.3.2");
        Assert.Matches("^traceroute to 198.18.3.2 .*: 1 hops max, 24 data bytes\n 1  198.18.1.2  [0-9.]+ ms\n$", limited.Output);
    }

    /// <summary>The first router drops its reports. The second sends one only. Nothing ends the path.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Silent_and_limited_routers_are_stars(bool isIpv6)
    {
        using var hosts = new RoutedHosts();
        string expired = isIpv6 ? "icmpv6 type time-exceeded" : "icmp type time-exceeded";
        RoutedHosts.Filter(hosts.First, "output", $"{expired} drop");
        RoutedHosts.Filter(hosts.Second, "output", $"{expired} limit rate 1/day burst 1 packets accept\n{expired} drop");
        string address = RoutedHosts.ServerAddress(isIpv6);
        Outcome outcome = UnpProcess.RunIn(hosts.Client, "traceroute", "-n", "-w", "0.3", "-q", "2", address);
        string second = RoutedHosts.Path(isIpv6)[1];
        Assert.Matches($"^.*\n 1  \\* \\*\n 2  {second}  [0-9.]+ ms \\*\n 3  {address}  [0-9.]+ ms  [0-9.]+ ms\n$", outcome.Output);
    }

    /// <summary>Refusals of the forward chain, which a packet reaches only if its TTL has not expired.</summary>
    [Theory]
    [InlineData(false, "net-unreachable !N", "host-unreachable !H", "prot-unreachable !P", "admin-prohibited !X", "port-unreachable ")]
    [InlineData(true, "no-route !N", "addr-unreachable !H", "admin-prohibited !X", "port-unreachable ")]
    public void Refusal_ends_path_with_mark(bool isIpv6, params string[] kinds)
    {
        using var hosts = new RoutedHosts();
        string address = RoutedHosts.ServerAddress(isIpv6), router = RoutedHosts.Path(isIpv6)[1];
        foreach (string[] kind in kinds.Select(kind => kind.Split(' ')))
        {
            RoutedHosts.Filter(hosts.Second, "forward", $"meta l4proto udp reject with {(isIpv6 ? "icmpv6" : "icmp")} type {kind[0]}");
            string pattern = $"^.*\n 1  .*\n 2  {router}  [0-9.]+ ms\n 3  {router}  [0-9.]+ ms{(kind[1] == "" ? "" : $" {kind[1]}")}\n$";
            Assert.Matches(pattern, Other(hosts, "-q", "1", address));
            Assert.Matches(pattern, UnpProcess.RunIn(hosts.Client, "traceroute", "-n", "-q", "1", address).Output);
            if (kind[1] is "!X")
                Assert.Matches(pattern, UnpProcess.RunIn(hosts.Client, "traceroute", "-n", "-q", "1", "--recverr", address).Output);
        }
    }

    /// <summary>The data and the headers have 1400 bytes together, which the second link no longer takes.</summary>
    [Theory]
    [InlineData(false, 1400 - 28)]
    [InlineData(true, 1400 - 48)]
    public void Smaller_MTU_is_reported(bool isIpv6, int size)
    {
        using var hosts = new RoutedHosts();
        hosts.First.Run("ip link set right mtu 1399");
        string address = RoutedHosts.ServerAddress(isIpv6), first = RoutedHosts.Path(isIpv6)[0];
        string pattern = $"^.*\n 1  {first}  [0-9.]+ ms\n 2  {first}  [0-9.]+ ms !F-1399\n$";
        string[] command = ["traceroute", "-n", "-q", "1", "-s", $"{size}", "-F", address];
        Assert.Matches(pattern, UnpProcess.RunIn(hosts.Client, command).Output);
        Assert.Matches(pattern, UnpProcess.RunIn(hosts.Client, [.. command, "--recverr"]).Output);
        Assert.Matches(pattern, Other(hosts, "-q", "1", "-F", address, "1400"));

        // A probe that fits, and one that may be fragmented, reach the server.
        command[5] = $"{size - 1}";
        Assert.Contains($"\n 3  {address}  ", UnpProcess.RunIn(hosts.Client, command).Output, StringComparison.Ordinal);
        string[] fragmented = ["traceroute", "-n", "-q", "3", "-s", $"{size}", address];
        Assert.Contains($"\n 3  {address}  ", UnpProcess.RunIn(hosts.Client, fragmented).Output, StringComparison.Ordinal);
    }

    /// <summary>No router sends a parameter problem for a probe, so the test does, for the probe that it has captured.</summary>
    [Theory]
    [InlineData("!P", 1)]
    [InlineData("!<4-0>", 0)]
    public void Parameter_problem_has_mark(string mark, byte code)
    {
        using var hosts = new mcast.TwoHosts();
        RoutedHosts.Filter(hosts.Second, "input", "meta l4proto udp drop");
        using Fd capture = hosts.Second.Socket(AF_PACKET, SOCK_DGRAM, htons((ushort)EtherType.Ipv6));
        using Fd forger = hosts.Second.Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
        using Peer program = UnpProcess.StartIn(hosts.First, "traceroute", "-n", "-q", "1", "-w", "60", "2001:db8::2");
        byte[] probe = new byte[1500];
        int n;
        do
        {
            n = Recvfrom(capture, probe, 0, out _);
        }
        while (n < 48 || probe[6] != IPPROTO_UDP);
        Sendto(forger, [4, code, 0, 0, 0, 0, 0, 6, .. probe.AsSpan(0, n)], 0, SockAddr.Inet("2001:db8::1", 0));
        Assert.Matches($"^.*\n 1  2001:db8::2  [0-9.]+ ms {Regex.Escape(mark)}\n$", program.Finish().Output);
    }

    /// <summary>A socket takes the probe silently. Then the test sends a strange message, and an answer to the probe.</summary>
    [Fact]
    public void Verbose_prints_other_messages()
    {
        using var hosts = new mcast.TwoHosts();
        using Fd target = mcast.TwoHosts.Bound(hosts.Second, SockAddr.Inet("192.0.2.2", 33435));
        using Fd sender = hosts.Second.Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        using Peer program = UnpProcess.StartIn(hosts.First, "traceroute", "-n", "-v", "-q", "1", "-w", "60", "192.0.2.2");
        Recvfrom(target, new byte[100], 0, out SockAddr from);
        Sendto(sender, [13, 9, 0xf2, 0xf6, 0, 0, 0, 0], 0, SockAddr.Inet("192.0.2.1", 0));

        var answer = new PacketBuilder(new byte[100]);
        answer.AddUdp(new UdpHeader { SourcePort = (ushort)from.Port, DestinationPort = 33435 });
        answer.AddIpv4(new Ipv4Header { SourceAddress = new(from.Address), DestinationAddress = Ipv4Address.Parse("192.0.2.2") });
        answer.AddIcmp(new IcmpHeader { Type = IcmpType.DestinationUnreachable, Code = 3 });
        Sendto(sender, answer.Written, 0, SockAddr.Inet("192.0.2.1", 0));
        Assert.Matches(
            "^.*\n 1  \\(from 192.0.2.2: type = 13, code = 9\\)\n 192.0.2.2  [0-9.]+ ms\n$", program.Finish().Output);
    }

    [Fact]
    public void Program_without_rights_can_use_error_queue()
    {
        using var host = new NetworkNamespace();
        using (Peer refused = RoutedHosts.StartWithoutRights(host, "traceroute", "127.0.0.1"))
        {
            Assert.Equal(
                new Outcome(
                    1, "traceroute to 127.0.0.1 (127.0.0.1): 30 hops max, 24 data bytes\n",
                    "socket error: Operation not permitted (this needs root or CAP_NET_RAW; --recverr does not)\n"),
                refused.Finish());
        }
        using Peer allowed = RoutedHosts.StartWithoutRights(host, "traceroute", "-n", "--recverr", "127.0.0.1");
        Assert.Equal(["127.0.0.1"], Addresses(allowed.Finish().Output));
    }

    [Theory]
    [InlineData("cannot traceroute IPv4-mapped IPv6 address", "::ffff:127.0.0.1")]
    [InlineData("-m 256: the TTL must be 1 to 255", "-m", "256", "127.0.0.1")]
    [InlineData("-q 0: the number must be 1 to 10", "-q", "0", "127.0.0.1")]
    [InlineData("-w 0: the time must be between 0.01 and 3600 seconds", "-w", "0", "127.0.0.1")]
    [InlineData("usage: traceroute [ -m <maxttl> -v -n -q <probes> -w <seconds> -s <bytes> -F --recverr ] <hostname>")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["traceroute/traceroute", .. arguments]);
        Assert.Equal((1, error), (outcome.Status, outcome.Error.TrimEnd()));
    }

    /// <summary>Runs Debian's traceroute, one probe at a time.</summary>
    static string Other(RoutedHosts hosts, params string[] arguments) =>
        RoutedHosts.Run(hosts.Client, "traceroute", ["-n", "-N", "1", .. arguments]).Output;

    static string[] Addresses(string output) =>
    [
        .. from line in output.TrimEnd().Split('\n').Skip(1)
           let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where int.Parse(words[0], CultureInfo.InvariantCulture) > 0
           select words[1],
    ];
}
