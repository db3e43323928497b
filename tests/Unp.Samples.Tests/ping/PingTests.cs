using System.Text.RegularExpressions;
using Unp.Net.Packets;

namespace Unp.Samples.Tests.ping;

public class PingTests
{
    [Theory]
    [InlineData(false, "ttl")]
    [InlineData(true, "hlim")]
    public void Replies_of_distant_host_are_those_of_iputils(bool isIpv6, string hops)
    {
        using var hosts = new RoutedHosts();
        string address = RoutedHosts.ServerAddress(isIpv6);
        Outcome other = RoutedHosts.Run(hosts.Client, "ping", "-n", "-c", "1", address);
        string ttl = Regex.Match(other.Output, "ttl=([0-9]+)").Groups[1].Value;
        Assert.Equal("62", ttl);

        Outcome outcome = UnpProcess.RunIn(hosts.Client, "ping", "-c", "2", "-i", "0.01", address);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches(
            $"""
            ^PING {address} \({address}\): 56 data bytes
            64 bytes from {address}: seq=0, {hops}={ttl}, rtt=[0-9]+\.[0-9][0-9][0-9] ms
            64 bytes from {address}: seq=1, {hops}={ttl}, rtt=[0-9]+\.[0-9][0-9][0-9] ms

            --- {address} ping statistics ---
            2 packets transmitted, 2 packets received, 0\.0% packet loss
            round-trip min/avg/max/stddev = [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms
            $
            """.ReplaceLineEndings("\n"), outcome.Output);
    }

    [Theory]
    [InlineData("0", "^8 bytes from 127\\.0\\.0\\.1: seq=0, ttl=64$")]
    [InlineData("15", "^23 bytes from 127\\.0\\.0\\.1: seq=0, ttl=64$")]
    [InlineData("16", "^24 bytes from 127\\.0\\.0\\.1: seq=0, ttl=64, rtt=[0-9.]+ ms$")]
    [InlineData("65507", "^65515 bytes from 127\\.0\\.0\\.1: seq=0, ttl=64, rtt=[0-9.]+ ms$")]
    public void Data_has_requested_size(string size, string line)
    {
        using var host = new NetworkNamespace();
        using Peer ping = UnpProcess.StartIn(host, "ping", "-c", "1", "-s", size, "127.0.0.1");
        Assert.Equal($"PING 127.0.0.1 (127.0.0.1): {size} data bytes", ping.ReadLine());
        Assert.Matches(line, ping.ReadLine()!);
        Assert.Equal(0, ping.Finish().Status);
    }

