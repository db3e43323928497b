namespace Unp.Samples.Tests.route;

/// <summary>Tests of route on a host of the test. What it changes is what <c>ip route</c> shows.</summary>
public sealed class RouteCommandTests : IDisposable
{
    readonly NetworkNamespace host = new();

    public RouteCommandTests() => host.Run("""
        echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode
        echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
        ip link add v1 type veth peer name v2
        ip link set v1 up; ip link set v2 up
        ip addr add 192.0.2.1/24 dev v1; ip addr add 2001:db8::1/64 dev v1 nodad
        """);

    public void Dispose() => host.Dispose();

    [Fact]
    public void Routes_are_those_of_ip()
    {
        string index = host.Run("cat /proc/self/net/dev_snmp6/v1").Split('\n')[0].Split('\t')[^1].Trim();
        (string Words, string Expected)[] routes =
        [
            ("-net 10.0.0.0/8 gw 192.0.2.254 dev v1 metric 5 mss 1400 window 300",
                "10.0.0.0/8 via 192.0.2.254 dev v1 metric 5 window 300 advmss 1360"),
            ("default gw 192.0.2.254", "default via 192.0.2.254 dev v1"),
            ("-net 0.0.0.0 netmask 0.0.0.0 gw 192.0.2.254 metric 1", "default via 192.0.2.254 dev v1 metric 1"),
            ("default 192.0.2.254 -ifp v1 metric 2", "default via 192.0.2.254 dev v1 metric 2"),
            ("-host 10.1.1.1 gw 192.0.2.253", "10.1.1.1 via 192.0.2.253 dev v1"),
            ("10.1.1.2 v1", "10.1.1.2 dev v1 scope link"),
            ("-net 10.2.0.0 netmask 255.255.0.0 192.0.2.2", "10.2.0.0/16 via 192.0.2.2 dev v1"),
            ("-net 198.51.100.0 v1", "198.51.100.0/24 dev v1 scope link"),
            ("-net 10.3.0.0/16 reject", "unreachable 10.3.0.0/16"),
            ("10.4.0.0/16 blackhole", "blackhole 10.4.0.0/16"),
            ("10.5.0.0/16 gw 2001:db8::fe", "10.5.0.0/16 via inet6 2001:db8::fe dev v1"),
            ("-inet6 2001:db8:5:: -prefixlen 48 metric 7 dev v1", "2001:db8:5::/48 dev v1 metric 7 pref medium"),
            ($"default gw fe80::2%{index}", "default via fe80::2 dev v1 metric 1024 pref medium"),
        ];
        string[] before = Table();
        foreach (var (words, _) in routes)
            Assert.Equal((words, new Outcome(0, "", "")), (words, Route(["add", .. words.Split(' ')])));
        Assert.Equal(routes.Select(route => route.Expected).Order(), Table().Except(before).Order());

        foreach (string words in (string[])["del -net 10.0.0.0", "del 10.2.0.0/16 dev v1", "-A inet6 del default", "del default metric 2"])
            Assert.Equal((words, new Outcome(0, "", "")), (words, Route(words.Split(' '))));
        Assert.Equal(routes.Length - 4, Table().Except(before).Count());

        string[] Table() => [.. host.Run("ip route; ip -6 route").Split('\n').Select(line => line.Trim())];
    }

    [Fact]
    public void Deletion_compares_only_what_is_named()
    {
        host.Run("""
            ip route add 10.0.0.0/8 via 192.0.2.254 metric 5 proto static
            ip route add 10.0.0.0/8 via 192.0.2.253 metric 9 proto bgp
            """);
        Assert.Equal(0, Route("del", "-net", "10.0.0.0/8", "gw", "192.0.2.253").Status);
        Assert.Equal(0, Route("del", "-net", "10.0.0.0/8").Status);
        Assert.Equal(new Outcome(1, "", "RTM_DELROUTE error: No such process (10.0.0.0/8)\n"), Route("del", "-net", "10.0.0.0/8"));
    }

