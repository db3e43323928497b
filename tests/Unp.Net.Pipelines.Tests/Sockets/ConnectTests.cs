namespace Unp.Net.Pipelines.Tests.Sockets;

public class ConnectTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Connect_succeeds_or_throws_its_error(string mechanism) => OnLoop(mechanism, async loop =>
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        using (var client = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM)))
        {
            UnpException refused = await Assert.ThrowsAsync<UnpException>(() => client.ConnectAsync(deaf).AsTask());
            Assert.Equal(Errno.ECONNREFUSED, refused.Errno);
            Assert.Equal($"connect error: Connection refused ({deaf})", refused.Message);
        }

        using var listener = new LoopSocket(loop, Loopback.Listener());
        for (int i = 0; i < 20; i++)
        {
            using var client = new LoopSocket(loop, Socket(AF_INET, SOCK_STREAM));
            Task<LoopSocket> accepting = i % 2 == 0 ? listener.AcceptAsync().AsTask() : null!;
            await client.ConnectAsync(Getsockname(listener.Descriptor));
            using LoopSocket server = await (accepting ?? listener.AcceptAsync().AsTask());
            Assert.Equal(Getsockname(client.Descriptor), Getpeername(server.Descriptor));
            Assert.NotEqual(0, Fcntl(server.Descriptor, F_GETFL) & O_NONBLOCK);
            Assert.Equal(FD_CLOEXEC, Fcntl(server.Descriptor, F_GETFD));
        }
        Assert.Equal(Errno.ENOENT, (await Assert.ThrowsAsync<UnpException>(async () =>
        {
            using var client = new LoopSocket(loop, Socket(AF_UNIX, SOCK_STREAM));
            await client.ConnectAsync(SockAddr.Unix("/nowhere/socket"));
        })).Errno);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connect_waits_while_server_queue_is_full(string mechanism) => OnLoop(mechanism, async loop =>
    {
        foreach (SockAddr address in (SockAddr[])[SockAddr.UnixAbstract($"unp queue test {getpid()}"), SockAddr.Loopback(AF_INET)])
        {
            using var full = new FullListener(address);
            using var client = new LoopSocket(loop, Socket(address.Family, SOCK_STREAM));
            Task connecting = client.ConnectAsync(full.Address).AsTask();
            await loop.Delay(TimeSpan.FromMilliseconds(20));
            if (address.Family == AF_UNIX)
                Assert.False(connecting.IsCompleted);
            Accept(full.Fd).Dispose();
            await connecting;
            using Fd server = Accept(full.Fd);
            await client.SendAsync("x"u8.ToArray());
            Assert.Equal(1, Read(server, new byte[10]));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connection_stays_queued_without_free_descriptor(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var listener = new LoopSocket(loop, Loopback.Listener());
        using Fd client = Loopback.Connected((Fd)listener.Descriptor);
        Errno? error = null;
        using (new DescriptorLimit())
        {
            // No Assert method here, because the first one loads an assembly, which needs a descriptor.
            try
            {
                await listener.AcceptAsync();
            }
            catch (UnpException e)
            {
                error = e.Errno;
            }
        }
        Assert.Equal(Errno.EMFILE, error);
        using LoopSocket server = await listener.AcceptAsync();
        Assert.Equal(Getsockname(client), Getpeername(server.Descriptor));
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Accepted_connection_can_belong_to_another_loop(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using var other = new EventLoop(new EventLoopOptions { Mechanism = mechanism });
        using var listener = new LoopSocket(loop, Loopback.Listener());
        using Fd client = Loopback.Connected((Fd)listener.Descriptor);
        LoopSocket server = await listener.AcceptAsync(other);
        Assert.Same(other, server.Loop);
        other.Start(() => Echo(server));
        Writen(client, "hello"u8);
        byte[] answer = new byte[5];
        Assert.Equal(5, Readn(client, answer));
        Assert.Equal("hello"u8, answer);
        client.Dispose();
        Assert.True(await other.StopAsync(Limit.Default));
        await loop.SwitchTo();
        using Fd late = Loopback.Connected((Fd)listener.Descriptor);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => listener.AcceptAsync(other).AsTask());
    });

    [Fact]
    public void Select_refuses_descriptor_that_does_not_fit() => OnLoop("select", async loop =>
    {
        using Fd small = Loopback.Datagram();
        DescriptorLimit.Require(FdSet.Capacity + 100);
        using var high = new Fd(Fcntl(small, F_DUPFD_CLOEXEC, FdSet.Capacity));
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => new LoopSocket(loop, high));
        Assert.Equal($"fd {high.DangerousGetHandle()} does not fit into a set of 1024", refused.Message);
        Assert.False(high.IsClosed);

        using var listener = new LoopSocket(loop, Loopback.Listener());
        using Fd client = Loopback.Connected((Fd)listener.Descriptor);
        var fillers = new List<Fd>();
        while (fillers.Count == 0 || fillers[^1].DangerousGetHandle() < FdSet.Capacity)
            fillers.Add(Dup(small));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => listener.AcceptAsync().AsTask());
        Assert.Equal(0, Read(client, new byte[1]));
        fillers.ForEach(filler => filler.Dispose());
        Assert.Equal(1, loop.SocketCount);
    });
}
