using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.Json;

#pragma warning disable CA1416 // the tests check the system first

namespace Unp.Net.Tests.Routing;

/// <summary>Routes and interfaces are those that ip(8) shows, in hosts and routers that the test makes.</summary>
public class RouteTableTests
{
    [Fact]
    public void Thousand_routes_are_those_of_ip()
    {
        using NetworkNamespace host = Host(), router = Host();
        NetworkNamespace.Join(host, "up0", router, "down0");
        host.Run("ip addr add 192.0.2.1/24 dev up0; ip -6 addr add 2001:db8::1/64 dev up0");
        router.Run("ip addr add 192.0.2.254/24 dev down0; ip -6 addr add 2001:db8::fe/64 dev down0");
        host.Run("""
            ip route add default via 192.0.2.254 mtu 1400
            ip route add 203.0.113.7 via 192.0.2.253 src 192.0.2.1 metric 7
            ip route add unreachable 198.51.100.0/24
            ip route add blackhole 198.18.0.0/15
            ip route add 172.16.0.0/12 nexthop via 192.0.2.254 weight 2 nexthop via 192.0.2.253
            ip route add 172.31.0.0/16 via inet6 fe80::1 dev up0
            ip -6 route add default via fe80::fe dev up0
            for i in $(seq 0 999); do echo "route add 10.$((i / 256)).$((i % 256)).0/24 via 192.0.2.254"; done | ip -batch -
            for i in $(seq 1 99); do echo "route add 2001:db8:$i::/48 via 2001:db8::fe"; done | ip -batch -
            """);

        RouteEntry[] four = Routes(host, AF_INET);
        Assert.Equal(RoutesOfIp(host, "-4"), four.Select(Line).Order());
        Assert.InRange(four.Length, 1000, 1010);
        Assert.Equal(RoutesOfIp(host, "-6"), Routes(host, AF_INET6).Select(Line).Order());
        Assert.Equal(RoutesOfIp(host, "-4").Concat(RoutesOfIp(host, "-6")).Order(), Routes(host, AF_UNSPEC).Select(Line).Order());

        RouteEntry first = four.Single(route => route.PrefixLength == 0);
        Assert.Equal((1400, RTF_UP | RTF_GATEWAY), (first.Mtu, first.Flags));
        RouteEntry single = four.Single(route => route.PrefixLength == 32);
        Assert.Equal((7u, RTF_UP | RTF_GATEWAY | RTF_HOST, "192.0.2.1"), (single.Metric, single.Flags, Text(single.Source)));
        Assert.Equal(
            ["198.18.0.0/15 reject", "198.51.100.0/24 reject"],
            Routes(host, AF_INET, RTF_REJECT).Select(route => route.ToString()).Order());
    }

    [Fact]
    public void Lookup_finds_longest_prefix()
    {
        using NetworkNamespace host = Host(), router = Host();
        NetworkNamespace.Join(host, "up0", router, "down0");
        host.Run("ip addr add 192.0.2.1/24 dev up0; ip -6 addr add 2001:db8::1/64 dev up0");
        host.Run("""
            ip route add default via 192.0.2.254
            ip route add 198.51.100.0/24 via 192.0.2.253
            ip route add 198.51.100.128/25 via 192.0.2.252
            ip route add unreachable 198.18.0.0/15
            ip route add prohibit 198.18.1.0/24
            ip -6 route add 2001:db8:1::/48 via 2001:db8::fe
            """);
        (string Destination, string Netmask, string? Gateway)[] expected =
        [
            ("198.51.100.9", "198.51.100.0/24 255.255.255.0", "192.0.2.253"),
            ("198.51.100.200", "198.51.100.128/25 255.255.255.128", "192.0.2.252"),
            ("203.0.113.1", "0.0.0.0/0 0.0.0.0", "192.0.2.254"),
            ("192.0.2.77", "192.0.2.0/24 255.255.255.0", null),
            ("127.0.0.1", "127.0.0.1/32 255.255.255.255", null),
            ("2001:db8:1::9", "2001:db8:1::/48 ffff:ffff:ffff::", "2001:db8::fe"),
            ("2001:db8::9", "2001:db8::/64 ffff:ffff:ffff:ffff::", null),
        ];
        Assert.All(expected, one =>
        {
            RouteEntry route = Lookup(host, one.Destination);
            string net = $"{Sock_ntop_host(route.Destination)}/{route.PrefixLength} {Sock_masktop(route.Netmask)}";
            Assert.Equal((one.Netmask, one.Gateway), (net, route.Gateway is { } gateway ? Sock_ntop_host(gateway) : null));
            Assert.Null(route.Genmask);
        });
        Assert.Equal(Errno.EHOSTUNREACH, Assert.Throws<UnpException>(() => Lookup(host, "198.18.7.7")).Errno);
        Assert.Equal(Errno.EACCES, Assert.Throws<UnpException>(() => Lookup(host, "198.18.1.1")).Errno);
        var failure = Assert.Throws<UnpException>(() => Lookup(host, "2001:db8:2::9"));
        Assert.Equal("RTM_GET error: Network is unreachable (2001:db8:2::9)", failure.Message);
    }

