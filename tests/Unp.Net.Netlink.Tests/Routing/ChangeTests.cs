using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Unp.Net.Netlink.Tests;

/// <summary>Changes that are made here and seen by iproute2, and the errors of impossible ones.</summary>
public sealed partial class ChangeTests : IDisposable
{
    readonly RoutingHost host = new();
    readonly RtnetlinkSocket routing;
    readonly int v1;

    public ChangeTests()
    {
        routing = host.Routing;
        v1 = host.AddPair("v1", "v2");
    }

    public void Dispose() => host.Dispose();

    LinkAddress Address(string address, int length) =>
        new() { Index = v1, Address = IPAddress.Parse(address), PrefixLength = length };

    [Fact]
    public void Link_is_made_changed_and_deleted()
    {
        routing.AddLink(new LinkSettings
        {
            Kind = "veth",
            Name = "x1",
            Mtu = 1400,
            HardwareAddress = PhysicalAddress.Parse("02-00-00-00-00-01"),
            Peer = new LinkSettings { Name = "x2", Mtu = 1300 },
        });
        routing.AddLink(new LinkSettings { Kind = "bridge", Name = "br0" });
        Link made = routing.FindLink("x1")!, peer = routing.FindLink("x2")!, bridge = routing.FindLink("br0")!;
        Assert.Equal(("veth", 1400, "020000000001", peer.Index), (made.Kind, made.Mtu, $"{made.HardwareAddress}", made.Peer));
        Assert.Equal((1300, false, made.Index), (peer.Mtu, peer.IsUp, peer.Peer));
        routing.ChangeLink(made.Index, new LinkSettings { IsUp = true });
        Assert.True(routing.FindLink("x1")!.IsUp);

        routing.ChangeLink(made.Index, new LinkSettings
        {
            IsUp = false,
            Mtu = 1280,
            Master = bridge.Index,
            Alias = "lab",
            Group = 5,
            QueueLength = 9,
            Name = "x9",
        });
        JsonElement seen = host.Ip("link show dev x9")[0];
        Assert.Equal(
            ("br0", "lab", 1280, "5", 9, "bridge"),
            (seen.Text("master"), seen.Text("ifalias"), seen.Number("mtu"), seen.Text("group"), seen.Number("txqlen"),
                seen.GetProperty("linkinfo").Text("info_slave_kind")));
        Assert.False(routing.FindLink(made.Index)!.IsUp);
        Assert.Equal("bridge", routing.FindLink("x9")!.MasterKind);
        routing.ChangeLink(made.Index, new LinkSettings { Master = 0 });
        Assert.Null(routing.FindLink("x9")!.Master);

        routing.DeleteLink(made.Index);
        Assert.Null(routing.FindLink("x9"));
        Assert.Null(routing.FindLink(peer.Index));
        Assert.Equal(Errno.ENODEV, Assert.Throws<NetlinkException>(() => routing.DeleteLink(made.Index)).Errno);
    }