    [Fact]
    public void All_hosts_answer_broadcast()
    {
        using var hosts = new mcast.TwoHosts();
        foreach (NetworkNamespace host in (NetworkNamespace[])[hosts.First, hosts.Second])
            host.Run("echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_broadcasts");
        Assert.Equal(
            new Outcome(
                1, "PING 192.0.2.255 (192.0.2.255): 56 data bytes\n",
                "sendto error: Permission denied (192.0.2.255; -b allows a broadcast)\n"),
            UnpProcess.RunIn(hosts.First, "ping", "-c", "1", "192.0.2.255"));

        using Peer ping = UnpProcess.StartIn(hosts.First, "ping", "-b", "-c", "1", "-W", "60", "192.0.2.255");
        ping.ReadLine();
        string[] lines = [ping.ReadLine()!, ping.ReadLine()!];
        Assert.Equal(["192.0.2.1", "192.0.2.2"], lines.Select(line => Regex.Match(line, "from (.*): seq=0, ").Groups[1].Value).Order());
        Outcome outcome = ping.Kill(SIGINT).Finish();
        Assert.Contains(
            "\n1 packets transmitted, 1 packets received, +1 duplicates, 0.0% packet loss\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Status);
    }

    [Fact]
    public void Unanswered_requests_give_status_1()
    {
        using var host = new NetworkNamespace();
        RoutedHosts.Filter(host, "input", "icmp type echo-request drop");
        Outcome outcome = UnpProcess.RunIn(host, "ping", "-c", "2", "-i", "0.01", "-W", "0.05", "127.0.0.1");
        Assert.Equal(
            new Outcome(
                1,
                "PING 127.0.0.1 (127.0.0.1): 56 data bytes\n\n--- 127.0.0.1 ping statistics ---\n"
                    + "2 packets transmitted, 0 packets received, 100.0% packet loss\n", ""),
            outcome);
    }

    /// <summary>Only the first failure ends the program. The address goes away and comes back.</summary>
    [Fact]
    public void Failure_after_first_request_does_not_end_program()
    {
        using var host = new NetworkNamespace();
        host.Run("ip address add 198.18.0.1/32 dev lo");
        using Peer ping = UnpProcess.StartIn(host, "ping", "-i", "0.02", "198.18.0.1");
        ping.ReadLine();
        Assert.Contains("seq=0", ping.ReadLine(), StringComparison.Ordinal);
        host.Run("ip address del 198.18.0.1/32 dev lo");
        Assert.Equal("sendto error: Network is unreachable (198.18.0.1)", ping.ReadErrorLine());
        host.Run("ip address add 198.18.0.1/32 dev lo");
        string? line;
        do
        {
            line = ping.ReadLine();
        }
        while (line is not null && !line.Contains("seq=", StringComparison.Ordinal));
        Assert.NotNull(line);
        Assert.Equal(0, ping.Kill(SIGINT).Finish().Status);

        Assert.Equal(
            (1, "sendto error: Network is unreachable (203.0.113.1)"), Failure(UnpProcess.RunIn(host, "ping", "203.0.113.1")));
    }

    [Theory]
    [InlineData("127.0.0.1", "ttl=64")]
    [InlineData("::1", "hlim=64")]
    public void Datagram_socket_serves_program_without_rights(string address, string hops)
    {
        using var host = new NetworkNamespace();
        host.Run("echo 1 0 >/proc/sys/net/ipv4/ping_group_range");
        using (Peer refused = RoutedHosts.StartWithoutRights(host, "ping", "-c", "1", address))
        {
            Assert.Equal(
                (1, "socket error: Permission denied (this needs root or CAP_NET_RAW, or a group in net.ipv4.ping_group_range)"),
                Failure(refused.Finish()));
        }
        host.Run("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range");
        using Peer ping = RoutedHosts.StartWithoutRights(host, "ping", "-c", "2", "-i", "0.01", address);
        ping.ReadLine();
        Assert.Matches($"^64 bytes from {address}: seq=0, {hops}, rtt=", ping.ReadLine()!);
        Assert.Matches($"^64 bytes from {address}: seq=1, {hops}, rtt=", ping.ReadLine()!);
        Assert.Equal(0, ping.Finish().Status);
    }

    /// <summary>A set-user-ID program has the real user of its caller, and root's rights only until the socket exists.</summary>
    [Fact]
    public void Rights_are_given_up_once_socket_exists()
    {
        using var host = new NetworkNamespace();
        Peer.Require("setpriv");
        using Peer ping = Peer.Start(
            "nsenter", $"--net={host.Path}", "setpriv", "--ruid=65534", UnpProcess.Executable, "ping", "-i", "0.02", "127.0.0.1");
        ping.ReadLine();
        Assert.Contains("seq=0", ping.ReadLine(), StringComparison.Ordinal);
        string[] status = File.ReadAllLines($"/proc/{ping.Id}/status");
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status);
        Assert.Contains("CapEff:\t0000000000000000", status);
        Assert.Contains("seq=1", ping.ReadLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, "reject with icmp type host-unreachable", "  92 bytes from 198.18.1.2: type = 3, code = 1")]
    [InlineData(true, false, "reject with icmpv6 type admin-prohibited", "  112 bytes from 2001:db8:1::2: type = 1, code = 1")]
    [InlineData(false, true, "reject with icmp type host-unreachable", "  64 bytes from 198.18.1.2: type = 3, code = 1")]
    [InlineData(true, true, "reject with icmpv6 type admin-prohibited", "  64 bytes from 2001:db8:1::2: type = 1, code = 1")]
    public void Verbose_prints_other_messages(bool isIpv6, bool isWithoutRights, string rule, string expected)
    {
        using var hosts = new RoutedHosts();
        RoutedHosts.Filter(hosts.First, "forward", rule);
        hosts.Client.Run("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range");
        string[] command = ["ping", "-v", "-i", "60", RoutedHosts.ServerAddress(isIpv6)];
        using Peer ping = isWithoutRights
            ? RoutedHosts.StartWithoutRights(hosts.Client, command)
            : UnpProcess.StartIn(hosts.Client, command);
        ping.ReadLine();
        string? line;
        do
        {
            line = ping.ReadLine();
        }
        while (line is not null && line.Contains("type = 13", StringComparison.Ordinal)); // neighbor discovery
        Assert.Equal(expected, line);
        if (!isIpv6 || isWithoutRights)
            return;

        // No router reports a wrong header of such a request, so the test does.
        using Fd forger = hosts.First.Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
        Sendto(forger, [4, 1, 0, 0, 0, 0, 0, 6, .. new byte[40]], 0, SockAddr.Inet("2001:db8:1::1", 0));
        do
        {
            line = ping.ReadLine();
        }
        while (line is not null && line.Contains("type = 13", StringComparison.Ordinal));
        Assert.Equal("  48 bytes from 2001:db8:1::2: type = 4, code = 1", line);
    }

