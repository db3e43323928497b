using System.Net;
using Unp.Net.Pipelines;

namespace Unp.Net.Netlink.Tests;

/// <summary>Changes that a monitor reports on an event loop.</summary>
public sealed class AsyncMonitorTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly EventLoop loop = new();
    readonly List<NetlinkSocket> sockets = [];

    public void Dispose()
    {
        loop.Dispose();
        host.Dispose();
    }

    NetlinkSocket NewSocket()
    {
        sockets.Add(new NetlinkSocket(loop, host.Socket(AF_NETLINK, SOCK_RAW)));
        return sockets[^1];
    }

    RtnetlinkMonitor Watch(MonitorTopics topics) => RtnetlinkMonitor.OpenAsync(topics, NewSocket).AsTask().Within();

    [Fact]
    public void Changes_are_enumerated_as_they_come()
    {
        using RtnetlinkMonitor monitor = Watch(MonitorTopics.Links);
        Assert.Single(monitor.Current);
        Task<NetlinkChange> change = loop.RunAsync(async () =>
        {
            await foreach (NetlinkChange each in monitor.ReadAllAsync())
            {
                if (each.Item is Link { Name: "v1" })
                    return each;
            }
            throw new InvalidOperationException("The changes ended.");
        });
        Assert.False(change.IsCompleted);
        host.Run("ip link add v1 type veth peer name v2");
        Assert.Equal(NetlinkChangeKind.Added, change.Within().Kind);
    }

    [Fact]
    public void Change_after_cancelled_read_is_not_lost()
    {
        using RtnetlinkMonitor monitor = Watch(MonitorTopics.Addresses);
        using var source = new CancellationTokenSource();
        Task<NetlinkChange> read = monitor.ReadAsync(source.Token).AsTask();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => read.Within());
        host.Run("ip address add 10.0.0.1/32 dev lo");
        Assert.True(monitor.ReadAsync(source.Token).AsTask().IsCanceled);
        Assert.Equal("10.0.0.1", $"{((LinkAddress)monitor.ReadAsync().AsTask().Within().Item).Address}");
    }

    [Fact]
    public void Overrun_is_repaired_by_difference()
    {
        using RtnetlinkMonitor monitor = Watch(MonitorTopics.Addresses);
        Setsockopt(monitor.Descriptor, SocketOptions.RcvBuf, 1);
        AddAddresses(500);
        HashSet<IPAddress> added = loop.RunAsync(async () =>
        {
            HashSet<IPAddress> seen = [];
            await foreach (NetlinkChange change in monitor.ReadAllAsync())
            {
                Assert.Equal(NetlinkChangeKind.Added, change.Kind);
                Assert.True(seen.Add(((LinkAddress)change.Item).Address), $"{change} is reported once");
                if (seen.Count == 500)
                    break;
            }
            return seen;
        }).Within();
        Assert.Equal(500, added.Count);
        Assert.NotEqual(0, monitor.Overruns);
        Assert.False(monitor.TryRead(out _));
    }

    [Fact]
    public void Failed_list_after_overrun_is_repeated()
    {
        using RtnetlinkMonitor monitor = Watch(MonitorTopics.Addresses);
        Setsockopt(monitor.Descriptor, SocketOptions.RcvBuf, 1);
        AddAddresses(800);

        // The kernel refuses the monitor's list while another one is unread on the socket (EBUSY).
        var other = new NetlinkMessageWriter();
        other.Begin(RTM_GETADDR, NLM_F_DUMP);
        other.WriteHeader(new ifaddrmsg { ifa_family = AF_INET });
        sockets[1].Send(other);
        NetlinkException e = Assert.Throws<NetlinkException>(() => ReadNew().Within());
        Assert.Equal(Errno.EBUSY, e.Errno);
        while (sockets[1].TryReceive(out _))
        {
        }
        ReadNew().Within();

        Task ReadNew() => loop.RunAsync(async () =>
        {
            while (!monitor.Current.Any(item => $"{((LinkAddress)item).Address}" == "10.1.3.49"))
                await monitor.ReadAsync();
        });
    }

    [Fact]
    public void Many_changes_let_loop_serve_others()
    {
        using RtnetlinkMonitor monitor = Watch(MonitorTopics.Addresses);
        AddAddresses(40);
        loop.RunAsync(async () =>
        {
            bool hasRun = false;
            loop.Post(() => hasRun = true);
            int inRow = 0;
            while (!hasRun)
            {
                await monitor.ReadAsync();
                inRow++;
            }
            Assert.InRange(inRow, 1, 20);
            Assert.True(loop.IsCurrent);
        }).Within();
    }

    [Fact]
    public void Dispose_ends_pending_read()
    {
        RtnetlinkMonitor monitor = Watch(MonitorTopics.All);
        Task<NetlinkChange> read = monitor.ReadAsync().AsTask();
        monitor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.Within());
    }

    [Fact]
    public void Open_closes_sockets_when_cancelled()
    {
        Task<RtnetlinkMonitor> open = RtnetlinkMonitor.OpenAsync(MonitorTopics.Links, NewSocket, new CancellationToken(true)).AsTask();
        Assert.ThrowsAny<OperationCanceledException>(() => open.Within());
        Limit.Until(() => loop.SocketCount == 0, "the sockets are closed");
    }

    void AddAddresses(int count) => host.Run(
        $"i=0; while [ $i -lt {count} ]; do echo address add 10.1.$((i / 250)).$((i % 250))/32 dev lo; i=$((i + 1)); done | ip -batch -");
}