    [Fact]
    public void Link_is_found_by_alternative_name()
    {
        host.Host.Run("ip link property add dev v1 altname short altname a_name_of_more_than_15_bytes");
        Assert.Equal(v1, routing.FindLink("short")!.Index);
        Assert.Equal(v1, routing.FindLink("a_name_of_more_than_15_bytes")!.Index);
        Assert.Null(routing.FindLink("absent"));
        Assert.Null(routing.FindLink("absent_name_of_more_than_15_bytes"));
        Assert.Throws<ArgumentException>("name", () => routing.FindLink(new string('x', 128)));
        Assert.Throws<ArgumentException>("name", () => routing.FindLink(""));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => routing.FindLink(0));
    }

    [Fact]
    public void Link_moves_to_other_namespace()
    {
        using var other = new RoutingHost();
        using Fd file = Open(other.Host.Path, O_RDONLY);
        routing.ChangeLink(v1, new LinkSettings { Namespace = file });
        Assert.Null(routing.FindLink("v1"));
        Link moved = other.Routing.FindLink("v1")!;
        Assert.NotNull(moved.PeerNamespace);
        Assert.NotNull(routing.FindLink("v2")!.PeerNamespace);
    }

    [Theory]
    [InlineData("192.0.2.1", 24)]
    [InlineData("2001:db8::1", 64)]
    public void Address_is_added_replaced_and_deleted(string text, int length)
    {
        LinkAddress address = Address(text, length);
        routing.Add(address);
        NetlinkException e = Assert.Throws<NetlinkException>(() => routing.Add(address));
        Assert.Equal(Errno.EEXIST, e.Errno);
        Assert.Equal($"{text}/{length} on index {v1}", e.Subject);

        routing.Replace(address with { ValidLifetime = TimeSpan.FromHours(2), PreferredLifetime = TimeSpan.FromHours(1) });
        LinkAddress seen = Assert.Single(routing.GetAddresses(), a => a.Address.Equals(address.Address));
        Assert.InRange(seen.ValidLifetime!.Value.TotalMinutes, 119, 120);
        Assert.InRange(seen.PreferredLifetime!.Value.TotalMinutes, 59, 60);
        Assert.Contains(host.Ip("address show dev v1")[0].GetProperty("addr_info").EnumerateArray(), a => a.Text("local") == text);

        routing.Delete(address);
        Assert.DoesNotContain(routing.GetAddresses(), a => a.Address.Equals(address.Address));
        Assert.Equal(Errno.EADDRNOTAVAIL, Assert.Throws<NetlinkException>(() => routing.Delete(address)).Errno);
    }

    [Fact]
    public void Point_to_point_address_has_peer_and_label()
    {
        routing.Add(Address("192.0.2.1", 32) with
        {
            Peer = IPAddress.Parse("192.0.2.9"),
            Label = "v1:ppp",
            Broadcast = IPAddress.Parse("192.0.2.255"),
            Scope = RT_SCOPE_LINK,
        });
        LinkAddress seen = Assert.Single(routing.GetAddresses(AF_INET, v1));
        Assert.Equal(
            ("192.0.2.1", "192.0.2.9", "v1:ppp", "192.0.2.255"),
            ($"{seen.Address}", $"{seen.Peer}", seen.Label, $"{seen.Broadcast}"));
        Assert.Equal(RT_SCOPE_LINK, seen.Scope);
        Assert.Throws<ArgumentException>(() => routing.Add(Address("192.0.2.2", 33)));
    }

    [Fact]
    public void Route_is_added_changed_replaced_and_deleted()
    {
        routing.Add(Address("192.0.2.1", 24));
        var route = new Route
        {
            Destination = IPNetwork.Parse("198.51.100.0/24"),
            Gateway = IPAddress.Parse("192.0.2.2"),
            Metric = 5,
            Table = 1000,
            Metrics = new RouteMetrics
            {
                Mtu = 1300,
                InitialCongestionWindow = 20,
                MinimumRetransmissionTimeout = TimeSpan.FromMilliseconds(300),
            },
        };
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => routing.Change(route)).Errno);
        routing.Add(route);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => routing.Add(route)).Errno);
        JsonElement seen = Assert.Single(host.Ip("route show table 1000"));
        Assert.Equal(
            ("198.51.100.0/24", "192.0.2.2", "v1", 5), (seen.Text("dst"), seen.Text("gateway"), seen.Text("dev"), seen.Number("metric")));
        JsonElement metrics = seen.GetProperty("metrics")[0];
        Assert.Equal((1300, 20, 300), (metrics.Number("mtu"), metrics.Number("initcwnd"), metrics.Number("rto_min")));
        Assert.Equal(route.Metrics, Assert.Single(routing.GetRoutes(table: 1000)).Metrics);

        routing.Change(route with { Gateway = IPAddress.Parse("192.0.2.3"), Metrics = RouteMetrics.None });
        Assert.Equal("192.0.2.3", $"{Assert.Single(routing.GetRoutes(table: 1000)).Gateway}");
        routing.Replace(route with { Kind = RTN_BLACKHOLE, Gateway = null, Metrics = RouteMetrics.None });
        Assert.Equal(RTN_BLACKHOLE, Assert.Single(routing.GetRoutes(table: 1000)).Kind);
        routing.Delete(new Route { Destination = route.Destination, Table = 1000, Kind = RTN_BLACKHOLE });
        Assert.Empty(routing.GetRoutes(table: 1000));
        NetlinkException e = Assert.Throws<NetlinkException>(() => routing.Delete(route));
        Assert.Equal((Errno.ESRCH, "RTM_DELROUTE"), (e.Errno, e.Request));
    }

    [Theory]
    [InlineData("192.0.2.1", 24, "198.51.100.0/24", "192.0.2.2", "192.0.2.3")]
    [InlineData("2001:db8::1", 64, "2001:db8:9::/48", "2001:db8::2", "2001:db8::3")]
    public void Multipath_route_reads_back(string own, int length, string destination, string first, string second)
    {
        routing.Add(Address(own, length) with { Flags = (uint)IFA_F_NODAD });
        routing.Add(new Route
        {
            Destination = IPNetwork.Parse(destination),
            NextHops =
            [
                new NextHop { Gateway = IPAddress.Parse(first), Index = v1, Weight = 256 },
                new NextHop { Gateway = IPAddress.Parse(second), Index = v1 },
            ],
        });
        Route seen = Assert.Single(routing.GetRoutes(), route => route.NextHops.Count > 0);
        Assert.Equal(
            [$"via {first} index {v1} weight 256", $"via {second} index {v1} weight 1"], seen.NextHops.Select(hop => $"{hop}"));
        Assert.Equal(seen, Assert.Single(routing.GetRoutes(), route => route.NextHops.Count > 0));
        routing.Delete(seen);
        Assert.DoesNotContain(routing.GetRoutes(), route => route.NextHops.Count > 0);
        ArgumentException e = Assert.Throws<ArgumentException>(() => routing.Add(seen with { NextHops = [new NextHop { Weight = 257 }] }));
        Assert.StartsWith("The weight 257 of a next hop is not 1 to 256.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ipv4_route_over_ipv6_gateway_reads_back()
    {
        routing.Add(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("fe80::9"), Index = v1 });
        JsonElement seen = Assert.Single(host.Ip("-4 route show"));
        Assert.Equal("fe80::9", seen.GetProperty("via").Text("host"));
        Assert.Equal("fe80::9", $"{Assert.Single(routing.GetRoutes(AF_INET, (uint)RT_TABLE_MAIN)).Gateway}");
    }

    [Fact]
    public void Rule_is_added_and_deleted()
    {
        var rule = new Rule
        {
            Priority = 77,
            Source = IPNetwork.Parse("10.1.0.0/16"),
            Destination = IPNetwork.Parse("10.2.3.4/32"),
            Mark = 0x10,
            Mask = 0xff,
            InputInterface = "v1",
            Table = 1000,
            IpProtocol = IPPROTO_TCP,
            SuppressedPrefixLength = 3,
        };
        routing.Add(rule);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => routing.Add(rule)).Errno);
        Assert.Equal(rule, Assert.Single(routing.GetRules(AF_INET), r => r.Priority == 77));
        JsonElement seen = Assert.Single(host.Ip("rule show priority 77"));
        Assert.Equal(("10.1.0.0", "10.2.3.4", "1000", "v1"), (seen.Text("src"), seen.Text("dst"), seen.Text("table"), seen.Text("iif")));
        routing.Delete(new Rule { Priority = 77, Action = 0, Protocol = 0 });
        Assert.Empty(host.Ip("rule show priority 77"));
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => routing.Delete(rule)).Errno);
    }

    [Theory]
    [InlineData("192.0.2.5")]
    [InlineData("2001:db8::5")]
    public void Neighbour_is_added_changed_and_deleted(string text)
    {
        var neighbour = new Neighbour
        {
            Index = v1,
            Address = IPAddress.Parse(text),
            HardwareAddress = PhysicalAddress.Parse("02-00-00-00-00-05"),
        };
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => routing.Change(neighbour)).Errno);
        routing.Add(neighbour);
        Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => routing.Add(neighbour)).Errno);
        Assert.Equal(neighbour, Find());
        Neighbour changed = neighbour with { HardwareAddress = PhysicalAddress.Parse("02-00-00-00-00-06") };
        routing.Change(changed);
        Assert.Equal(changed, Find());
        routing.Replace(neighbour with { State = NUD_NOARP });
        Assert.Equal(NUD_NOARP, Find()!.State);
        routing.Delete(neighbour);
        Assert.True(Find() is null or { State: 0x20 }); // IPv4 keeps a failed entry for a while (NUD_FAILED)

        Neighbour? Find() => routing.GetNeighbours(index: v1).SingleOrDefault(n => n.Address.Equals(neighbour.Address));
    }

    [Fact]
    public void Lookup_returns_route_of_packet()
    {
        routing.Add(Address("192.0.2.1", 24));
        routing.Add(new Route { Destination = IPNetwork.Parse("198.51.100.0/24"), Gateway = IPAddress.Parse("192.0.2.2"), Metric = 5 });
        Route route = routing.Lookup(IPAddress.Parse("198.51.100.9"));
        Assert.Equal(
            ("198.51.100.9/32", "192.0.2.2", v1, "192.0.2.1", RT_TABLE_MAIN),
            ($"{route.Destination}", $"{route.Gateway}", route.Index, $"{route.PreferredSource}", (int)route.Table));
        Route entry = routing.Lookup(new RouteLookup { Destination = IPAddress.Parse("198.51.100.9"), ReturnsTableEntry = true });
        Assert.Equal(("198.51.100.0/24", 5u), ($"{entry.Destination}", entry.Metric));
        Assert.Equal(RTN_LOCAL, routing.Lookup(IPAddress.IPv6Loopback).Kind);

        routing.Add(new Rule { Priority = 5, Table = 1000, Mark = 7 });
        routing.Add(new Rule { Priority = 6, Table = 1000, IpProtocol = IPPROTO_UDP });
        routing.Add(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.7"), Table = 1000 });
        var packet = new RouteLookup { Destination = IPAddress.Parse("203.0.113.1") };
        Assert.Equal("192.0.2.7", $"{routing.Lookup(packet with { Mark = 7 }).Gateway}");
        packet = packet with { IpProtocol = IPPROTO_UDP, SourcePort = 5000, DestinationPort = 53 };
        Assert.Equal("192.0.2.7", $"{routing.Lookup(packet).Gateway}");
        Assert.Throws<ArgumentException>(() => routing.Lookup(packet with { SourcePort = 65536 }));
        NetlinkException e = Assert.Throws<NetlinkException>(() => routing.Lookup(packet with { IpProtocol = IPPROTO_TCP }));
        Assert.Equal((Errno.ENETUNREACH, "203.0.113.1"), (e.Errno, e.Subject));
    }

    [Fact]
    public void Missing_capability_is_named()
    {
        // The kernel checks the thread that sends, so only this thread gives its rights away.
        NetlinkException e = new BlockedThread<NetlinkException>(() =>
        {
            ReadOnlySpan<uint> header = [0x20080522, 0], none = [0, 0, 0, 0, 0, 0]; // _LINUX_CAPABILITY_VERSION_3
            Assert.Equal(0, capset(header, none));
            return Assert.Throws<NetlinkException>(() => routing.Add(Address("192.0.2.1", 24)));
        }).Result;
        Assert.Equal(Errno.EPERM, e.Errno);
        Assert.Equal(
            $"RTM_NEWADDR error: Operation not permitted. The request needs CAP_NET_ADMIN (192.0.2.1/24 on index {v1})", e.Message);
    }

    [Fact]
    public void Wrong_arguments_are_refused_by_name()
    {
        Assert.Throws<ArgumentException>("settings", () => routing.AddLink(new LinkSettings { Name = "x" }));
        Assert.Throws<ArgumentOutOfRangeException>("family", () => routing.GetRoutes(AF_UNIX));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => routing.DumpAttempts = 0);
        NetlinkException e = Assert.Throws<NetlinkException>(() => routing.AddLink(new LinkSettings { Kind = "nonsense", Name = "x" }));
        Assert.Equal((Errno.EOPNOTSUPP, "nonsense link x"), (e.Errno, e.Subject));
        e = Assert.Throws<NetlinkException>(() => routing.ChangeLink(v1, new LinkSettings { Mtu = 1 }));
        Assert.Equal((Errno.EINVAL, "mtu less than device minimum"), (e.Errno, e.KernelMessage));
        using var other = new NetlinkSocket(NETLINK_GENERIC);
        Assert.Throws<ArgumentException>("socket", () => new RtnetlinkSocket(other));
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        var route = new Route { Destination = IPNetwork.Parse("198.51.100.0/24"), Index = v1 };
        Refused("Protocol must be 0 to 255, but is 256.", () => routing.Add(route with { Protocol = 256 }));
        Refused("Kind must be 0 to 255, but is 300.", () => routing.Replace(route with { Kind = 300 }));
        Refused("Scope must be 0 to 255, but is -1.", () => routing.Delete(route with { Scope = -1 }));
        Refused("TypeOfService must be 0 to 255, but is 256.", () => routing.Add(route with { TypeOfService = 256 }));
        Refused("Preference must be 0 to 255, but is 256.", () => routing.Add(route with { Preference = 256 }));
        Refused("NextHop.Flags must be 0 to 255, but is 512.", () => routing.Add(route with { NextHops = [new NextHop { Flags = 512 }] }));
        Refused("Action must be 0 to 255, but is 256.", () => routing.Add(new Rule { Action = 256 }));
        Refused("IpProtocol must be 0 to 255, but is 262.", () => routing.Add(new Rule { IpProtocol = 262 }));
        Refused(
            "Flags must be 0 to 255, but is 256.",
            () => routing.Add(new Neighbour { Index = v1, Address = IPAddress.Loopback, Flags = 256 }));
        Refused("Scope must be 0 to 255, but is 256.", () => routing.Add(Address("192.0.2.1", 24) with { Scope = 256 }));
        Refused(
            "IpProtocol must be 0 to 255, but is 262.",
            () => routing.Lookup(new RouteLookup { Destination = IPAddress.Loopback, IpProtocol = 262 }));

        static void Refused(string message, Action call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
    }

    [Fact]
    public void Preferred_lifetime_is_at_most_valid_lifetime()
    {
        LinkAddress address = Address("192.0.2.1", 24) with { ValidLifetime = TimeSpan.FromHours(1) };
        ArgumentException e = Assert.Throws<ArgumentException>(() => routing.Add(address));
        Assert.Equal("The preferred lifetime of 192.0.2.1 must be at most its valid lifetime of 01:00:00, but is unlimited.", e.Message);
        Assert.Throws<ArgumentException>(() => routing.Add(address with { PreferredLifetime = TimeSpan.FromHours(2) }));
        routing.Add(address with { PreferredLifetime = TimeSpan.Zero });
        LinkAddress seen = Assert.Single(routing.GetAddresses(AF_INET, v1));
        Assert.Equal(TimeSpan.Zero, seen.PreferredLifetime);
        Assert.NotEqual(0u, seen.Flags & (uint)IFA_F_DEPRECATED);
        routing.Replace(address with { ValidLifetime = null, PreferredLifetime = TimeSpan.FromHours(1) });
        Assert.Null(Assert.Single(routing.GetAddresses(AF_INET, v1)).ValidLifetime);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int capset(ReadOnlySpan<uint> header, ReadOnlySpan<uint> data);
}
