using System.Net;

namespace Unp.Net.Netlink.Tests;

/// <summary>Entries that were read can be compared, changed and deleted.</summary>
public sealed class RoundTripTests : IDisposable
{
    readonly RoutingHost host = new();
    readonly RtnetlinkSocket routing;
    readonly int v1;

    public RoundTripTests()
    {
        routing = host.Routing;
        v1 = host.AddPair("v1", "v2");
        host.Host.Run("ip address add 192.0.2.1/24 dev v1; ip address add 2001:db8::1/64 dev v1 nodad");
    }

    public void Dispose() => host.Dispose();

    Route Find(string destination) => Assert.Single(routing.GetRoutes(), route => $"{route.Destination}" == destination);

    [Theory]
    [InlineData("192.0.2.2", "192.0.2.3", "198.51.100.0/24")]
    [InlineData("2001:db8::2", "2001:db8::3", "2001:db8:9::/48")]
    public void Route_of_nexthop_object_is_replaced_and_deleted(string first, string second, string destination)
    {
        host.Host.Run($"""
            ip nexthop add id 7 via {first} dev v1; ip nexthop add id 8 via {second} dev v1; ip nexthop add id 9 group 7/8
            """);
        foreach ((uint id, int hops) in ((uint, int)[])[(7, 0), (9, 2)])
        {
            host.Host.Run($"ip route add {destination} nhid {id}");
            Route route = Find(destination);
            Assert.Equal((id, hops), (route.NextHopId, route.NextHops.Count));
            routing.Replace(route with { Metrics = new RouteMetrics { Mtu = 1300 } });
            route = Find(destination);
            Assert.Equal((1300u, id), (route.Metrics.Mtu, route.NextHopId));
            routing.Delete(route);
            Assert.DoesNotContain(routing.GetRoutes(), other => $"{other.Destination}" == destination);
        }
    }

    [Fact]
    public void Route_of_link_without_carrier_is_replaced()
    {
        host.Host.Run("""
            ip route add 198.51.100.0/24 via 192.0.2.2
            ip route add 203.0.113.0/24 nexthop via 192.0.2.2 nexthop via 192.0.2.3; ip link set v2 down
            """);
        Limit.Until(() => (Find("198.51.100.0/24").Flags & (uint)RTNH_F_LINKDOWN) != 0, "the route is without carrier");
        Assert.All(Find("203.0.113.0/24").NextHops, hop => Assert.NotEqual(0, hop.Flags & RTNH_F_LINKDOWN));
        foreach (string destination in (string[])["198.51.100.0/24", "203.0.113.0/24"])
        {
            routing.Replace(Find(destination) with { Metrics = new RouteMetrics { Mtu = 1300 } });
            Assert.Equal(1300u, Find(destination).Metrics.Mtu);
        }
    }

    [Fact]
    public void Routes_of_absent_table_are_none()
    {
        Assert.Empty(routing.GetRoutes(table: 100));
        Assert.Empty(routing.GetRoutes(AF_INET, 100));
        Assert.Empty(routing.GetRoutes(AF_INET6, 100_000));
        host.Host.Run("ip -6 route add 2001:db8:9::/48 via 2001:db8::2 table 100; ip route add 198.51.100.0/24 via 192.0.2.2 table 100000");
        Assert.Equal("2001:db8:9::/48", $"{Assert.Single(routing.GetRoutes(table: 100)).Destination}");
        Assert.Equal("198.51.100.0/24", $"{Assert.Single(routing.GetRoutes(table: 100_000)).Destination}");
    }

    [Fact]
    public void Lists_of_equal_records_are_equal()
    {
        NextHop hop = new() { Index = 2 }, other = new() { Index = 3 };
        var destination = IPNetwork.Parse("198.51.100.0/24");
        Route first = new() { Destination = destination, NextHops = [hop, other] };
        Route second = new() { Destination = destination, NextHops = new List<NextHop> { hop, other } };
        Assert.True(first.Equals(second) && second.Equals(first) && first.GetHashCode() == second.GetHashCode());
        Assert.NotEqual(first, first with { NextHops = [other, hop] });
        Assert.Equal(new Link { AlternativeNames = ["a"] }, new Link { AlternativeNames = ["a"] });
        Assert.Equal(new UnixSocketInfo { PendingInodes = [1] }, new UnixSocketInfo { PendingInodes = [1] });
        Assert.Equal(new Link { AlternativeNames = [] }, new Link());
        Assert.Equal(new Route { Destination = destination, NextHops = [] }, new Route { Destination = destination });
    }

