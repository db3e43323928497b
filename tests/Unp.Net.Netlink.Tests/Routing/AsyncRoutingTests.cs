using System.Net;
using Unp.Net.Pipelines;

namespace Unp.Net.Netlink.Tests;

/// <summary>Lists and changes by a routing socket on an event loop.</summary>
public sealed class AsyncRoutingTests : IDisposable
{
    const int Addresses = 800;

    readonly NetworkNamespace host = new();
    readonly EventLoop loop = new();
    readonly RtnetlinkSocket routing;

    public AsyncRoutingTests()
    {
        routing = new RtnetlinkSocket(new NetlinkSocket(loop, host.Socket(AF_NETLINK, SOCK_RAW)));
    }

    public void Dispose()
    {
        routing.Dispose();
        loop.Dispose();
        host.Dispose();
    }

    /// <summary>Adds addresses, so that a list has several datagrams.</summary>
    /// <param name="count">The number of addresses.</param>
    /// <param name="receiveBuffer">
    /// The receive buffer in bytes. With 1 the kernel does not run ahead. An answer and its acknowledgement need 16 KiB.
    /// </param>
    void AddAddresses(int count = Addresses, int receiveBuffer = 16 * 1024)
    {
        Setsockopt(routing.Socket.Descriptor, SocketOptions.RcvBuf, receiveBuffer);
        host.Run($"i=0; while [ $i -lt {count} ]; do echo address add 10.1.$((i / 250)).$((i % 250))/32 dev lo; i=$((i + 1)); done "
            + "| ip -batch -");
    }

    void Run(Func<Task> test) => loop.RunAsync(test).Within();

    [Fact]
    public void Links_and_addresses_are_changed_and_listed() => Run(async () =>
    {
        await routing.AddLinkAsync(new LinkSettings { Kind = "veth", Name = "v1", Peer = new LinkSettings { Name = "v2" } });
        Link link = (await routing.FindLinkAsync("v1"))!;
        await routing.ChangeLinkAsync(link.Index, new LinkSettings { IsUp = true, Mtu = 1400 });
        Assert.Equal(1400, (await routing.FindLinkAsync(link.Index))!.Mtu);
        Assert.Null(await routing.FindLinkAsync("v3"));
        await routing.AddAsync(new LinkAddress { Index = link.Index, Address = IPAddress.Parse("192.0.2.1"), PrefixLength = 24 });
        List<string> names = [];
        await foreach (Link each in routing.GetLinksAsync())
            names.Add(each.Name);
        Assert.Equal(["lo", "v1", "v2"], names.Order(StringComparer.Ordinal));
        LinkAddress address = Assert.Single(await routing.GetAddressesAsync(AF_INET, link.Index).ToListAsync());
        Assert.Equal("192.0.2.1", $"{address.Address}");
        await routing.DeleteAsync(address);
        await routing.DeleteLinkAsync(link.Index);
        Assert.Single(await routing.GetLinksAsync().ToListAsync());
    });

    [Fact]
    public void Routes_rules_and_neighbours_are_changed_and_listed() => Run(async () =>
    {
        await routing.AddLinkAsync(new LinkSettings { Kind = "veth", Name = "v1", Peer = new LinkSettings { Name = "v2" } });
        int index = (await routing.FindLinkAsync("v1"))!.Index;
        await routing.ChangeLinkAsync(index, new LinkSettings { IsUp = true });
        await routing.ChangeLinkAsync((await routing.FindLinkAsync("v2"))!.Index, new LinkSettings { IsUp = true });
        await routing.ReplaceAsync(new LinkAddress { Index = index, Address = IPAddress.Parse("192.0.2.1"), PrefixLength = 24 });

        var route = new Route { Destination = IPNetwork.Parse("198.51.100.0/24"), Gateway = IPAddress.Parse("192.0.2.2") };
        await routing.AddAsync(route);
        await routing.ReplaceAsync(route with { Gateway = IPAddress.Parse("192.0.2.3") });
        await routing.ChangeAsync(route with { Gateway = IPAddress.Parse("192.0.2.4") });
        Assert.Equal("192.0.2.4", $"{(await routing.LookupAsync(IPAddress.Parse("198.51.100.9"))).Gateway}");
        Assert.Contains(await routing.GetRoutesAsync().ToListAsync(), other => $"{other.Gateway}" == "192.0.2.4");
        await routing.DeleteAsync(route with { Gateway = null });
        NetlinkException refused = await Assert.ThrowsAsync<NetlinkException>(
            async () => await routing.LookupAsync(new RouteLookup { Destination = IPAddress.Parse("198.51.100.9") }));
        Assert.Equal(Errno.ENETUNREACH, refused.Errno);

        var rule = new Rule { Priority = 100, Table = 100 };
        await routing.AddAsync(rule);
        Assert.Contains(await routing.GetRulesAsync(AF_INET).ToListAsync(), other => other.Table == 100);
        await routing.DeleteAsync(rule);

        var neighbour = new Neighbour { Index = index, Address = IPAddress.Parse("192.0.2.5"), HardwareAddress = new([2, 0, 0, 0, 0, 5]) };
        await routing.AddAsync(neighbour);
        await routing.ReplaceAsync(neighbour);
        await routing.ChangeAsync(neighbour);
        Assert.Contains(await routing.GetNeighboursAsync(AF_INET, index).ToListAsync(), other => other.Address.Equals(neighbour.Address));
        await routing.DeleteAsync(neighbour);
    });

