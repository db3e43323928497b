namespace Unp.Samples.Tests.route;

/// <summary>Compares the program with <c>ip monitor</c>: both watch the same host of the test.</summary>
public sealed class MonitorTests : IDisposable
{
    readonly NetworkNamespace host = new();

    public MonitorTests() => host.Run("""
        echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode
        echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
        ip link add v1 address 02:00:00:00:00:01 type veth peer name v2 address 02:00:00:00:00:02
        ip link add v3 type veth peer name v4
        """);

    public void Dispose() => host.Dispose();

    /// <summary>
    /// The order within a topic can differ, because the program also lists the routes, and <c>ip</c> repeats a line if the kernel does.
    /// </summary>
    [Fact]
    public void Lines_are_those_of_ip_monitor()
    {
        string[][] lines = Lines(["all"], """
            ip link set v1 up
            ip link set v2 up
            ip link set v4 up promisc on
            ip addr add 192.0.2.1/24 brd + dev v1
            ip addr add 192.0.2.2/24 brd + dev v1 label v1:x
            ip addr add 192.0.2.3/24 dev v1 valid_lft 1000 preferred_lft 500 noprefixroute
            ip addr add 10.2.0.1 peer 10.2.0.2 dev v2 metric 77
            ip addr add 2001:db8::1/64 dev v1 nodad
            ip route add 198.51.100.0/24 via 192.0.2.254
            ip route add 198.51.101.0/24 via 192.0.2.254 metric 5 proto bgp src 192.0.2.1 \
                mtu lock 1400 hoplimit 9 rto_min 300ms congctl reno
            ip route add default via 192.0.2.254 table 100 proto 77
            ip route add blackhole 198.51.102.0/24
            ip route add 198.51.103.7 via 203.0.113.9 dev v1 onlink tos 0x10
            ip route add 198.51.104.0/24 nexthop via 192.0.2.254 weight 2 nexthop via 192.0.2.253
            ip route add 198.51.105.0/24 via inet6 2001:db8::fe
            ip route add 2001:db8:1::/48 via 2001:db8::fe
            ip route add unreachable 2001:db8:9::/48 proto static
            ip -6 route add default metric 7 nexthop via 2001:db8::fe nexthop via 2001:db8::fd
            ip route replace 198.51.100.0/24 via 192.0.2.253
            ip neigh add 192.0.2.50 lladdr 02:00:00:00:00:50 dev v1
            ip neigh add 192.0.2.51 lladdr 02:00:00:00:00:51 dev v1 nud stale
            ip neigh add 2001:db8::50 lladdr 02:00:00:00:00:50 dev v1 router nud reachable
            ip neigh replace 192.0.2.50 lladdr 02:00:00:00:00:55 dev v1
            ip neigh del 192.0.2.50 dev v1
            ip rule add from 10.0.0.0/8 lookup 100 pref 500
            ip rule add pref 501 fwmark 5/0xff iif v1 to 10.1.0.7 prohibit
            ip rule add pref 502 not from 10.1.0.0/16 oif nope goto 32766 proto static
            ip rule add pref 503 from all goto 40000
            ip -6 rule add pref 504 from 2001:db8::/32 lookup main suppress_prefixlength 0 tos 0x10 ipproto tcp
            ip rule del pref 500
            ip link set v1 mtu 1400
            ip link property add dev v1 altname alternative
            ip route del 198.51.102.0/24
            ip route del 198.51.100.0/24
            ip addr del 192.0.2.2/24 dev v1
            ip addr del 2001:db8::1/64 dev v1
            ip link set v4 down
            """);
        Assert.Equal(lines[0], lines[1]);
        foreach (string part in (string[])["[LINK]3: v1@v2: <", "[ADDR]Deleted ", "[ROUTE]Deleted blackhole 1", "[RULE]Deleted 500"])
            Assert.Contains(lines[0], line => line.StartsWith(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-4", "a", "n")]
    [InlineData("-6", "label")]
    public void Words_choose_topics_and_family(params string[] arguments)
    {
        string[][] lines = Lines(arguments, """
            ip link set v1 up
            ip addr add 192.0.2.1/24 dev v1
            ip addr add 2001:db8::1/64 dev v1 nodad
            ip route add 2001:db8:1::/48 via 2001:db8::2
            ip neigh add 192.0.2.50 lladdr 02:00:00:00:00:50 dev v1
            ip neigh add 2001:db8::50 lladdr 02:00:00:00:00:50 dev v1
            ip rule add pref 500 from 192.0.2.0/24 lookup 100
            ip -6 rule add pref 600 from 2001:db8::/64 lookup 100
            """);
        Assert.NotEmpty(lines[0]);
        Assert.Equal(lines[0], lines[1]);
    }

    [Fact]
    public void Differences_are_printed_after_overrun()
    {
        const int Count = 600;
        host.Run("ip link set v1 up; ip addr add 192.0.2.1/24 dev v1");
        using Peer unp = UnpProcess.StartIn(host, "route/monitor", "addr", "label");
        unp.WaitUntilIn("poll", "ppoll").Stop();
        host.Run($"""
            ip addr del 192.0.2.1/24 dev v1
            for i in $(seq {Count}); do echo "addr add 10.0.$((i / 250)).$((i % 250))/32 dev v1"; done | ip -batch -
            """);
        unp.Kill(SIGCONT);
        HashSet<string> lines = [];
        const string Lifetimes = "       valid_lft forever preferred_lft forever";
        while (lines.Count < Count + 1 && unp.ReadLine() is { } line)
        {
            Assert.Equal(Lifetimes, unp.ReadLine());
            lines.Add(line);
        }
        Assert.Contains("[ADDR]Deleted 3: v1    inet 192.0.2.1/24 scope global v1", lines);
        Assert.Contains("[ADDR]3: v1    inet 10.0.2.100/32 scope global v1", lines);
        Assert.Equal("the kernel has dropped notifications, so the differences of all lists follow", unp.ReadErrorLine());

        host.Run("ip addr del 10.0.0.1/32 dev v1");
        Assert.Equal("[ADDR]Deleted 3: v1    inet 10.0.0.1/32 scope global v1", unp.ReadLine());
    }

    [Theory]
    [InlineData("usage: monitor [-4 | -6] [all] [label] [link] [address] [route] [neigh] [rule]", "-x")]
    [InlineData("nexthop is not something to watch: name link, address, route, neigh, rule or all", "link", "nexthop")]
    [InlineData(" is not something to watch: name link, address, route, neigh, rule or all", "")]
    public void Wrong_words_are_reported(string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run(["route/monitor", .. arguments]));

    /// <summary>Returns the lines of ip and of the program, each once and sorted.</summary>
    string[][] Lines(string[] arguments, string script)
    {
        string[] family = [.. arguments.TakeWhile(argument => argument[0] == '-')];
        using Peer ip = Peer.Start("nsenter", [$"--net={host.Path}", "ip", .. family, "monitor", .. arguments[family.Length..]]);
        using Peer unp = UnpProcess.StartIn(host, ["route/monitor", .. arguments]);
        ip.WaitUntilIn("recvmsg");
        unp.WaitUntilIn("poll", "ppoll");
        host.Run(script);
        return [LinesOf(ip.WaitUntilIn("recvmsg")), LinesOf(unp.WaitUntilIn("poll", "ppoll"))];
    }

    /// <summary>Returns the lines of a program that has printed everything.</summary>
    static string[] LinesOf(Peer peer)
    {
        List<string> lines = [];
        foreach (string line in peer.Kill(SIGTERM).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is ' ' or '\t')
                lines[^1] += $"\n{line.TrimEnd()}";
            else
                lines.Add(line.TrimEnd());
        }
        return [.. lines.Where(line => !line.StartsWith("[NETCONF]", StringComparison.Ordinal)).Distinct().Order()];
    }
}
