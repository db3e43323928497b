using System.Text.Json;

namespace Unp.Samples.Tests.ioctl;

/// <summary>Tests of ifconfig in a network namespace, whose interfaces <c>ip</c> also shows.</summary>
public sealed class IfconfigTests : IDisposable
{
    readonly NetworkNamespace host = new();

    public IfconfigTests() => host.Run("""
        echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode
        ip link add v1 address 02:00:00:00:00:01 type veth peer name v2
        """);

    public void Dispose() => host.Dispose();

    [Fact]
    public void Settings_are_applied_and_shown()
    {
        Assert.Equal(
            new Outcome(0, "", ""),
            Ifconfig("v1", "hw", "02:00:00:00:00:09", "192.0.2.1/25", "mtu", "1400", "txqueuelen", "77", "promisc", "-multicast", "-arp"));
        Assert.Equal(new Outcome(0, "", ""), Ifconfig("v1", "broadcast", "192.0.2.100"));
        string link = host.Run("ip addr show dev v1");
        Assert.Contains("UP", link);
        Assert.Contains("inet 192.0.2.1/25 brd 192.0.2.100 scope global v1\n", link);
        Assert.Contains("link/ether 02:00:00:00:00:09 ", link);
        Assert.Contains(" mtu 1400 ", link);

        host.Run("ip addr add 192.0.2.2/25 brd + dev v1 label v1:x; ip addr add 2001:db8::1/48 dev v1 nodad");
        string flags = "<UP,BROADCAST,NOARP,PROMISC>"; // without carrier it is not RUNNING
        Assert.Equal(
            $"""
            v1: flags=387{flags}  mtu 1400
                    inet 192.0.2.1  netmask 255.255.255.128  broadcast 192.0.2.100
                    inet 192.0.2.2  netmask 255.255.255.128  broadcast 192.0.2.127
                    inet6 2001:db8::1  prefixlen 48  scopeid 0x0<global>
                    ether 02:00:00:00:00:09  txqueuelen 77  (Ethernet)

            """,
            Ifconfig("v1").Output.Split("        RX packets")[0]);

        Assert.Equal(0, Ifconfig("v1", "-promisc", "arp", "multicast", "down").Status);
        Assert.StartsWith("v1: flags=4098<BROADCAST,MULTICAST>  mtu 1400\n", Ifconfig("v1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_is_added_by_its_label()
    {
        Assert.Equal(0, Ifconfig("v1", "192.0.2.1", "netmask", "255.255.255.0").Status);
        Assert.Equal(0, Ifconfig("v1:1", "198.51.100.1/24").Status);
        Assert.Contains("inet 198.51.100.1/24 brd 198.51.100.255 scope global v1:1", host.Run("ip addr show dev v1"));
        Assert.Contains("        inet 198.51.100.1  netmask 255.255.255.0  broadcast 198.51.100.255\n", Ifconfig("v1:1").Output);
        Assert.DoesNotContain("192.0.2.1", Ifconfig("v1:1").Output);
    }

    [Fact]
    public void Peer_of_point_to_point_link_is_set_and_shown()
    {
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "this kernel has no TUN device");
        host.Run("ip tuntap add dev t0 mode tun");
        Assert.Equal(new Outcome(0, "", ""), Ifconfig("t0", "10.0.0.1", "pointopoint", "10.0.0.2"));
        Assert.Contains("inet 10.0.0.1 peer 10.0.0.2/32 ", host.Run("ip addr show dev t0"));
        Assert.Contains("        inet 10.0.0.1  netmask 255.255.255.255  destination 10.0.0.2\n", Ifconfig("t0").Output);
    }

    [Fact]
    public void IPv6_addresses_are_added_and_deleted()
    {
        Assert.Equal(new Outcome(0, "", ""), Ifconfig("v1", "inet6", "add", "2001:db8::1/64", "add", "fe80::1/64", "add", "2001:db8::2"));
        Assert.Equal(new Outcome(0, "", ""), Ifconfig("v1", "add", "fec0::1/48", "add", "::192.0.2.7/96"));
        Assert.Equal(
            ["2001:db8::1/64", "2001:db8::2/128", "::192.0.2.7/96", "fe80::1/64", "fec0::1/48"], Inet6());
        string[] shown =
        [
            "2001:db8::1  prefixlen 64  scopeid 0x0<global>", "2001:db8::2  prefixlen 128  scopeid 0x0<global>",
            "::192.0.2.7  prefixlen 96  scopeid 0x80<compat>", "fe80::1  prefixlen 64  scopeid 0x20<link>",
            "fec0::1  prefixlen 48  scopeid 0x40<site>",
        ];
        string[] lines = Ifconfig("v1").Output.Split('\n');
        Assert.Equal(shown, lines.Where(line => line.Contains("inet6")).Select(line => line.Trim()["inet6 ".Length..]).Order());
        Assert.Contains("        inet6 ::1  prefixlen 128  scopeid 0x10<host>\n", Ifconfig("lo").Output);

        Assert.Equal(new Outcome(0, "", ""), Ifconfig("v1", "inet6", "del", "2001:db8::1/64", "del", "2001:db8::2"));
        Assert.Equal(["::192.0.2.7/96", "fe80::1/64", "fec0::1/48"], Inet6());
        Assert.StartsWith("RTM_DELADDR error: Cannot assign requested address", Ifconfig("v1", "del", "2001:db8::1/64").Error);

        IEnumerable<string> Inet6() =>
            host.Run("ip -6 -o addr show dev v1").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]).Order();
    }