    [Fact]
    public void Refused_request_has_text_of_kernel()
    {
        var route = new Route { Destination = IPNetwork.Parse("192.0.2.0/24"), Gateway = IPAddress.Parse("198.51.100.1") };
        NetlinkException e = Assert.Throws<NetlinkException>(() => routing.AddAsync(route).AsTask().Within());
        Assert.Equal("Nexthop has invalid gateway", e.KernelMessage);
        Assert.Equal("lo", routing.FindLinkAsync(1).AsTask().Within()!.Name);
    }

    [Fact]
    public void Many_lists_at_once_are_complete()
    {
        AddAddresses(300);
        Task<int>[] counts = [.. Enumerable.Range(0, 60).Select(i => (i % 3) switch
        {
            0 => loop.RunAsync(() => CountAsync(routing.GetAddressesAsync(AF_INET))),
            1 => Task.Run(() => CountAsync(routing.GetAddressesAsync(AF_INET))),
            _ => Task.Run(async () => (await routing.GetAddressesAsync(AF_INET).ToListAsync()).Count),
        })];
        Assert.All(Task.WhenAll(counts).Within(), count => Assert.Equal(301, count)); // 127.0.0.1 is one
    }

    [Fact]
    public void Request_inside_enumeration_keeps_rest_of_list()
    {
        AddAddresses();
        Run(async () =>
        {
            HashSet<IPAddress> seen = [];
            await foreach (LinkAddress address in routing.GetAddressesAsync(AF_INET))
            {
                Assert.True(seen.Add(address.Address));
                if (seen.Count % 400 == 1)
                    Assert.Equal("lo", (await routing.FindLinkAsync(1))!.Name);
            }
            Assert.Equal(Addresses + 1, seen.Count);
        });
    }

    [Fact]
    public void List_stops_when_cancelled_and_next_is_complete()
    {
        AddAddresses();
        Run(async () =>
        {
            using var source = new CancellationTokenSource();
            int count = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (LinkAddress address in routing.GetAddressesAsync(AF_INET).WithCancellation(source.Token))
                {
                    if (++count == 10)
                        source.Cancel();
                }
            });
            Assert.Equal(10, count);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await routing.GetAddressesAsync(cancellationToken: source.Token).ToListAsync());
            Assert.Equal(Addresses + 1, (await routing.GetAddressesAsync(AF_INET).ToListAsync()).Count);
            await foreach (LinkAddress address in routing.GetAddressesAsync(AF_INET))
                break;
            Assert.Equal(Addresses + 1, await CountAsync(routing.GetAddressesAsync(AF_INET)));
        });
    }

    [Fact]
    public void Interrupted_enumeration_is_reported()
    {
        AddAddresses(receiveBuffer: 1);
        Run(async () =>
        {
            NetlinkListing<LinkAddress> listing = routing.GetAddressesAsync(AF_INET);
            int count = 0;
            await foreach (LinkAddress address in listing)
            {
                if (count++ == 0)
                    host.Run("ip address add 10.250.0.1/32 dev lo");
            }
            Assert.True(listing.IsInterrupted);
            NetlinkDump<LinkAddress> addresses = await listing.ToListAsync();
            Assert.False(addresses.IsInterrupted);
            Assert.Equal(Addresses + 2, addresses.Count);
            Assert.Equal(Addresses + 2, await CountAsync(listing));
            Assert.False(listing.IsInterrupted);
        });
    }

    [Fact]
    public void Refused_list_throws_at_enumeration() => Run(async () =>
    {
        NetlinkListing<LinkAddress> listing = routing.GetAddressesAsync(index: 4711);
        Assert.Equal(Errno.ENODEV, (await Assert.ThrowsAsync<NetlinkException>(async () => await CountAsync(listing))).Errno);
        Assert.Equal(Errno.ENODEV, (await Assert.ThrowsAsync<NetlinkException>(async () => await listing.ToListAsync())).Errno);
    });

    [Fact]
    public void List_after_dispose_is_refused()
    {
        routing.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.RunAsync(() => CountAsync(routing.GetLinksAsync())).Within());
    }

    [Fact]
    public void Enumeration_of_messages_allocates_nothing_per_message()
    {
        AddAddresses();
        var request = new NetlinkMessageWriter();
        int count = 0;
        Run(async () =>
        {
            await CountMessages();
            long before = GC.GetAllocatedBytesForCurrentThread();
            await CountMessages();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);
        });
        Assert.Equal(2 * (Addresses + 1), count);

        async Task CountMessages()
        {
            request.Begin(RTM_GETADDR, NLM_F_DUMP);
            request.WriteHeader(new ifaddrmsg { ifa_family = AF_INET });
            await foreach (NetlinkMessage message in routing.Socket.Query(request))
                count += message.GetAttributes<ifaddrmsg>().TryGet(IFA_LOCAL, out _) ? 1 : 0;
        }
    }

    [Fact]
    public void Sockets_are_listed_on_loop()
    {
        using Fd listener = host.Socket(AF_INET, SOCK_STREAM);
        Bind(listener, SockAddr.Parse("127.0.0.1:0"));
        Listen(listener, 1);
        using var table = new SocketTable(new NetlinkSocket(loop, host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)));
        Run(async () =>
        {
            List<SockAddr> servers = [];
            await foreach (InetSocketInfo server in table.TcpAsync(new SocketFilter { States = [TcpState.Listen] }))
                servers.Add(server.Local);
            Assert.Equal([Getsockname(listener)], servers);
            Assert.Empty(await table.UdpAsync().ToListAsync());
            await table.UnixAsync().ToListAsync();
        });
    }

    static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        int count = 0;
        await foreach (T item in items)
            count++;
        return count;
    }
}