    /// <summary>Replies with another identifier, other data or a number that was not sent are no replies.</summary>
    [Fact]
    public void Replies_to_other_requests_are_ignored()
    {
        using var hosts = new mcast.TwoHosts();
        hosts.Second.Run("echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all");
        using Fd forger = hosts.Second.Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        using Peer ping = UnpProcess.StartIn(hosts.First, "ping", "-i", "60", "192.0.2.2");
        byte[] request = new byte[1500];
        int n = Recvfrom(forger, request, 0, out SockAddr from);
        Assert.True(Ipv4Packet.TryRead(request.AsSpan(0, n), out Ipv4Packet packet) && IcmpMessage.TryRead(packet.Payload, out _));
        Assert.True(IcmpMessage.TryRead(packet.Payload, out IcmpMessage echo));
        Assert.Equal(((ushort)ping.Id, 0), (echo.Header.Identifier, echo.Header.SequenceNumber));

        byte[] data = echo.Body.ToArray();
        byte[] otherData = [.. data[..^1], (byte)(data[^1] ^ 1)];
        IcmpHeader header = new() { Type = IcmpType.EchoReply, Identifier = echo.Header.Identifier };
        Reply(header with { Identifier = (ushort)(header.Identifier + 1) }, data);
        Reply(header with { SequenceNumber = 1 }, data);
        Reply(header, otherData);
        Reply(header, data[..^1]);
        Sendto(forger, [0, 0], 0, from);
        Reply(header, data);
        ping.ReadLine();
        Assert.StartsWith("64 bytes from 192.0.2.2: seq=0, ttl=64, rtt=", ping.ReadLine(), StringComparison.Ordinal);
        Assert.Contains("\n1 packets transmitted, 1 packets received, 0.0%", ping.Kill(SIGINT).Finish().Output, StringComparison.Ordinal);

        void Reply(IcmpHeader reply, byte[] body)
        {
            var builder = new PacketBuilder(new byte[200]);
            builder.AddPayload(body);
            builder.AddIcmp(reply);
            Sendto(forger, builder.Written, 0, from);
        }
    }

    [Theory]
    [InlineData("cannot ping IPv4-mapped IPv6 address", "::ffff:127.0.0.1")]
    [InlineData("-i 0: the time must be between 0.002 and 3600 seconds", "-i", "0", "127.0.0.1")]
    [InlineData("-W NaN: the time must be between 0 and 3600 seconds", "-W", "NaN", "127.0.0.1")]
    [InlineData("-s 65508: the size must be 0 to 65507", "-s", "65508", "127.0.0.1")]
    [InlineData("-c 0: the count must be 1 or more", "-c", "0", "127.0.0.1")]
    [InlineData("usage: ping [ -v ] [ -b ] [ -c count ] [ -i seconds ] [ -s bytes ] [ -W seconds ] <hostname>")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments) =>
        Assert.Equal((1, error), Failure(UnpProcess.Run(["ping/ping", .. arguments])));

    static (int Status, string Error) Failure(Outcome outcome) => (outcome.Status, outcome.Error.TrimEnd());
}
