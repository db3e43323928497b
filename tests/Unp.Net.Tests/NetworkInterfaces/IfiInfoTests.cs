using System.Globalization;
using System.Net.NetworkInformation;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Unp.Net.Tests.NetworkInterfaces;

/// <summary>Get_ifi_info, get_ifi_info and getifaddrs, in network namespaces that <c>ip</c> sets up.</summary>
public class IfiInfoTests
{
    [Fact]
    public void Loopback_has_no_hardware_or_broadcast_address()
    {
        using var host = new NetworkNamespace();
        IfiInfo lo = Assert.Single(host.Call(() => Get_ifi_info(AF_INET)));
        Assert.Equal(("lo", 1, 65536), (lo.Name, lo.Index, lo.Mtu));
        Assert.Equal(IFF_UP | IFF_LOOPBACK, lo.Flags & (IFF_UP | IFF_LOOPBACK | IFF_BROADCAST | IFF_MULTICAST | IFF_POINTOPOINT));
        Assert.Equal((SockAddr.Inet("127.0.0.1", 0), SockAddr.Inet("255.0.0.0", 0)), (lo.Address, lo.Netmask));
        Assert.Null(lo.HardwareAddress);
        Assert.Null(lo.BroadcastAddress);
        Assert.Null(lo.DestinationAddress);
        Assert.False(lo.IsAlias);
        Assert.Equal("lo 127.0.0.1", lo.ToString());
    }

    [Fact]
    public void Aliases_are_returned_only_if_asked_for()
    {
        using var host = new NetworkNamespace();
        host.Run("""
            ip link add v1 address 02:00:00:00:00:01 mtu 1400 type veth peer name v2
            ip link set v2 up
            ip link set v1 up
            ip addr add 192.0.2.1/24 dev v1
            ip addr add 192.0.2.2/24 brd 192.0.2.99 dev v1 label v1:1
            ip addr add 198.51.100.1/31 dev v1 label v1:long-label
            ip addr add 203.0.113.1 peer 203.0.113.9/28 dev v1
            """);
        IfiInfo first = Assert.Single(host.Call(() => Get_ifi_info(AF_INET)), ifi => ifi.Name != "lo");
        Assert.Equal((1400, PhysicalAddress.Parse("02:00:00:00:00:01")), (first.Mtu, first.HardwareAddress));
        Assert.Equal("192.0.2.1 255.255.255.0 192.0.2.255  False", Text(first));

        IfiInfo[] all = [.. host.Call(() => Get_ifi_info(AF_INET, doaliases: true)).Where(ifi => ifi.Name != "lo")];
        Assert.Equal(
            [
                Text(first),
                "192.0.2.2 255.255.255.0 192.0.2.99  True",
                "198.51.100.1 255.255.255.254   True",
                "203.0.113.1 255.255.255.240 203.0.113.15 203.0.113.9 True",
            ],
            all.Select(Text).Order());
        Assert.All(all, ifi => Assert.Equal(("v1", first.Index, first.Mtu, first.Flags), (ifi.Name, ifi.Index, ifi.Mtu, ifi.Flags)));
    }

