using System.Net;

namespace Unp.Net.Netlink.Tests;

/// <summary>Changes in a network namespace, as a monitor reports them.</summary>
public sealed class RtnetlinkMonitorTests : IDisposable
{
    readonly NetworkNamespace host = new();
    RtnetlinkMonitor? monitor;

    public void Dispose() => host.Dispose();

    NetlinkSocket NewSocket() => new(host.Socket(AF_NETLINK, SOCK_RAW)) { Timeout = Limit.Default };

    RtnetlinkMonitor Watch(MonitorTopics topics) => monitor = new RtnetlinkMonitor(topics, NewSocket);

    /// <summary>Reads changes until one is about an object that fits.</summary>
    NetlinkChange ReadUntil<T>(NetlinkChangeKind kind, Func<T, bool> fits)
    {
        while (true)
        {
            NetlinkChange change = monitor!.Read();
            if (change.Kind == kind && change.Item is T item && fits(item))
                return change;
        }
    }

    /// <summary>Asserts that the monitor has what a list by a new monitor has.</summary>
    void AssertCurrent(MonitorTopics topics)
    {
        while (monitor!.TryRead(out _))
        {
        }
        using var other = new RtnetlinkMonitor(topics, NewSocket);
        Assert.Equal(Texts(other), Texts(monitor));

        static IEnumerable<string> Texts(RtnetlinkMonitor monitor) =>
            monitor.Current.Select(item => $"{item.GetType().Name} {item}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Link_is_added_changed_and_removed()
    {
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Links);
        Assert.Equal("lo", Assert.IsType<Link>(Assert.Single(monitor!.Current)).Name);
        Assert.False(monitor.TryRead(out _));
        host.Run("ip link add v1 type veth peer name v2");
        ReadUntil<Link>(NetlinkChangeKind.Added, link => link.Name == "v1");
        host.Run("ip link set v1 mtu 1400");
        NetlinkChange change = ReadUntil<Link>(NetlinkChangeKind.Changed, link => link.Mtu == 1400);
        Assert.Equal(1500, Assert.IsType<Link>(change.Previous).Mtu);
        host.Run("ip link del v1");
        change = ReadUntil<Link>(NetlinkChangeKind.Removed, link => link.Name == "v1");
        Assert.Null(change.Previous);
        AssertCurrent(MonitorTopics.Links);
    }

    [Fact]
    public void Port_that_leaves_bridge_stays_link()
    {
        host.Run("ip link add name br0 type bridge; ip link add v1 type veth peer name v2; ip link set v1 master br0");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Links);
        host.Run("ip link set v1 nomaster");
        ReadUntil<Link>(NetlinkChangeKind.Changed, link => link is { Name: "v1", Master: null });
        while (monitor!.TryRead(out NetlinkChange? change))
            Assert.NotEqual(NetlinkChangeKind.Removed, change.Kind);
        Assert.Equal(4, monitor.Current.Count());
    }

