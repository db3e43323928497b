using System.Globalization;
using System.Text.Json;

namespace Unp.Net.Netlink.Tests;

/// <summary>The typed lists equal the output of iproute2, in a namespace with 20 links and 1,000 routes.</summary>
public sealed class ComparisonTests : IDisposable
{
    readonly RoutingHost host = new();
    readonly Dictionary<long, string> names;

    public ComparisonTests()
    {
        host.Host.Run("""
            echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
            ip link add br0 type bridge
            i=0; while [ $i -lt 9 ]; do ip link add a$i mtu 140$i type veth peer name b$i; i=$((i + 1)); done
            ip link set a0 master br0; ip link set a1 alias 'to the lab'; ip link set a2 group 7; ip link set a3 txqueuelen 77
            ip link property add dev a4 altname fourth altname another
            ip link set a0 up; ip link set b0 up; ip link set a1 up; ip link set b1 up
            ip address add 10.0.0.1/24 broadcast + dev a1 label a1:x; ip address add 10.0.0.9 peer 10.0.9.1/32 dev a1
            ip address add 2001:db8::1/64 dev a1 nodad; ip address add 10.3.0.1/16 dev a2 valid_lft 4000 preferred_lft 3000
            ip address add 2001:db8:7::9 peer 2001:db8:7::1/128 dev a1 nodad
            """);
        names = host.Routing.GetLinks().ToDictionary(link => (long)link.Index, link => link.Name);
    }

    public void Dispose() => host.Dispose();

