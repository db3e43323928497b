namespace Unp.Net.Pipelines.Tests.Loop;

/// <summary>Tests of <see cref="EventLoop.ConnectAsync"/> and of the addresses of a socket.</summary>
public class LoopConnectTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void ConnectAsync_returns_connected_socket(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var listener = new LoopSocket(loop, Loopback.Listener());
        using LoopSocket client = await loop.ConnectAsync(listener.LocalAddress);
        Assert.True(loop.IsCurrent);
        Assert.Same(loop, client.Loop);
        using LoopSocket server = await listener.AcceptAsync();
        Assert.Equal(listener.LocalAddress, client.RemoteAddress);
        Assert.Equal((client.LocalAddress, client.RemoteAddress), (server.RemoteAddress, server.LocalAddress));
        await client.SendAsync("x"u8.ToArray());
        Assert.Equal(1, await server.ReceiveAsync(new byte[1]));
    });

    [Fact]
    public void Caller_of_ConnectAsync_is_not_on_loop()
    {
        using var loop = new EventLoop();
        using Fd listening = Loopback.Listener();
        ConnectAsync().Within();

        async Task ConnectAsync()
        {
            using LoopSocket client = await loop.ConnectAsync(Getsockname(listening)).ConfigureAwait(false);
            Assert.Null(EventLoop.Current);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Failed_ConnectAsync_closes_socket(string mechanism) => OnLoop(mechanism, async loop =>
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            UnpException refused = await Assert.ThrowsAsync<UnpException>(() => loop.ConnectAsync(deaf));
            Assert.Equal((Errno.ECONNREFUSED, "connect"), (refused.Errno, refused.Function));
        }
        Assert.Equal(0, loop.SocketCount);

        using var full = new FullListener(SockAddr.UnixAbstract($"unp connect test {getpid()}"));
        using var cancelling = new CancellationTokenSource();
        Task<LoopSocket> waiting = loop.ConnectAsync(Getsockname(full.Fd), cancelling.Token);
        Assert.Equal(1, loop.SocketCount);
        cancelling.Cancel();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAsync<OperationCanceledException>(() => loop.ConnectAsync(Getsockname(full.Fd), cancelling.Token));
        Assert.Equal(0, loop.SocketCount);
    });

    [Fact]
    public void ConnectAsync_with_select_refuses_descriptor_above_limit() => OnLoop("select", async loop =>
    {
        using Fd listening = Loopback.Listener();
        using (new FullSet())
        {
            int next = FullSet.Next;
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => loop.ConnectAsync(Getsockname(listening)));
            Assert.Equal(next, FullSet.Next);
        }
    });

    [Fact]
    public void ConnectAsync_of_ended_loop_throws()
    {
        using Fd listening = Loopback.Listener();
        var loop = new EventLoop();
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.ConnectAsync(Getsockname(listening)).Within());
    }

    [Fact]
    public void Addresses_of_unconnected_or_closed_socket_throw()
    {
        using var loop = new EventLoop();
        var socket = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => socket.RemoteAddress).Errno);
        Assert.Equal(0, socket.LocalAddress.Port);
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => socket.LocalAddress);
        Assert.Throws<ObjectDisposedException>(() => socket.RemoteAddress);
    }
}