    /// <summary>IPv6 has references and uses, and the routes of the local table, which the program does not print.</summary>
    [Fact]
    public void Tables_are_those_of_net_tools()
    {
        Peer.Require("/sbin/route");
        host.Run("""
            ip route add default via 192.0.2.254
            ip route add 10.0.0.0/8 via 192.0.2.254 metric 5
            ip route add 10.1.1.1 dev v1
            ip route add unreachable 10.2.0.0/16 metric 7
            ip route add prohibit 10.3.1.1
            ip route add blackhole 10.4.0.0/16
            ip route add default via 192.0.2.77 table 100
            ip -6 route add default via 2001:db8::fe metric 9
            ip route add 2001:db8:1::/48 via 2001:db8::fe expires 500
            ip route add unreachable 2001:db8:2::/48
            /sbin/route -A inet6 add 2001:db8:3::7 dev v1
            """);
        string table = host.Run("/sbin/route -n");
        Assert.Equal(table, Route().Output);
        Assert.Equal(table, Route("-n", "-A", "inet", "show").Output);

        string[] lines = host.Run("/sbin/route -n -A inet6").Split('\n'), own = Route("-A", "inet6").Output.Split('\n');
        Assert.Equal(lines[..2], own[..2]);
        Assert.Contains("2001:db8:1::/48                2001:db8::fe               UGe  1024 0      0 v1", own);
        Assert.Contains("2001:db8:2::/48                ::                         !n   1024 0      0 lo", own);
        Assert.All(own[2..^1], line => Assert.Contains(Known(line), lines.Select(Known)));

        host.Run("ip route add 198.51.100.0/24 nexthop via 192.0.2.253 nexthop via 192.0.2.252");
        Assert.Equal(2, Route().Output.Split('\n').Count(line => line.StartsWith("198.51.100.0 ", StringComparison.Ordinal)));

        static string Known(string line)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length < 7 ? "" : string.Join(' ', [.. fields[..4], fields[^1]]);
        }
    }

    [Fact]
    public void Get_prints_chosen_route()
    {
        host.Run("""
            ip route add 198.51.100.0/24 via 192.0.2.254
            ip route add default via 192.0.2.253
            ip route add unreachable 10.2.0.0/16
            """);
        Assert.Equal(
            """
               route to: 198.51.100.7
            destination: 198.51.100.0
                   mask: 255.255.255.0
                gateway: 192.0.2.254
              interface: v1
             if address: 192.0.2.1
                  flags: <UP,GATEWAY,STATIC>

            """,
            Route("get", "198.51.100.7").Output);
        Assert.StartsWith("   route to: 8.8.8.8\ndestination: default\n       mask: default\n", Route("get", "8.8.8.8").Output);
        Assert.Contains("       mask: ffff:ffff:ffff:ffff::\n  interface: v1\n", Route("get", "2001:db8::7").Output);
        Assert.Equal(new Outcome(1, "", "RTM_GETROUTE error: No route to host (10.2.1.1)\n"), Route("get", "10.2.1.1"));
    }

    [Fact]
    public void Wrong_words_are_reported()
    {
        (string Words, string Error)[] wrong =
        [
            ("add nonsense gw 192.0.2.2", "nonsense is not an IP address"),
            ("add default gw 192.0.2.2:80", "192.0.2.2:80 is not an IP address"),
            ("-A inet add 2001:db8::2 v1", "2001:db8::2 is not an IPv4 address"),
            ("add 10.0.0.0/33 v1", "10.0.0.0/33: the prefix must have at most 32 bits"),
            ("add -net 10.0.0.1/8 v1", "10.0.0.1 has bits behind the 8 bits of its netmask"),
            ("add -net 10.0.0.0 netmask 255.0.255.0 v1", "255.0.255.0 is not a netmask"),
            ("add -host 10.0.0.0/8 v1", "10.0.0.0/8: a route to a host has no netmask"),
            ("add -net 2001:db8:7:: v1", "2001:db8:7::: a network needs a length, such as 2001:db8:7::/64"),
            ("add 10.0.0.0/8", "10.0.0.0/8: name a router (gw) or an interface (dev)"),
            ("add 10.0.0.0/8 v1 mss 39", "mss 39: the value must be at least 40"),
            ("add default gw", "gw needs a value"),
            ("add default -mod", "-mod is not an option of route"),
            ("add default 192.0.2.2 v1 more", "more is one word too many"),
            ("add default nope0", "if_nametoindex error: No such device (nope0)"),
            ("add default gw 203.0.113.1",
                "RTM_NEWROUTE error: Network is unreachable: Nexthop has invalid gateway (0.0.0.0/0 via 203.0.113.1)"),
            ("add", "usage: route [ -n ] [ -A inet | -A inet6 ] [ show ]"),
        ];
        Assert.All(wrong, one =>
        {
            Outcome outcome = Route(one.Words.Split(' '));
            Assert.Equal((1, "", one.Error), (outcome.Status, outcome.Output, outcome.Error.Split('\n')[0]));
        });
    }

    [Fact]
    public void Missing_right_is_named()
    {
        Peer.Require("setpriv");
        using Peer program = Peer.Start(
            "nsenter", $"--net={host.Path}", "setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin", UnpProcess.Executable,
            "route/route", "add", "10.0.0.0/8", "v1");
        Outcome outcome = program.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.StartsWith("RTM_NEWROUTE error: Operation not permitted. The request needs CAP_NET_ADMIN (10.0.0.0/8 ", outcome.Error);
    }

    Outcome Route(params string[] arguments) => UnpProcess.RunIn(host, ["route/route", .. arguments]);
}