    [Fact]
    public void Twenty_links_equal_those_of_ip()
    {
        using (Fd udp = host.Host.Socket(AF_INET, SOCK_DGRAM))
            Sendto(udp, new byte[100], 0, SockAddr.Inet("127.0.0.1", 9)); // counted by lo, with the answer
        NetlinkDump<Link> links = host.Routing.GetLinks();
        Assert.Equal(20, links.Count);
        Assert.False(links.IsInterrupted);
        Assert.Equal(
            host.Ip("link show").Select(e => string.Join(' ',
                e.Number("ifindex"), e.Text("ifname"), e.Number("mtu"), e.Text("address"), e.Text("operstate"), e.Text("qdisc"),
                e.Number("txqlen") ?? 0, e.Text("group"), e.Text("link_type"), e.Text("master"), e.Text("link"), e.Text("ifalias"),
                e.TryGetProperty("linkinfo", out JsonElement info) ? $"{info.Text("info_kind")}/{info.Text("info_slave_kind")}" : "/",
                e.TryGetProperty("altnames", out JsonElement list) ? string.Join(',', list.EnumerateArray()) : "",
                e.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP"))),
            links.Select(link => string.Join(' ',
                link.Index, link.Name, link.Mtu, Colons(link.HardwareAddress), link.State.ToString().ToUpperInvariant(),
                link.QueueDiscipline, link.QueueLength, link.Group, $"[{link.HardwareType}]", NameOf(link.Master), NameOf(link.Peer),
                link.Alias, $"{link.Kind}/{link.MasterKind}", string.Join(',', link.AlternativeNames), link.IsUp)));

        Link lo = Assert.Single(links, link => link.IsLoopback);
        JsonElement counters = host.Ip("link show dev lo")[0].GetProperty("stats64");
        Assert.InRange(lo.Statistics.rx_bytes, 100u, 10_000u);
        Assert.Equal(counters.GetProperty("rx").Number("bytes"), (long)lo.Statistics.rx_bytes);
        Assert.Equal(counters.GetProperty("rx").Number("packets"), (long)lo.Statistics.rx_packets);
        Assert.Equal(counters.GetProperty("tx").Number("packets"), (long)lo.Statistics.tx_packets);
    }

    [Fact]
    public void Addresses_equal_those_of_ip()
    {
        // The lifetimes of one address run, and are compared elsewhere.
        NetlinkDump<LinkAddress> addresses = host.Routing.GetAddresses();
        Assert.Equal(
            host.Ip("address show").SelectMany(link => link.GetProperty("addr_info").EnumerateArray()
                .Select(e => string.Join(' ',
                    link.Number("ifindex"), e.Text("local"), e.Number("prefixlen"), e.Text("address"), e.Text("broadcast"),
                    e.Text("label"), e.Text("scope"), e.Number("valid_life_time") == uint.MaxValue)))
                .Order(StringComparer.Ordinal),
            addresses.Select(a => string.Join(' ',
                    a.Index, a.Address, a.PrefixLength, a.Peer, a.Broadcast, a.Label, a.Scope, a.ValidLifetime is null))
                .Order(StringComparer.Ordinal));
        LinkAddress limited = Assert.Single(addresses, a => a.ValidLifetime is not null);
        Assert.InRange(limited.ValidLifetime!.Value.TotalSeconds, 3_900, 4_000);
        Assert.InRange(limited.PreferredLifetime!.Value.TotalSeconds, 2_900, 3_000);
        Assert.Equal(addresses.Count(a => a.Index == 1), host.Routing.GetAddresses(index: 1).Count);
        Assert.All(host.Routing.GetAddresses(AF_INET6), a => Assert.Equal(16, a.Address.GetAddressBytes().Length));
    }

    [Fact]
    public void Thousand_routes_equal_those_of_ip()
    {
        host.Host.Run("""
            {
              i=0; while [ $i -lt 900 ]; do
                echo route add 10.$((20 + i / 200)).$((i % 200)).0/24 via 10.0.0.$((2 + i % 100)); i=$((i + 1))
              done
              i=2; while [ $i -lt 102 ]; do echo route add 2001:db8:$i::/48 via 2001:db8::$i metric $((i + 1)); i=$((i + 1)); done
              metrics='mtu lock 1300 advmss 1200 window 9000 hoplimit 9'
              echo route add 10.90.0.0/16 metric 7 $metrics nexthop via 10.0.0.2 weight 3 nexthop via 10.0.0.3
              echo route add blackhole 10.91.0.0/16; echo route add unreachable 10.92.0.0/16 table 1000
              echo route add default via 10.0.0.77 src 10.0.0.1 proto 99; echo route add 10.93.0.0/16 via inet6 fe80::7 dev a1
              echo route add 10.94.0.0/16 dev a1 scope link tos 0x10; echo route add default via 2001:db8::77
              echo route add 2001:db8:aaaa::/48 nexthop via 2001:db8::7 nexthop via 2001:db8::8 weight 2
            } | ip -batch -
            """);
        NetlinkDump<Route> routes = host.Routing.GetRoutes();
        Assert.InRange(routes.Count, 1_000, 1_100);
        Assert.Equal(
            host.Ip("-4 route show table all").Concat(host.Ip("-6 route show table all")).Select(LineOf).Order(StringComparer.Ordinal),
            routes.Select(LineOf).Order(StringComparer.Ordinal));

        Route multipath = Assert.Single(routes, route => $"{route.Destination}" == "10.90.0.0/16");
        Assert.Equal(1300u, multipath.Metrics.Mtu);
        Assert.Equal(1u << RTAX_MTU, multipath.Metrics.Locked);
        Assert.Equal(1200u, multipath.Metrics.AdvertisedSegmentSize);
        Assert.Equal(9000u, multipath.Metrics.Window);
        Assert.Equal(9u, multipath.Metrics.HopLimit);
        Assert.Equal("10.92.0.0/16", $"{Assert.Single(host.Routing.GetRoutes(table: 1000)).Destination}");
        Assert.All(host.Routing.GetRoutes(AF_INET, (uint)RT_TABLE_LOCAL), route => Assert.Equal(RT_TABLE_LOCAL, (int)route.Table));
    }

    [Fact]
    public void Rules_equal_those_of_ip()
    {
        host.Host.Run("""
            ip rule add from 10.0.0.0/24 to 10.5.0.0/16 table 1000 priority 50; ip rule add fwmark 0x10/0xff table 7 priority 60
            ip rule add iif lo oif a1 table 8 priority 70; ip rule add unreachable from 10.77.0.0/16 priority 80
            ip rule add not to 10.6.0.1 table main suppress_prefixlength 0 priority 90; ip rule add goto 90 priority 10
            ip -6 rule add from 2001:db8::/32 table 9 priority 11
            """);
        Assert.Equal(
            host.Ip("-4 rule show").Concat(host.Ip("-6 rule show")).Select(LineOfRule),
            host.Routing.GetRules().Select(rule => string.Join(' ',
                rule.Priority, rule.Source?.BaseAddress.ToString() ?? "all", Length(rule.Source), rule.Destination?.BaseAddress,
                Length(rule.Destination), rule.InputInterface, rule.OutputInterface, rule.Mark is { } mark && mark > 0 ? $"0x{mark:x}" : "",
                rule.Mask is { } mask && mask is not 0 and not uint.MaxValue ? $"0x{mask:x}" : "", rule.Goto, rule.SuppressedPrefixLength,
                rule.Action == FR_ACT_TO_TBL ? rule.Table : "", (rule.Flags & (uint)FIB_RULE_INVERT) != 0)));
        Assert.All(host.Routing.GetRules(AF_INET6), rule => Assert.Equal(AF_INET6, rule.Family));

        static int? Length(System.Net.IPNetwork? network) =>
            network is { } n && n.PrefixLength < n.BaseAddress.GetAddressBytes().Length * 8 ? n.PrefixLength : null;

        static string LineOfRule(JsonElement e) => string.Join(' ',
            e.Number("priority"), e.Text("src"), e.Number("srclen"), e.Text("dst"), e.Number("dstlen"), e.Text("iif"), e.Text("oif"),
            e.Text("fwmark"), e.Text("fwmask"), e.Number("goto"), e.Number("suppress_prefixlen"), e.Text("table"),
            e.TryGetProperty("not", out _));
    }

    [Fact]
    public void Neighbours_equal_those_of_ip()
    {
        host.Host.Run("""
            ip neighbour add 10.0.0.2 lladdr 02:00:00:00:00:02 dev a1; ip neighbour add 2001:db8::5 lladdr 02:00:00:00:00:05 dev a1
            ip neighbour add 10.0.0.3 lladdr 02:00:00:00:00:03 dev a1 nud noarp; ip neighbour add proxy 10.0.0.99 dev a1
            """);
        int index = (int)names.Single(pair => pair.Value == "a1").Key;
        Assert.Equal(
            host.Ip("neighbour show nud all dev a1").Where(e => e.Text("lladdr") is not null)
                .Select(e => $"{e.Text("dst")} {e.Text("lladdr")} {e.GetProperty("state")[0]}").Order(StringComparer.Ordinal),
            host.Routing.GetNeighbours(index: index).Where(n => n.HardwareAddress is not null)
                .Select(n => $"{n.Address} {Colons(n.HardwareAddress)} {(n.State == NUD_PERMANENT ? "PERMANENT" : "NOARP")}")
                .Order(StringComparer.Ordinal));
        Assert.Equal("10.0.0.99", Assert.Single(host.Routing.GetNeighbours(onlyProxies: true)).ToString());
    }

    string LineOf(JsonElement e)
    {
        string destination = e.Text("dst")!;
        bool isIpv6 = e.TryGetProperty("pref", out _);
        if (destination == "default")
            destination = isIpv6 ? "::/0" : "0.0.0.0/0";
        else if (!destination.Contains('/', StringComparison.Ordinal))
            destination += isIpv6 ? "/128" : "/32";
        return string.Join(' ',
            e.Text("type"), destination, GatewayOf(e), e.Text("dev"), e.Text("table"), e.Text("protocol"), e.Text("scope"),
            e.Number("metric") ?? 0, e.Text("prefsrc"), e.Text("tos") is { } tos ? Convert.ToInt32(tos, 16) : 0,
            e.TryGetProperty("nexthops", out JsonElement hops)
                ? string.Join(", ", hops.EnumerateArray().Select(hop => $"{GatewayOf(hop)} {hop.Text("dev")} {hop.Number("weight")}"))
                : "");
    }

    static string? GatewayOf(JsonElement e) => e.TryGetProperty("via", out JsonElement via) ? via.Text("host") : e.Text("gateway");

    string LineOf(Route route) => string.Join(' ',
        route.Kind, route.Destination, route.Gateway, NameOf(route.Index), route.Table, route.Protocol, route.Scope, route.Metric ?? 0,
        route.PreferredSource, route.TypeOfService,
        string.Join(", ", route.NextHops.Select(hop => $"{hop.Gateway} {NameOf(hop.Index)} {hop.Weight}")));

    string? NameOf(int? index) => index is { } number ? names[number] : null;

    static string? Colons(System.Net.NetworkInformation.PhysicalAddress? address) =>
        address is null ? null
        : string.Join(':', address.GetAddressBytes().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
