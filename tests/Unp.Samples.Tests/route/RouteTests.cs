using System.Globalization;

namespace Unp.Samples.Tests.route;

/// <summary>Tests of the programs of chapter 18 on a host that the test makes.</summary>
public class RouteTests
{
    const string Setup = """
        ip link set up0 address 02:00:00:0a:00:ff
        ip addr add 192.0.2.1/24 brd + dev up0
        ip addr add 192.0.2.77/24 brd + dev up0
        ip addr add 10.2.0.1 peer 10.2.0.2 dev up1
        ip -6 addr add 2001:db8::1/64 dev up0
        ip link set up2 down
        ip route add default via 192.0.2.254
        ip route add 198.51.100.0/24 via 192.0.2.253
        ip -6 route add 2001:db8:1::/48 via 2001:db8::fe
        """;

    [Fact]
    public void Getrt_prints_entry_of_table()
    {
        using NetworkNamespace host = Host(), other = Other(host);
        host.Run(Setup);
        Assert.Equal("dest: 0.0.0.0\ngateway: 192.0.2.254\nnetmask: 0.0.0.0\n", Run(host, "getrt", "203.0.113.1"));
        Assert.Equal("dest: 198.51.100.0\ngateway: 192.0.2.253\nnetmask: 255.255.255.0\n", Run(host, "getrt", "198.51.100.7"));
        Assert.Equal("dest: 192.0.2.0\nnetmask: 255.255.255.0\n", Run(host, "getrt", "192.0.2.9"));
        Assert.Equal("dest: 10.2.0.2\n", Run(host, "getrt", "10.2.0.2"));
        Assert.Equal("dest: 2001:db8:1::\ngateway: 2001:db8::fe\nnetmask: ffff:ffff:ffff::\n", Run(host, "getrt", "2001:db8:1::9"));
        Assert.Equal(
            new Outcome(1, "", "RTM_GET error: Network is unreachable (2001:db8:2::9)\n"), Start(host, "getrt", "2001:db8:2::9"));
    }