    [Fact]
    public void Long_dump_has_its_entries_in_order()
    {
        var dump = new NetlinkDump<string>();
        Assert.Empty(dump);
        for (int count = 0; count <= 9000; count++)
        {
            Assert.Equal(count, dump.Count);
            dump.Add($"{count}");
        }
        Assert.Equal(Enumerable.Range(0, 9001).Select(number => $"{number}"), dump);
        Assert.All((int[])[0, 4095, 4096, 8191, 8192, 9000], place => Assert.Equal($"{place}", dump[place]));
        Assert.All((int[])[-1, -4096, 9001, 8192 + 4096], place => Assert.Throws<ArgumentOutOfRangeException>(() => dump[place]));
    }

    [Fact]
    public void Deletion_without_origin_fits_any()
    {
        host.Host.Run("ip route add 198.51.100.0/24 via 192.0.2.2 proto 99");
        var route = new Route { Destination = IPNetwork.Parse("198.51.100.0/24") };
        Assert.Equal(Errno.ESRCH, Assert.Throws<NetlinkException>(() => routing.Delete(route)).Errno);
        routing.Delete(route with { Protocol = 0, Kind = 0 });
        Assert.DoesNotContain(routing.GetRoutes(), other => other.Protocol == 99);
    }

    [Theory]
    [InlineData("uidrange 1000-1999", "uidrange 2000-2999", "from all uidrange 2000-2999 lookup 1000")]
    [InlineData("sport 1-2", "sport 1-3", "from all sport 1-3 lookup 1000")]
    [InlineData("ipproto tcp dport 80", "ipproto tcp dport 81", "from all dport 81-81 lookup 1000")]
    public void Rules_of_one_priority_differ_by_range(string first, string second, string text)
    {
        foreach (string range in (string[])[first, second])
            host.Host.Run($"ip rule add {range} table 1000 priority 50");
        Rule rule = routing.GetRules(AF_INET).Last(r => r.Priority == 50);
        Assert.Equal($"50: {text}", rule.ToString());
        routing.Delete(rule);
        Assert.NotEqual(rule, Assert.Single(routing.GetRules(AF_INET), r => r.Priority == 50));
        routing.Add(rule);
        Assert.Equal(rule, routing.GetRules(AF_INET).Last(r => r.Priority == 50));
        ArgumentException e = Assert.Throws<ArgumentException>(() => routing.Add(rule with { SourcePorts = new NumberRange(1, 65536) }));
        Assert.Equal("The ports 1-65536 are not 0 to 65535.", e.Message);
    }

    [Fact]
    public void Rule_of_vrf_reads_back()
    {
        host.Host.Run("ip rule add l3mdev priority 1000");
        Rule rule = Assert.Single(routing.GetRules(AF_INET), r => r.UsesVrfTable);
        Assert.Equal("1000: from all lookup l3mdev", rule.ToString());
        routing.Delete(rule);
        Assert.DoesNotContain(routing.GetRules(AF_INET), r => r.UsesVrfTable);
        routing.Add(rule);
        Assert.Equal(rule, Assert.Single(routing.GetRules(AF_INET), r => r.UsesVrfTable));
    }

    [Fact]
    public void Every_route_and_rule_can_be_deleted()
    {
        host.Host.Run("""
            ip route add 10.1.0.0/16 metric 7 mtu lock 1300 advmss 1200 nexthop via 192.0.2.2 weight 3 nexthop via 192.0.2.3
            ip route add blackhole 10.2.0.0/16; ip route add unreachable 10.3.0.0/16 table 1000
            ip route add 10.4.0.0/16 via inet6 fe80::7 dev v1; ip route add 10.5.0.0/16 dev v1 tos 0x10 src 192.0.2.1
            ip route add 2001:db8:aaaa::/48 nexthop via 2001:db8::7 nexthop via 2001:db8::8 weight 2
            ip route add 2001:db8:bbbb::/48 via 2001:db8::7 metric 9 pref high expires 1000; ip route add blackhole 2001:db8:cccc::/48
            ip rule add not to 10.6.0.1 table main suppress_prefixlength 0 priority 90; ip rule add goto 90 priority 10
            ip rule add iif lo oif v1 fwmark 1/3 table 8; ip -6 rule add from 2001:db8::/32 table 9; ip rule add prohibit ipproto tcp
            """);
        foreach (Route route in routing.GetRoutes())
            routing.Delete(route);
        Assert.Empty(routing.GetRoutes());
        foreach (Rule rule in routing.GetRules())
            routing.Delete(rule);
        Assert.Empty(routing.GetRules());
    }
}