    [Fact]
    public void Addresses_rules_and_neighbours_are_reported()
    {
        host.Run("ip link add v1 type veth peer name v2; ip link set v1 up; ip link set v2 up");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Addresses | MonitorTopics.Rules | MonitorTopics.Neighbours);
        host.Run("ip address add 192.0.2.1/24 dev v1; ip rule add to 198.51.100.0/24 lookup 100; ip neigh add 192.0.2.2 "
            + "lladdr 2:0:0:0:0:5 dev v1");
        ReadUntil<LinkAddress>(NetlinkChangeKind.Added, address => address.Address.Equals(IPAddress.Parse("192.0.2.1")));
        ReadUntil<Rule>(NetlinkChangeKind.Added, rule => rule is { Table: 100, Destination.PrefixLength: 24 });
        ReadUntil<Neighbour>(NetlinkChangeKind.Added, neighbour => neighbour.State == NUD_PERMANENT);
        host.Run("ip neigh change 192.0.2.2 lladdr 2:0:0:0:0:6 dev v1; ip neigh del 192.0.2.2 dev v1; ip rule del lookup 100; "
            + "ip address del 192.0.2.1/24 dev v1");
        ReadUntil<Neighbour>(NetlinkChangeKind.Changed, neighbour => $"{neighbour.HardwareAddress}" == "020000000006");
        ReadUntil<Neighbour>(NetlinkChangeKind.Removed, _ => true);
        ReadUntil<Rule>(NetlinkChangeKind.Removed, rule => rule.Table == 100);
        ReadUntil<LinkAddress>(NetlinkChangeKind.Removed, _ => true);
        AssertCurrent(MonitorTopics.Addresses | MonitorTopics.Rules);
    }

    [Fact]
    public void Routes_are_added_replaced_and_removed()
    {
        host.Run("ip address add 192.0.2.1/24 dev lo");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Routes);
        host.Run("ip route add 198.51.100.0/24 via 192.0.2.2");
        ReadUntil<Route>(NetlinkChangeKind.Added, route => route.Gateway is not null);
        host.Run("ip route replace 198.51.100.0/24 via 192.0.2.3");
        NetlinkChange change = ReadUntil<Route>(NetlinkChangeKind.Changed, route => $"{route.Gateway}" == "192.0.2.3");
        Assert.Equal("192.0.2.2", $"{Assert.IsType<Route>(change.Previous).Gateway}");
        host.Run("ip route append 198.51.100.0/24 via 192.0.2.4; ip route replace 198.51.100.0/24 via 192.0.2.5");
        ReadUntil<Route>(NetlinkChangeKind.Added, route => $"{route.Gateway}" == "192.0.2.4");
        ReadUntil<Route>(NetlinkChangeKind.Added, route => $"{route.Gateway}" == "192.0.2.5");
        host.Run("ip route del 198.51.100.0/24 via 192.0.2.4");
        ReadUntil<Route>(NetlinkChangeKind.Removed, route => $"{route.Gateway}" == "192.0.2.4");
        AssertCurrent(MonitorTopics.Routes);
    }

    [Fact]
    public void Next_hops_of_IPv6_route_come_and_go()
    {
        host.Run("ip link add v1 type veth peer name v2; sysctl -qw net.ipv6.conf.v1.accept_dad=0; ip link set v1 up; ip link set v2 up; "
            + "ip address add 2001:db8::1/64 dev v1 nodad");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Routes);
        host.Run("ip route add 2001:db8:1::/48 via 2001:db8::2; ip route append 2001:db8:1::/48 via 2001:db8::3");
        ReadUntil<Route>(NetlinkChangeKind.Changed, route => route.NextHops.Count == 2);
        host.Run("ip route del 2001:db8:1::/48 via 2001:db8::2");
        ReadUntil<Route>(NetlinkChangeKind.Added, route => $"{route.Gateway}" == "2001:db8::3");
    }

    [Fact]
    public void Routes_that_vanish_silently_are_reported()
    {
        host.Run("ip link add v1 type veth peer name v2; ip link set v1 up; ip link set v2 up; ip address add 192.0.2.1/24 dev v1; "
            + "ip route add 198.51.100.0/24 via 192.0.2.2");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Routes);
        host.Run("ip link set v1 down");
        ReadUntil<Route>(NetlinkChangeKind.Removed, route => $"{route.Gateway}" == "192.0.2.2");
        AssertCurrent(MonitorTopics.Routes);
    }

    [Fact]
    public void Overrun_is_repaired_by_difference()
    {
        using RtnetlinkMonitor watched = Watch(MonitorTopics.Addresses);
        Setsockopt(monitor!.Descriptor, SocketOptions.RcvBuf, 1);
        host.Run("ip address add 10.0.0.1/32 dev lo");
        ReadUntil<LinkAddress>(NetlinkChangeKind.Added, address => $"{address.Address}" == "10.0.0.1");
        host.Run("ip address del 10.0.0.1/32 dev lo; i=0; while [ $i -lt 500 ]; do "
            + "echo address add 10.1.$((i / 250)).$((i % 250))/32 dev lo; i=$((i + 1)); done | ip -batch -");
        HashSet<IPAddress> added = [], removed = [];
        while (monitor.TryRead(out NetlinkChange? change))
        {
            HashSet<IPAddress> set = change.Kind == NetlinkChangeKind.Added ? added : removed;
            Assert.True(set.Add(((LinkAddress)change.Item).Address), $"{change} is reported once");
            Assert.NotEqual(NetlinkChangeKind.Changed, change.Kind);
        }
        Assert.NotEqual(0, monitor.Overruns);
        Assert.Equal(500, added.Count);
        Assert.Equal([IPAddress.Parse("10.0.0.1")], removed);
        AssertCurrent(MonitorTopics.Addresses);
    }

    [Fact]
    public void Overrun_without_difference_reports_nothing()
    {
        host.Run("ip link add v1 type veth peer name v2; ip link add name br0 type bridge; ip link set v1 master br0; ip link set v1 up; "
            + "ip link set lo down");
        using RtnetlinkMonitor watched = Watch(MonitorTopics.All);
        Setsockopt(monitor!.Descriptor, SocketOptions.RcvBuf, 1);
        host.Run("i=0; while [ $i -lt 100 ]; do echo link set br0 mtu 1300; echo link set br0 mtu 1500; i=$((i + 1)); done | ip -batch -");
        List<NetlinkChange> changes = [];
        while (monitor.TryRead(out NetlinkChange? change))
            changes.Add(change);
        Assert.NotEqual(0, monitor.Overruns);
        Assert.Empty(changes);
        Assert.Equal(1500, monitor.Current.OfType<Link>().Single(link => link.Name == "br0").Mtu);
    }

    [Fact]
    public void Change_during_first_list_is_not_lost()
    {
        int sockets = 0;
        using RtnetlinkMonitor watched = monitor = new RtnetlinkMonitor(MonitorTopics.Addresses, () =>
        {
            NetlinkSocket socket = NewSocket();
            if (++sockets == 2)
                host.Run("ip address add 10.0.0.1/32 dev lo");
            return socket;
        });
        host.Run("ip address add 10.0.0.2/32 dev lo");
        ReadUntil<LinkAddress>(NetlinkChangeKind.Added, address => $"{address.Address}" == "10.0.0.2");
        Assert.Contains(monitor.Current, item => item is LinkAddress address && $"{address.Address}" == "10.0.0.1");
    }

    [Fact]
    public void Read_reports_time_out()
    {
        using RtnetlinkMonitor watched = monitor = new RtnetlinkMonitor(
            MonitorTopics.Links, () => new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW)) { Timeout = TimeSpan.FromMilliseconds(10) });
        Assert.Equal(Errno.ETIMEDOUT, Assert.Throws<UnpException>(monitor.Read).Errno);
    }
}