    [Fact]
    public void Lookup_uses_interface_of_scope()
    {
        using NetworkNamespace host = Host(), router = Host();
        NetworkNamespace.Join(host, "a0", router, "b0");
        NetworkNamespace.Join(host, "a1", router, "b1");
        host.Run("ip -6 addr add fe80::a/64 dev a0; ip -6 addr add fe80::a/64 dev a1");
        foreach (uint index in Interfaces(host).Where(one => one.Name != "lo").Select(one => one.Index))
            Assert.Equal(index, Lookup(host, $"fe80::1%{index}").InterfaceIndex);
    }

    [Fact]
    public void Interfaces_are_those_of_ip()
    {
        using NetworkNamespace host = Host(), router = Host();
        for (int i = 0; i < 20; i++)
            NetworkNamespace.Join(host, $"net{i}", router, $"to{i}");
        host.Run("""
            for i in $(seq 0 19); do ip addr add 10.0.$i.1/24 brd + dev net$i; ip -6 addr add 2001:db8:$i::1/64 dev net$i; done
            ip addr add 10.1.0.1/16 dev net3
            ip addr add 10.2.0.1 peer 10.2.0.2 dev net4
            ip -6 addr add 2001:db8:ff::1 peer 2001:db8:ff::2 dev net4
            ip link set net5 mtu 1280 down
            """);
        InterfaceEntry[] all = Interfaces(host);
        Assert.Equal(21, all.Length);
        Assert.Equal(InterfacesOfIp(host).Order(), all.SelectMany(Lines).Order());
        Assert.Equal(0, all.Single(one => one.Name == "net5").Flags & IFF_UP);
        Assert.Null(all[0].HardwareAddress); // lo
        Assert.All(Interfaces(host, AF_INET6), one => Assert.All(one.Addresses, address => Assert.Equal(AF_INET6, address.Address.Family)));

        uint index = all.Single(one => one.Name == "net4").Index;
        InterfaceEntry only = Assert.Single(Interfaces(host, AF_INET, index));
        Assert.Equal($"{index}: net4 [10.0.4.1/24, 10.2.0.1/32]", only.ToString());
        Assert.Equal("10.2.0.2", Sock_ntop_host(only.Addresses[1].DestinationAddress!.Value));
    }

