namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>The loop sleeps while a descriptor is reported as ready although the calls of its operations fail with EAGAIN.</summary>
public class FalseReadinessTests : LoopSuite
{
    static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan Watching = TimeSpan.FromMilliseconds(500);

    /// <summary>The processor time that the loop's thread may use during Watching. A loop that spins uses nearly all of that.</summary>
    static readonly TimeSpan MaxCpu = TimeSpan.FromMilliseconds(4);

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_sleeps_over_unread_ICMP_error(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using LoopSocket socket = Datagram(loop, out SockAddr own);
        Setsockopt(socket.Descriptor, SocketOptions.IpRecvErr, true);
        using Fd sender = Loopback.Datagram();
        byte[] buffer = new byte[100];
        Task<ReceivedDatagram> refused = socket.ReceiveFromAsync(buffer).AsTask();
        Sendto(socket.Descriptor, "x"u8, 0, NobodyThere());
        Assert.Equal(Errno.ECONNREFUSED, (await Assert.ThrowsAsync<UnpException>(() => refused)).Errno);

        for (int i = 0; i < 3; i++)
        {
            Task<ReceivedDatagram> receiving = socket.ReceiveFromAsync(buffer).AsTask();
            await AssertSleeps(loop);
            Sendto(sender, "data"u8, 0, own);
            Assert.Equal(4, (await receiving).Length);
        }
        await AssertError(socket, Errno.ECONNREFUSED);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_sleeps_over_unread_time_stamp(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using LoopSocket socket = Datagram(loop, out SockAddr own);
        using Fd peer = Loopback.Datagram();
        StampSends(socket);
        Sendto(socket.Descriptor, "x"u8, 0, Getsockname(peer));
        Task<ReceivedDatagram> receiving = socket.ReceiveFromAsync(new byte[100]).AsTask();
        await AssertSleeps(loop);
        Sendto(peer, "data"u8, 0, own);
        Assert.Equal(4, (await receiving).Length);

        // A wait without a receive sees the error, and completes at once each time.
        await socket.WaitReadableAsync();
        await socket.WaitReadableAsync();
        await AssertStamp(socket);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reader_of_errors_sleeps_over_unread_datagram(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using LoopSocket socket = Datagram(loop, out SockAddr own);
        using Fd peer = Loopback.Datagram();
        StampSends(socket);
        Task stamped = AssertStamp(socket);
        Sendto(peer, "data"u8, 0, own);
        await AssertSleeps(loop);
        Assert.False(stamped.IsCompleted);
        Sendto(socket.Descriptor, "x"u8, 0, Getsockname(peer));
        await stamped;
        Assert.Equal(4, (await socket.ReceiveFromAsync(new byte[100])).Length);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Errors_and_data_have_separate_readers(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using LoopSocket socket = Datagram(loop, out SockAddr own);
        using Fd peer = Loopback.Datagram();
        StampSends(socket);
        byte[] buffer = new byte[100];
        for (int i = 0; i < 20; i++)
        {
            Task<ReceivedDatagram> receiving = socket.ReceiveFromAsync(buffer).AsTask();
            Task stamped = AssertStamp(socket);
            await Turns(loop);
            Assert.Throws<InvalidOperationException>(() => { _ = socket.ReceiveErrorAsync(buffer); });
            Sendto(socket.Descriptor, "x"u8, 0, Getsockname(peer));
            await stamped;
            Assert.False(receiving.IsCompleted);
            Sendto(peer, "data"u8, 0, own);
            Assert.Equal(4, (await receiving).Length);
        }
        using var cancelled = new CancellationTokenSource();
        Task waiting = socket.ReceiveErrorAsync(buffer, cancellationToken: cancelled.Token).AsTask();
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        waiting = socket.ReceiveMessageAsync(buffer, flags: MSG_ERRQUEUE).AsTask();
        await Turns(loop);
        socket.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => { _ = socket.ReceiveErrorAsync(buffer); });
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Send_sleeps_while_unix_receiver_is_full(string mechanism) => OnLoop(mechanism, async loop =>
    {
        using Fd slow = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        SockAddr name = SockAddr.UnixAbstract($"unp full {getpid()}");
        Bind(slow, name);
        using var socket = new LoopSocket(loop, Socket(AF_UNIX, SOCK_DGRAM));
        byte[] datagram = Bytes(100), received = new byte[200];
        Task sending = Task.CompletedTask;
        int sent = 0;
        for (; sending.IsCompleted; sent++)
        {
            sending = socket.SendToAsync(datagram, name).AsTask();
            await Turns(loop);
        }
        await AssertSleeps(loop);
        Assert.False(sending.IsCompleted);
        for (int i = 1; i < sent; i++)
            Assert.Equal(100, Read(slow, received));
        await sending;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_send_sleeps_over_unread_time_stamps(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (client, server) = TcpPair(loop);
        using (client)
        using (server)
        {
            StampSends(client);
            await client.SendAsync("x"u8.ToArray()); // its time stamp is available at once
            Assert.Equal(1, await server.ReceiveAsync(new byte[10]));
            byte[] said = Bytes(10_000_000), heard = new byte[said.Length];
            Task sending = client.SendAsync(said).AsTask();
            Task<int> receiving = client.ReceiveAsync(new byte[10]).AsTask();
            await AssertSleeps(loop);
            Assert.False(sending.IsCompleted);
            Assert.Equal(said.Length, await ReceiveAll(server, heard));
            await sending;
            Assert.True(said.AsSpan().SequenceEqual(heard));
            await server.SendAsync("x"u8.ToArray());
            Assert.Equal(1, await receiving);
            await AssertStamp(client);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reader_of_errors_sleeps_after_reset(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (client, server) = TcpPair(loop);
        using (client)
        {
            Task waiting = client.ReceiveErrorAsync(new byte[10]).AsTask();
            Setsockopt(server.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            server.Dispose();
            await AssertSleeps(loop);
            Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => client.ReceiveAsync(new byte[1]).AsTask())).Errno);
            await AssertSleeps(loop);
            client.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Peek_behind_data_sleeps_until_more_arrives(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            Setsockopt(first.Descriptor, SocketOptions.PeekOff, 0);
            await second.SendAsync("data"u8.ToArray());
            Assert.Equal(4, (await first.ReceiveMessageAsync(new byte[10], flags: MSG_PEEK)).Length);
            Task<LoopMessage> peeking = first.ReceiveMessageAsync(new byte[10], flags: MSG_PEEK).AsTask();
            await AssertSleeps(loop);
            Assert.False(peeking.IsCompleted);
            await second.SendAsync("more!"u8.ToArray());
            Assert.Equal(5, (await peeking).Length);
            Assert.Equal(9, await first.ReceiveAsync(new byte[20]));
        }
    });

    static LoopSocket Datagram(EventLoop loop, out SockAddr own)
    {
        Fd fd = Loopback.Datagram();
        own = Getsockname(fd);
        return new LoopSocket(loop, fd);
    }

    static SockAddr NobodyThere()
    {
        using Fd gone = Loopback.Datagram();
        return Getsockname(gone);
    }

    static void StampSends(LoopSocket socket) =>
        Setsockopt(socket.Descriptor, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE);

    static async Task AssertStamp(LoopSocket socket)
    {
        byte[] control = new byte[500];
        LoopMessage message = await socket.ReceiveErrorAsync(new byte[100], control);
        Assert.True(message.TryGetTimestamps(out _));
    }

    static async Task AssertError(LoopSocket socket, Errno expected)
    {
        byte[] control = new byte[500];
        LoopMessage message = await socket.ReceiveErrorAsync(new byte[100], control);
        Assert.True(message.TryGetError(out ExtendedError error));
        Assert.Equal(expected, error.Errno);
    }

    static async Task AssertSleeps(EventLoop loop)
    {
        await loop.Delay(Settling);
        TimeSpan before = Cpu();
        await loop.Delay(Watching);
        Assert.InRange(Cpu() - before, TimeSpan.Zero, MaxCpu);
    }

    /// <summary>The processor time of the calling thread.</summary>
    static TimeSpan Cpu()
    {
        rusage used = Getrusage(RUSAGE_THREAD);
        return Of(used.ru_utime) + Of(used.ru_stime);

        static TimeSpan Of(timeval time) => TimeSpan.FromSeconds((long)time.tv_sec) + TimeSpan.FromMicroseconds((long)time.tv_usec);
    }
}
