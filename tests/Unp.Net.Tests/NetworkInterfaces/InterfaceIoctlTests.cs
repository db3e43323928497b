using System.Net.NetworkInformation;
using System.Text.Json;

namespace Unp.Net.Tests.NetworkInterfaces;

/// <summary>Ioctl with ifreq, arpreq, rtentry and SIOCGIFCONF, in network namespaces whose state <c>ip</c> shows.</summary>
public sealed class InterfaceIoctlTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly Fd sockfd;

    public InterfaceIoctlTests()
    {
        host.Run("ip link add v1 address 02:00:00:00:00:01 type veth peer name v2");
        sockfd = host.Socket(AF_INET, SOCK_DGRAM);
    }

    public void Dispose()
    {
        sockfd.Dispose();
        host.Dispose();
    }

    [Fact]
    public void Values_that_were_set_are_those_of_iproute2()
    {
        Set(SIOCSIFADDR, ifr => ifr with { ifr_addr = SockAddr.Inet("192.0.2.1", 0) });
        Set(SIOCSIFNETMASK, ifr => ifr with { ifr_netmask = SockAddr.Inet("255.255.255.128", 0) });
        Set(SIOCSIFBRDADDR, ifr => ifr with { ifr_broadaddr = SockAddr.Inet("192.0.2.99", 0) });
        Set(SIOCSIFMTU, ifr => ifr with { ifr_mtu = 1300 });
        Set(SIOCSIFTXQLEN, ifr => ifr with { ifr_qlen = 77 });
        Set(SIOCSIFHWADDR, ifr => ifr with { ifr_hwaddr = PhysicalAddress.Parse("02:00:00:00:00:99") });
        Set(SIOCSIFFLAGS, ifr => ifr with { ifr_flags = Get(SIOCGIFFLAGS).ifr_flags | IFF_UP | IFF_ALLMULTI });

        JsonElement link = Ip("-j addr show dev v1")[0];
        Assert.Equal(
            "1300 77 02:00:00:00:00:99",
            $"{link.GetProperty("mtu")} {link.GetProperty("txqlen")} {link.GetProperty("address")}");
        string[] flags = [.. link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
        Assert.Contains("UP", flags);
        Assert.Contains("ALLMULTI", flags);
        JsonElement address = link.GetProperty("addr_info").EnumerateArray().First(one => one.GetProperty("family").GetString() == "inet");
        Assert.Equal(
            "192.0.2.1/25 192.0.2.99",
            $"{address.GetProperty("local")}/{address.GetProperty("prefixlen")} {address.GetProperty("broadcast")}");

        Assert.Equal(SockAddr.Inet("192.0.2.1", 0), Get(SIOCGIFADDR).ifr_addr);
        Assert.Equal(SockAddr.Inet("255.255.255.128", 0), Get(SIOCGIFNETMASK).ifr_netmask);
        Assert.Equal(SockAddr.Inet("192.0.2.99", 0), Get(SIOCGIFBRDADDR).ifr_broadaddr);
        Assert.Equal((1300, 77, 0), (Get(SIOCGIFMTU).ifr_mtu, Get(SIOCGIFTXQLEN).ifr_qlen, Get(SIOCGIFMETRIC).ifr_metric));
        Assert.Equal(
            (PhysicalAddress.Parse("02:00:00:00:00:99"), ARPHRD_ETHER), (Get(SIOCGIFHWADDR).ifr_hwaddr, Get(SIOCGIFHWADDR).HardwareType));
        Assert.Equal(IFF_UP | IFF_BROADCAST, Get(SIOCGIFFLAGS).ifr_flags & (IFF_UP | IFF_BROADCAST | IFF_LOOPBACK | IFF_POINTOPOINT));
    }

    [Fact]
    public void Name_and_index_are_converted_and_interface_renamed()
    {
        int index = Get(SIOCGIFINDEX).ifr_ifindex;
        Assert.Equal(Ip("-j link show dev v1")[0].GetProperty("ifindex").GetInt32(), index);
        var request = new ifreq { ifr_ifindex = index };
        Ioctl(sockfd, SIOCGIFNAME, ref request);
        Assert.Equal("v1", request.ifr_name);
        Set(SIOCSIFNAME, ifr => ifr with { ifr_newname = "fifteen-bytes-x" });
        request = new ifreq { ifr_name = "fifteen-bytes-x" };
        Ioctl(sockfd, SIOCGIFINDEX, ref request);
        Assert.Equal(index, request.ifr_ifindex);
        Assert.Equal("{ifr_name=\"fifteen-bytes-x\"}", $"{request}");
    }

    [Fact]
    public void Alias_is_chosen_by_its_address()
    {
        host.Run("ip addr add 192.0.2.1/24 brd + dev v1; ip addr add 198.51.100.1/24 brd + dev v1");
        var request = new ifreq { ifr_name = "v1", ifr_addr = SockAddr.Inet("198.51.100.1", 0) };
        Ioctl(sockfd, SIOCGIFBRDADDR, ref request);
        Assert.Equal(SockAddr.Inet("198.51.100.255", 0), request.ifr_broadaddr);
    }

    [Theory]
    [InlineData("nope0", "ioctl error: No such device (SIOCGIFADDR nope0)")]
    [InlineData("v1", "ioctl error: Cannot assign requested address (SIOCGIFADDR v1)")]
    public void Failure_names_request_and_interface(string name, string message)
    {
        var failure = Assert.Throws<UnpException>(() =>
        {
            var request = new ifreq { ifr_name = name };
            Ioctl(sockfd, SIOCGIFADDR, ref request);
        });
        Assert.Equal(message, failure.Message);
        Assert.Contains(failure.Errno, (Errno[])[Errno.ENODEV, Errno.EADDRNOTAVAIL]);
    }

    [Fact]
    public void Missing_right_is_named()
    {
        string[] messages =
        [
            Message(() => Set(SIOCSIFMTU, ifr => ifr with { ifr_mtu = 1300 })),
            Message(() => Arp(SIOCDARP, "192.0.2.9", "v1")),
            Message(() => Route(SIOCDELRT, "203.0.113.0", 0, "v1")),
        ];
        Assert.Equal(
            [
                "ioctl error: Operation not permitted (SIOCSIFMTU v1, which requires CAP_NET_ADMIN)",
                "ioctl error: Operation not permitted (SIOCDARP 192.0.2.9 v1, which requires CAP_NET_ADMIN)",
                "ioctl error: Operation not permitted (SIOCDELRT 203.0.113.0 mask 255.255.255.0 v1, which requires CAP_NET_ADMIN)",
            ],
            messages);

        static string Message(Action call) => Assert.Throws<UnpException>(() => CapabilityLimit.WithoutCapabilities(() =>
        {
            call();
            return 0;
        })).Message;
    }

    [Fact]
    public void Arp_entry_is_set_looked_up_and_deleted()
    {
        host.Run("ip addr add 192.0.2.1/24 dev v1; ip link set v1 up; ip link set v2 up");
        var entry = new arpreq
        {
            arp_pa = SockAddr.Inet("192.0.2.9", 0),
            arp_ha = PhysicalAddress.Parse("02:00:00:00:00:09"),
            arp_flags = ATF_COM | ATF_PERM,
            arp_dev = "v1",
        };
        Ioctl(sockfd, SIOCSARP, ref entry);
        JsonElement neighbour = Assert.Single(Ip("-4 -j neigh show dev v1").EnumerateArray());
        Assert.Equal(
            "192.0.2.9 02:00:00:00:00:09 PERMANENT",
            $"{neighbour.GetProperty("dst")} {neighbour.GetProperty("lladdr")} {neighbour.GetProperty("state")[0]}");

        arpreq found = Arp(SIOCGARP, "192.0.2.9", "v1");
        Assert.Equal(
            (PhysicalAddress.Parse("02:00:00:00:00:09"), ATF_COM | ATF_PERM, ARPHRD_ETHER, "v1"),
            (found.arp_ha, found.arp_flags, found.HardwareType, found.arp_dev));
        Assert.Equal("192.0.2.9 at 02:00:00:00:00:09 on v1", $"{found}");

        Arp(SIOCDARP, "192.0.2.9", "v1");
        Assert.Equal(0, Ip("-4 -j neigh show dev v1 nud permanent").GetArrayLength());
        Assert.Equal(
            "ioctl error: No such device or address (SIOCGARP 192.0.2.10 v1)",
            Assert.Throws<UnpException>(() => Arp(SIOCGARP, "192.0.2.10", "v1")).Message);
        Assert.Equal(
            "ioctl error: No such device (SIOCGARP 192.0.2.9 nope0)",
            Assert.Throws<UnpException>(() => Arp(SIOCGARP, "192.0.2.9", "nope0")).Message);
        Assert.Equal("192.0.2.7 at <incomplete> on ", $"{new arpreq { arp_pa = SockAddr.Inet("192.0.2.7", 0) }}");
    }

    [Fact]
    public void Route_is_added_and_deleted()
    {
        host.Run("ip addr add 192.0.2.1/24 dev v1; ip link set v1 up; ip link set v2 up");
        Route(SIOCADDRT, "203.0.113.0", metric: 8, "v1");
        JsonElement route = Assert.Single(
            Ip("-j route").EnumerateArray(), one => one.GetProperty("dst").GetString() == "203.0.113.0/24");
        Assert.Equal("v1 7", $"{route.GetProperty("dev")} {route.GetProperty("metric")}");
        Assert.Equal(
            "ioctl error: File exists (SIOCADDRT 203.0.113.0 mask 255.255.255.0 v1)",
            Assert.Throws<UnpException>(() => Route(SIOCADDRT, "203.0.113.0", metric: 8, "v1")).Message);
        Route(SIOCDELRT, "203.0.113.0", 0, "v1");
        Assert.DoesNotContain(Ip("-j route").EnumerateArray(), one => one.GetProperty("dst").GetString() == "203.0.113.0/24");

        // By a gateway, without the name of the interface.
        var rt = new rtentry
        {
            rt_dst = SockAddr.Inet("198.51.100.7", 0),
            rt_gateway = SockAddr.Inet("192.0.2.254", 0),
            rt_genmask = SockAddr.Inet("255.255.255.255", 0),
            rt_flags = RTF_UP | RTF_GATEWAY | RTF_HOST | RTF_MTU,
            rt_mtu = 1234,
        };
        Ioctl(sockfd, SIOCADDRT, ref rt);
        JsonElement host32 = Assert.Single(Ip("-j route").EnumerateArray(), one => one.GetProperty("dst").GetString() == "198.51.100.7");
        Assert.Equal(
            "v1 192.0.2.254 1194",
            $"{host32.GetProperty("dev")} {host32.GetProperty("gateway")} {host32.GetProperty("metrics")[0].GetProperty("advmss")}");
        Assert.Equal("198.51.100.7 mask 255.255.255.255 via 192.0.2.254", $"{rt}");
    }

    [Fact]
    public void Ifconf_lists_every_IPv4_address()
    {
        for (int i = 1; i <= 20; i++)
            host.Run($"ip addr add 10.1.{i}.1/24 dev v1 label v1:{i}");
        byte[] buffer = new byte[40 * 30];
        Ioctl(sockfd, SIOCGIFCONF, buffer, out int length);
        Assert.Equal(40 * 21, length);
        var entries = new List<string>();
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, length);
        while (ifreq.TryReadNext(ref rest, out ifreq ifr, out SockAddr address))
        {
            Assert.Equal(ifr.ifr_addr, address);
            entries.Add($"{ifr.ifr_name} {Sock_ntop_host(address)}");
        }
        Assert.Equal(["lo 127.0.0.1", .. Enumerable.Range(1, 20).Select(i => $"v1:{i} 10.1.{i}.1")], entries);
        Assert.True(rest.IsEmpty);

        // A smaller buffer is filled without an error.
        Ioctl(sockfd, SIOCGIFCONF, buffer.AsSpan(0, 100), out length);
        Assert.Equal(80, length);
        rest = buffer.AsSpan(0, 79);
        Assert.True(ifreq.TryReadNext(ref rest, out _, out _));
        Assert.False(ifreq.TryReadNext(ref rest, out _, out _));
        Assert.Throws<ArgumentOutOfRangeException>("request", () => Ioctl(sockfd, SIOCGIFADDR, buffer, out _));
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused()
    {
        foreach (string name in (string[])["sixteen-bytes-xx", "eth\0", "ääääääää"])
        {
            Assert.Throws<ArgumentException>("value", () => new ifreq { ifr_name = name });
            Assert.Throws<ArgumentException>("value", () => new ifreq { ifr_newname = name });
            Assert.Contains($"\"{name}\"", Assert.Throws<ArgumentException>("value", () => new arpreq { arp_dev = name }).Message);
        }
        Assert.Throws<ArgumentNullException>("value", () => new ifreq { ifr_name = null! });
        SockAddr six = SockAddr.Loopback(AF_INET6);
        Assert.Contains("::1", Assert.Throws<ArgumentException>("value", () => new ifreq { ifr_addr = six }).Message);
        Assert.Throws<ArgumentException>("value", () => new arpreq { arp_pa = six });
        Assert.Throws<ArgumentException>("value", () => new rtentry { rt_dst = six });
        Assert.Throws<ArgumentException>("rt_dev", () =>
        {
            var rt = default(rtentry);
            Ioctl(sockfd, SIOCADDRT, ref rt, "v1\0");
        });
        Assert.Equal(default, new ifreq().ifr_addr);
    }

    [Fact]
    public void Larger_request_does_not_write_behind_struct()
    {
        const uint TCGETS2 = 0x802C542A; // 44 bytes
        Openpty(out Fd master, out Fd slave);
        using (master)
        using (slave)
        {
            var array = new ifreq[2];
            array[1].ifr_name = "untouched";
            Ioctl(slave, TCGETS2, ref array[0]);
            Assert.NotEqual(0, array[0].ifr_mtu);
            Assert.Equal("untouched", array[1].ifr_name);
        }
    }

    ifreq Get(uint request)
    {
        var ifr = new ifreq { ifr_name = "v1" };
        Ioctl(sockfd, request, ref ifr);
        return ifr;
    }

    void Set(uint request, Func<ifreq, ifreq> change)
    {
        ifreq ifr = change(new ifreq { ifr_name = "v1" });
        Ioctl(sockfd, request, ref ifr);
    }

    arpreq Arp(uint request, string address, string name)
    {
        var arp = new arpreq { arp_pa = SockAddr.Inet(address, 0), arp_dev = name };
        Ioctl(sockfd, request, ref arp);
        return arp;
    }

    void Route(uint request, string destination, short metric, string name)
    {
        var rt = new rtentry
        {
            rt_dst = SockAddr.Inet(destination, 0),
            rt_genmask = SockAddr.Inet("255.255.255.0", 0),
            rt_flags = RTF_UP,
            rt_metric = metric,
        };
        Ioctl(sockfd, request, ref rt, name);
    }

    JsonElement Ip(string arguments)
    {
        using var document = JsonDocument.Parse(host.Run($"ip {arguments}"));
        return document.RootElement.Clone();
    }
}
