namespace Unp.Samples.Tests.ioctl;

/// <summary>Tests of prifinfo, lsif01, lsif02 and prmac on a host with an alias and an interface that is down.</summary>
public sealed class InterfaceListTests : IDisposable
{
    readonly NetworkNamespace host = new();

    public InterfaceListTests() => host.Run("""
        ip link add v1 address 02:00:00:00:0a:01 mtu 1400 type veth peer name v2 address 02:00:00:00:0a:02
        ip addr add 192.0.2.1/24 brd + dev v1
        ip addr add 192.0.2.2/24 brd 192.0.2.99 dev v1 label v1:alias
        ip addr add 2001:db8::1/64 dev v1 nodad
        ip addr add 198.51.100.1/24 dev v2
        ip link set v1 up
        """);

    public void Dispose() => host.Dispose();

    const string Lo = "lo: (1) <UP LOOP >\n  MTU: 65536\n  IP addr: 127.0.0.1\n";

    [Fact]
    public void Prifinfo_prints_first_address_of_interfaces_that_are_up() =>
        Assert.Equal(
            new Outcome(0, $"{Lo}v1: ({Index("v1")}) <UP BCAST MCAST >\n  2:0:0:0:a:1\n  MTU: 1400\n  IP addr: 192.0.2.1\n"
                + "  broadcast addr: 192.0.2.255\n", ""),
            UnpProcess.RunIn(host, "ioctl/prifinfo", "inet4", "0"));

    [Fact]
    public void Prifinfo_prints_aliases_if_asked_for() =>
        Assert.EndsWith(
            "  IP addr: 192.0.2.1\n  broadcast addr: 192.0.2.255\n"
                + $"v1: ({Index("v1")}) <UP BCAST MCAST >\n  2:0:0:0:a:1\n  MTU: 1400\n"
                + "  IP addr: 192.0.2.2\n  broadcast addr: 192.0.2.99\n",
            UnpProcess.RunIn(host, "ioctl/prifinfo", "inet4", "1").Output);

    [Fact]
    public void Prifinfo_prints_IPv6_addresses() =>
        Assert.Equal(
            new Outcome(0, $"{Lo.Replace("127.0.0.1", "::1")}v1: ({Index("v1")}) <UP BCAST MCAST >\n  2:0:0:0:a:1\n  MTU: 1400\n"
                + "  IP addr: 2001:db8::1\n", ""),
            UnpProcess.RunIn(host, "ioctl/prifinfo", "inet6", "0"));

    [Fact]
    public void Prifinfo_prints_peer_of_point_to_point_link()
    {
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "this kernel has no TUN device");
        host.Run("ip link set v1 down; ip tuntap add dev t0 mode tun; ip addr add 10.0.0.1 peer 10.0.0.2 dev t0; ip link set t0 up");
        Assert.Equal(
            $"{Lo}t0: ({Index("t0")}) <UP MCAST P2P >\n  MTU: 1500\n  IP addr: 10.0.0.1\n  destination addr: 10.0.0.2\n",
            UnpProcess.RunIn(host, "ioctl/prifinfo", "inet4", "0").Output);
    }

    [Theory]
    [InlineData("usage: prifinfo <inet4|inet6> <doaliases>")]
    [InlineData("usage: prifinfo <inet4|inet6> <doaliases>", "inet4")]
    [InlineData("invalid <address-family>", "inet5", "0")]
    [InlineData("yes is not a number", "inet4", "yes")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run(["ioctl/prifinfo", .. arguments]));

    /// <summary>SIOCGIFCONF also lists interfaces that are down. 300 addresses do not fit into the first buffer.</summary>
    [Theory]
    [InlineData("lsif01")]
    [InlineData("lsif02")]
    public void Lsif_lists_all_addresses_with_their_labels(string program)
    {
        Assert.Equal(
            new Outcome(0, "lo\t127.0.0.1\nv2\t198.51.100.1\nv1\t192.0.2.1\nv1:alias\t192.0.2.2\n", ""),
            UnpProcess.RunIn(host, $"ioctl/{program}"));
        host.Run("for i in $(seq 1 150); do echo addr add 10.1.$i.1/24 dev v2; echo addr add 10.2.$i.1/24 dev v2; done | ip -batch -");
        string[] lines = UnpProcess.RunIn(host, $"ioctl/{program}").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(304, lines.Distinct().Count());
    }

    [Fact]
    public void Prmac_prints_own_hardware_address() =>
        Assert.Equal(
            new Outcome(0, "127.0.0.1: 192.0.2.1: 2:0:0:0:a:1\n", "ioctl SIOCGARP: No such device or address\n"),
            UnpProcess.RunIn(host, "ioctl/prmac"));

    string Index(string name) => host.Run($"cat /sys/class/net/{name}/ifindex 2>/dev/null || ip -o link show {name} | cut -d: -f1").Trim();
}