    [Fact]
    public void Point_to_point_link_has_peer_and_no_broadcast_address()
    {
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "this kernel has no TUN device");
        using var host = new NetworkNamespace();
        host.Run("""
            ip tuntap add dev t0 mode tun
            ip link set t0 up
            ip addr add 192.0.2.1 peer 192.0.2.2 dev t0
            ip addr add 192.0.2.3/24 dev t0
            ip addr add 2001:db8::1 peer 2001:db8::2 dev t0 nodad
            """);
        IfiInfo[] all = [.. host.Call(() => Get_ifi_info(AF_INET, doaliases: true)).Where(ifi => ifi.Name == "t0")];
        Assert.Equal(["192.0.2.1 255.255.255.255  192.0.2.2 False", "192.0.2.3 255.255.255.0   True"], all.Select(Text).Order());
        Assert.All(all, ifi => Assert.Equal(IFF_POINTOPOINT, ifi.Flags & (IFF_POINTOPOINT | IFF_BROADCAST)));
        Assert.All(all, ifi => Assert.Null(ifi.HardwareAddress));
        IfiInfo six = host.Call(() => Get_ifi_info(AF_INET6, doaliases: true)).Single(ifi => ifi.Address.ToString().Contains("2001:"));
        Assert.Equal(SockAddr.Inet("2001:db8::2", 0), six.DestinationAddress);
    }

    [Fact]
    public void Interface_that_goes_down_is_no_longer_returned()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link add v1 type veth peer name v2; ip addr add 192.0.2.1/24 dev v1; ip addr add 2001:db8::1/64 dev v1 nodad");
        Assert.Equal(["lo"], Names());
        host.Run("ip link set v1 up; ip link set v2 up");
        Assert.Equal(["lo", "v1"], Names());
        host.Run("ip link set v1 down");
        Assert.Equal(["lo"], Names());
        Assert.Contains(host.Call(Getifaddrs), one => one.Name == "v1" && (one.Flags & IFF_UP) == 0);
        host.Run("ip link del v1");
        Assert.DoesNotContain(host.Call(Getifaddrs), one => one.Name == "v1");

        IEnumerable<string> Names() => host.Call(() => Get_ifi_info(AF_INET)).Select(ifi => ifi.Name).Order();
    }

    [Fact]
    public void Link_local_address_has_scope_of_its_interface()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link add v1 type veth peer name v2; ip link set v1 up; ip link set v2 up");
        IfiInfo[] all = [];
        Limit.Until(
            () => (all = [.. host.Call(() => Get_ifi_info(AF_INET6)).Where(ifi => ifi.Name != "lo")]).Length == 2,
            "the kernel has noticed both carriers and made the addresses");
        Assert.All(all, ifi => Assert.Equal((uint)ifi.Index, ifi.Address.ScopeId));
        Assert.All(all, ifi => Assert.Equal(SockAddr.Inet("ffff:ffff:ffff:ffff::", 0), ifi.Netmask));
    }

    [Fact]
    public void Twenty_interfaces_are_those_of_iproute2()
    {
        using var host = new NetworkNamespace();
        var script = new StringBuilder("echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode\n"); // no link-local addresses later
        for (int i = 1; i <= 10; i++)
        {
            script.Append(CultureInfo.InvariantCulture, $"""
                ip link add a{i} mtu {1300 + i} type veth peer name b{i}
                ip addr add 10.1.{i}.1/24 brd + dev a{i}
                ip addr add 10.2.{i}.1/30 dev b{i} label b{i}:{i}
                ip addr add 10.3.{i}.1 peer 10.3.{i}.2/25 dev a{i}
                ip addr add 2001:db8:{i}::1/{40 + i} dev a{i} nodad
                ip link set a{i} up
                ip link set b{i} {(i % 4 == 0 ? "down" : "up")}

                """);
        }
        host.Run(script.ToString());
        foreach (var (family, name) in ((int, string)[])[(AF_INET, "inet"), (AF_INET6, "inet6")])
        {
            string[] ours = [.. host.Call(() => Get_ifi_info(family, doaliases: true)).Select(Line)];
            Assert.InRange(ours.Length, 10, 100);
            Assert.Equal(FromIproute(host.Run("ip -j addr"), name).Order(), ours.Order());
        }

        static string Line(IfiInfo ifi) =>
            $"{ifi.Name} {ifi.Index} {ifi.Mtu} {ifi.HardwareAddress} {Sock_ntop_host(ifi.Address)}/{PrefixLength(ifi.Netmask)}"
            + $" peer {(ifi.DestinationAddress is { } peer ? Sock_ntop_host(peer) : "")}";
    }

    static IEnumerable<string> FromIproute(string json, string family)
    {
        using var document = JsonDocument.Parse(json);
        foreach (JsonElement link in document.RootElement.EnumerateArray())
        {
            if (!link.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP"))
                continue;
            bool isLoopback = link.GetProperty("link_type").GetString() == "loopback";
            string hardware = isLoopback ? "" : link.GetProperty("address").GetString()!.Replace(":", "").ToUpperInvariant();
            foreach (JsonElement one in link.GetProperty("addr_info").EnumerateArray())
            {
                if (one.GetProperty("family").GetString() == family)
                    yield return $"{link.GetProperty("ifname")} {link.GetProperty("ifindex")} {link.GetProperty("mtu")} {hardware} "
                        + $"{one.GetProperty("local")}/{one.GetProperty("prefixlen")} peer "
                        + (one.TryGetProperty("address", out JsonElement peer) ? peer.GetString() : "");
            }
        }
    }

    [Fact]
    public void Other_family_is_refused()
    {
        foreach (var (family, name) in ((int, string)[])[(AF_UNIX, "AF_UNIX"), (AF_UNSPEC, "AF_UNSPEC"), (4711, "4711")])
        {
            var failure = Assert.Throws<UnpException>(() => Get_ifi_info(family));
            Assert.Equal(
                (Errno.EAFNOSUPPORT, $"get_ifi_info error: Address family not supported by protocol ({name})"),
                (failure.Errno, failure.Message));
            Errno.Last = default;
            Assert.Null(get_ifi_info(family));
            Assert.Equal(Errno.EAFNOSUPPORT, Errno.Last);
        }
        Assert.NotNull(get_ifi_info(AF_INET));
    }

    [Fact]
    public void Getifaddrs_returns_link_layer_addresses()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link add v1 address 02:00:00:00:00:01 type veth peer name v2; ip addr add 192.0.2.1/24 brd + dev v1");
        InterfaceAddress[] all = [.. host.Call(Getifaddrs).Where(one => one.Name == "v1")];
        InterfaceAddress link = Assert.Single(all, one => one.Address?.Family == AF_PACKET);
        Assert.Equal([2, 0, 0, 0, 0, 1], link.Address!.Value.Bytes[12..18].ToArray());
        Assert.Equal((null, IFF_BROADCAST), (link.Netmask, link.Flags & (IFF_UP | IFF_BROADCAST)));
        InterfaceAddress inet = Assert.Single(all, one => one.Address?.Family == AF_INET);
        Assert.Equal(
            (SockAddr.Inet("192.0.2.1", 0), SockAddr.Inet("255.255.255.0", 0), SockAddr.Inet("192.0.2.255", 0)),
            (inet.Address, inet.Netmask, inet.Destination));
    }

    /// <summary>Returns address, netmask, broadcast address, peer, and whether it is an alias.</summary>
    static string Text(IfiInfo ifi) => $"{ifi.Address.Address} {ifi.Netmask.Address} {ifi.BroadcastAddress?.Address} "
        + $"{ifi.DestinationAddress?.Address} {ifi.IsAlias}";

    static int PrefixLength(SockAddr netmask) => netmask.Address.GetAddressBytes().Sum(part => BitOperations.PopCount(part));
}