    [Fact]
    public void Own_tables_are_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        Assert.Equal(If_nameindex().Order(), Net_rt_iflist().Select(one => (one.Index, one.Name)).Order());
        InterfaceEntry loopback = Net_rt_iflist().Single(one => one.Name == "lo");
        Assert.Equal(loopback.ToString(), Assert.Single(net_rt_iflist(AF_UNSPEC, loopback.Index)!).ToString());
        Assert.Equal(Net_rt_dump().Select(Line), net_rt_dump()!.Select(Line));
        Assert.Equal(loopback.Index, GetRoute(SockAddr.Loopback(AF_INET, 80)).InterfaceIndex);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        Assert.Equal(
            "net_rt_iflist error: No such device or address (index 999999)",
            Assert.Throws<UnpException>(() => Net_rt_iflist(AF_INET, 999_999)).Message);
        Assert.Equal((null, Errno.ENXIO), (net_rt_iflist(AF_INET, 999_999), Errno.Last));
        foreach (int family in (int[])[AF_UNIX, -1, 77])
        {
            Assert.Contains($"(address family {family})", Assert.Throws<UnpException>(() => Net_rt_dump(family)).Message);
            Assert.Equal((null, Errno.EAFNOSUPPORT), (net_rt_dump(family), Errno.Last));
            Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(() => Net_rt_iflist(family)).Errno);
        }
        Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(() => GetRoute(SockAddr.Unix("/tmp/x"))).Errno);
        Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(() => GetRoute(default)).Errno);
    }

    /// <summary>Creates a host whose interfaces get no link-local addresses, because the kernel adds them some time later.</summary>
    static NetworkNamespace Host()
    {
        var host = new NetworkNamespace();
        host.Run("echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode");
        return host;
    }

    static RouteNetlink Netlink(NetworkNamespace host) => new(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));

    static RouteEntry[] Routes(NetworkNamespace host, int family, int flags = 0)
    {
        using RouteNetlink netlink = Netlink(host);
        return RouteTables.Routes(netlink, family, flags);
    }

    static RouteEntry Lookup(NetworkNamespace host, string destination)
    {
        using RouteNetlink netlink = Netlink(host);
        return RouteTables.Lookup(netlink, SockAddr.Parse(destination));
    }

    static InterfaceEntry[] Interfaces(NetworkNamespace host, int family = AF_UNSPEC, uint index = 0)
    {
        using RouteNetlink netlink = Netlink(host);
        return RouteTables.Interfaces(netlink, family, index);
    }

    /// <summary>Returns the route as one line. The index of the interface is left out, because ip(8) has its name.</summary>
    static string Line(RouteEntry route)
    {
        string gateway = route.Gateway is { } via ? via.Address.ToString().Split('%')[0] : "";
        return $"{route.Destination.Address}/{route.PrefixLength} {gateway} {route.Metric}";
    }

    static IEnumerable<string> RoutesOfIp(NetworkNamespace host, string family)
    {
        var lines = new List<string>();
        foreach (JsonElement route in Ip(host, family, "route"))
        {
            string destination = route.GetProperty("dst").GetString()!;
            if (destination == "default")
                destination = family == "-4" ? "0.0.0.0/0" : "::/0";
            if (!destination.Contains('/', StringComparison.Ordinal))
                destination += family == "-4" ? "/32" : "/128";
            int metric = route.TryGetProperty("metric", out JsonElement number) ? number.GetInt32() : 0;
            JsonElement[] hops = route.TryGetProperty("nexthops", out JsonElement several) ? [.. several.EnumerateArray()] : [route];
            lines.AddRange(hops.Select(hop => $"{destination} {Gateway(hop)} {metric}"));
        }
        return lines.Order();

        static string Gateway(JsonElement hop) =>
            hop.TryGetProperty("gateway", out JsonElement address) ? address.GetString()!
            : hop.TryGetProperty("via", out JsonElement via) ? via.GetProperty("host").GetString()!
            : "";
    }

    static IEnumerable<string> Lines(InterfaceEntry one) =>
    [
        $"{one.Index} {one.Name} mtu {one.Mtu} {Mac(one.HardwareAddress)}",
        .. from address in one.Addresses
           let others = $"{Text(address.BroadcastAddress)} {Text(address.DestinationAddress)}"
           select $"{one.Name} {Text(address.Address)}/{address.PrefixLength} {others}",
    ];

    static IEnumerable<string> InterfacesOfIp(NetworkNamespace host)
    {
        foreach (JsonElement one in Ip(host, "address"))
        {
            string name = one.GetProperty("ifname").GetString()!;
            string mac = name == "lo" ? "" : one.GetProperty("address").GetString()!;
            yield return $"{one.GetProperty("ifindex").GetInt32()} {name} mtu {one.GetProperty("mtu").GetInt32()} {mac}";
            foreach (JsonElement address in one.GetProperty("addr_info").EnumerateArray())
            {
                string net = $"{Value(address, "local")}/{address.GetProperty("prefixlen")}";
                yield return $"{name} {net} {Value(address, "broadcast")} {Value(address, "address")}";
            }
        }

        static string Value(JsonElement element, string name) =>
            element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
    }

    static JsonElement.ArrayEnumerator Ip(NetworkNamespace host, params string[] arguments)
    {
        Peer.Require("ip");
        using Peer ip = Peer.Start("nsenter", [$"--net={host.Path}", "ip", "-j", .. arguments]);
        Outcome outcome = ip.Finish();
        Assert.Equal("", outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement.EnumerateArray();
    }

    static string Mac(PhysicalAddress? address) =>
        string.Join(':', (address?.GetAddressBytes() ?? []).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    static string Text(SockAddr? address) => address is { } one ? Sock_ntop_host(one).Split('%')[0] : "";
}