    [Fact]
    public void Counters_are_those_of_ip_and_lines_those_of_net_tools()
    {
        Peer.Require("/sbin/ifconfig");
        using Fd socket = host.Socket(AF_INET, SOCK_DGRAM);
        for (int i = 0; i < 3; i++)
            Sendto(socket, new byte[1000], 0, SockAddr.Inet("127.0.0.1", 9));
        JsonElement link = JsonDocument.Parse(host.Run("ip -s -j link show dev lo")).RootElement[0].GetProperty("stats64");
        string output = Ifconfig("lo").Output;
        string[] expected =
        [
            "        loop  txqueuelen 1000  (Local Loopback)",
            $"        RX packets {Value("rx", "packets")}  bytes {Value("rx", "bytes")} ({Kibibytes("rx")} KiB)",
            $"        RX errors {Value("rx", "errors")}  dropped {Value("rx", "dropped")}  overruns 0  frame 0",
            $"        TX packets {Value("tx", "packets")}  bytes {Value("tx", "bytes")} ({Kibibytes("tx")} KiB)",
            $"        TX errors {Value("tx", "errors")}  dropped {Value("tx", "dropped")} overruns 0  carrier 0  collisions 0",
        ];
        Assert.Equal(expected, output.Split('\n')[^7..^2]);
        Assert.Equal(host.Run("/sbin/ifconfig lo"), output);
        Assert.True(Value("rx", "packets") >= 3);

        string Kibibytes(string direction) => $"{Value(direction, "bytes") / 1024}.{Value(direction, "bytes") % 1024 * 10 / 1024}";

        long Value(string direction, string name) => link.GetProperty(direction).GetProperty(name).GetInt64();
    }

    [Fact]
    public void List_shows_interfaces_that_are_up_or_all()
    {
        Assert.Equal(["lo"], Names(Ifconfig()));
        Assert.Equal(["lo", "v1", "v2"], Names(Ifconfig("-a")).Order());
        Assert.Equal(0, Ifconfig("v1", "up").Status);
        Assert.Equal(["lo", "v1"], Names(Ifconfig()));
        Assert.Equal(0, Ifconfig("v2", "name", "renamed").Status);
        Assert.Equal(["lo", "renamed", "v1"], Names(Ifconfig("-a")).Order());

        static IEnumerable<string> Names(Outcome outcome) =>
            outcome.Output.Split('\n').Where(line => line.Contains(": flags=")).Select(line => line.Split(':')[0]);
    }

    [Theory]
    [InlineData("ioctl error: No such device (SIOCGIFFLAGS nope0)", "nope0")]
    [InlineData("ioctl error: No such device (SIOCSIFMTU nope0)", "nope0", "mtu", "1400")]
    [InlineData("ioctl error: Invalid argument (SIOCSIFMTU v1)", "v1", "mtu", "1")]
    [InlineData("ioctl error: Cannot assign requested address (SIOCSIFNETMASK v1)", "v1", "netmask", "255.0.0.0")]
    [InlineData("many is not a number", "v1", "up", "mtu", "many")]
    [InlineData("::1 is not an IPv4 address", "v1", "up", "broadcast", "::1")]
    [InlineData("192.0.2.1/33: the prefix must have at most 32 bits", "v1", "up", "192.0.2.1/33")]
    [InlineData("192.0.2.1/24 is not an IPv6 address", "v1", "up", "add", "192.0.2.1/24")]
    [InlineData("2001:db8::1/129: the prefix must have at most 128 bits", "v1", "up", "inet6", "add", "2001:db8::1/129")]
    [InlineData("if_nametoindex error: No such device (nope0)", "nope0", "add", "2001:db8::1/64")]
    [InlineData("usage: ifconfig [ -a ]", "v1", "up", "inet6")]
    [InlineData("02:00 is not an Ethernet address", "v1", "up", "hw", "02:00")]
    [InlineData("sixteen-bytes-xx: the name of an interface must have at most 15 bytes", "sixteen-bytes-xx")]
    [InlineData("usage: ifconfig [ -a ]", "v1", "up", "frob")]
    [InlineData("usage: ifconfig [ -a ]", "v1", "up", "mtu")]
    [InlineData("usage: ifconfig [ -a ]", "-x")]
    public void Wrong_arguments_are_reported_before_any_change(string error, params string[] arguments)
    {
        Outcome outcome = Ifconfig(arguments);
        Assert.Equal((1, "", error), (outcome.Status, outcome.Output, outcome.Error.Split('\n')[0]));
        Assert.DoesNotContain("UP", host.Run("ip link show dev v1"));
    }

    [Fact]
    public void Missing_right_is_named()
    {
        Peer.Require("setpriv");
        using Peer program = Peer.Start(
            "nsenter", $"--net={host.Path}", "setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin", UnpProcess.Executable,
            "ioctl/ifconfig", "v1", "up");
        Assert.Equal(
            new Outcome(1, "", "ioctl error: Operation not permitted (SIOCSIFFLAGS v1, which requires CAP_NET_ADMIN)\n"), program.Finish());
    }

    Outcome Ifconfig(params string[] arguments) => UnpProcess.RunIn(host, ["ioctl/ifconfig", .. arguments]);
}