    [Fact]
    public void Mynetstat_prints_routes_and_interfaces()
    {
        using NetworkNamespace host = Host(), other = Other(host);
        host.Run(Setup);
        const string Interfaces = """
            interface: lo: <UP LOOP >
              IP addr: 127.0.0.1
            interface: up0: <UP BCAST MCAST >
              2:0:0:a:0:ff
              IP addr: 192.0.2.1
              bcast addr: 192.0.2.255
              IP addr: 192.0.2.77
              bcast addr: 192.0.2.255
            """;
        string all = Run(host, "mynetstat", "inet4");
        Assert.StartsWith("dest: 0.0.0.0, gateway: 192.0.2.254\n", all, StringComparison.Ordinal);
        Assert.Contains("dest: 192.0.2.0\ndest: 198.51.100.0, gateway: 192.0.2.253\n", all, StringComparison.Ordinal);
        Assert.Contains($"\n{Interfaces}\n", all, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8", all, StringComparison.Ordinal);
        Assert.DoesNotContain("up2", all, StringComparison.Ordinal);

        string six = Run(host, "mynetstat", "inet6");
        Assert.Contains("dest: 2001:db8:1::, gateway: 2001:db8::fe\n", six, StringComparison.Ordinal);
        Assert.Contains("  2:0:0:a:0:ff\n  IP addr: 2001:db8::1\n", six, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2", six, StringComparison.Ordinal);

        string both = Run(host, "mynetstat", "all");
        Assert.Contains("192.0.2.77", both, StringComparison.Ordinal);
        Assert.Contains("IP addr: 2001:db8::1\n", both, StringComparison.Ordinal);
    }

    [Fact]
    public void Prifinfo_prints_aliases_only_if_asked()
    {
        using NetworkNamespace host = Host(), other = Other(host);
        host.Run($"{Setup}\nip link set up1 address 02:00:00:0a:00:01");
        const string First = """
            lo: <UP LOOP >
              IP addr: 127.0.0.1
            up0: <UP BCAST MCAST >
              2:0:0:a:0:ff
              IP addr: 192.0.2.1
              broadcast addr: 192.0.2.255

            """;
        const string Alias = """
            up0: <UP BCAST MCAST >
              2:0:0:a:0:ff
              IP addr: 192.0.2.77
              broadcast addr: 192.0.2.255

            """;
        const string Last = """
            up1: <UP BCAST MCAST >
              2:0:0:a:0:1
              IP addr: 10.2.0.1
              destination addr: 10.2.0.2

            """;
        Assert.Equal(First + Last, Run(host, "prifinfo", "inet4", "0"));
        Assert.Equal(First + Alias + Last, Run(host, "prifinfo", "inet4", "1"));
        Assert.Contains("  IP addr: 2001:db8::1\n", Run(host, "prifinfo", "inet6", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_indexes_are_those_of_ip()
    {
        using NetworkNamespace host = Host(), other = Other(host);
        using Peer ip = Peer.Start("nsenter", $"--net={host.Path}", "cat", "/proc/self/net/dev_snmp6/up1");
        string index = ip.Finish().Output.Split('\n')[0].Split('\t')[^1].Trim();
        Assert.InRange(int.Parse(index, CultureInfo.InvariantCulture), 2, int.MaxValue);
        Assert.Equal($"interface index = {index}\n", Run(host, "prifindex", "up1"));
        Assert.Equal("interface name = up1\n", Run(host, "prifname", index));
        string list = Run(host, "prifnameindex");
        Assert.StartsWith("name = lo, index = 1\n", list, StringComparison.Ordinal);
        Assert.Contains($"name = up1, index = {index}\n", list, StringComparison.Ordinal);
        Assert.Equal(4, list.Count(c => c == '\n'));

        Assert.Equal(new Outcome(1, "", "if_nametoindex error: No such device (no-such)\n"), Start(host, "prifindex", "no-such"));
        Assert.Equal(
            new Outcome(1, "", "if_indextoname error: No such device or address (index 99)\n"), Start(host, "prifname", "99"));
    }

    [Fact]
    public void Checkudpsum_names_option_of_Linux()
    {
        Outcome outcome = UnpProcess.Run("route/checkudpsum");
        Assert.Equal((0, "udp checksum flag: 1\n"), (outcome.Status, outcome.Output));
        Assert.Contains("SO_NO_CHECK", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("getrt", "usage: getrt <IPaddress>\n")]
    [InlineData("mynetstat", "usage: mynetstat <inet4|inet6|all>\n")]
    [InlineData("prifinfo", "usage: prifinfo <inet4|inet6> <doaliases>\n")]
    [InlineData("prifindex", "usage: prifindex <interface-name>\n")]
    [InlineData("prifname", "usage: prifname <interface-index>\n")]
    [InlineData("prifnameindex", "usage: prifnameindex\n", "more")]
    [InlineData("checkudpsum", "usage: checkudpsum\n", "more")]
    [InlineData("mynetstat", "invalid <address-family>\n", "unix")]
    [InlineData("prifinfo", "invalid <address-family>\n", "unix", "0")]
    [InlineData("getrt", "inet_pton error for nonsense\n", "nonsense")]
    public void Wrong_arguments_are_reported(string program, string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", error), UnpProcess.Run([$"route/{program}", .. arguments]));

    /// <summary>Creates a host whose interfaces get no link-local addresses, because the kernel adds them some time later.</summary>
    static NetworkNamespace Host()
    {
        var host = new NetworkNamespace();
        host.Run("echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode");
        return host;
    }

    /// <summary>Creates a second host, which is joined to the first by three links.</summary>
    static NetworkNamespace Other(NetworkNamespace host)
    {
        NetworkNamespace other = Host();
        for (int i = 0; i < 3; i++)
            NetworkNamespace.Join(host, $"up{i}", other, $"down{i}");
        return other;
    }

    static string Run(NetworkNamespace host, params string[] command)
    {
        Outcome outcome = Start(host, command);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return outcome.Output;
    }

    static Outcome Start(NetworkNamespace host, params string[] command)
    {
        using Peer program = Peer.Start("nsenter", [$"--net={host.Path}", UnpProcess.Executable, $"route/{command[0]}", .. command[1..]]);
        return program.Finish();
    }
}
