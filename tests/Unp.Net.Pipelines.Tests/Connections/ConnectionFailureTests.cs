using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>What is lost is told, with the reason; what had arrived is not lost.</summary>
public class ConnectionFailureTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Reset_is_told_to_who_reads(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        Reset(peer);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => reading)).Errno);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void What_was_read_ahead_of_a_reset_is_read_before_it_is_told(string mechanism) => WithPeer(mechanism, readsAhead: true, async (connection, peer) =>
    {
        await peer.SendAsync("last words"u8.ToArray());
        ReadResult first = await connection.Input.ReadAtLeastAsync(10);
        connection.Input.AdvanceTo(first.Buffer.Start, first.Buffer.GetPosition(4));
        Reset(peer);
        await connection.Received;
        await Turns(connection.Socket.Loop); // who awaits that is told before who reads

        Assert.Equal("last "u8.ToArray(), await Read(connection.Input, 5));
        ReadResult rest = await connection.Input.ReadAsync();
        Assert.Equal((5, false), (rest.Buffer.Length, rest.IsCompleted));
        connection.Input.AdvanceTo(rest.Buffer.Start, rest.Buffer.End);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
    });

    /// <summary>As many bytes as were consumed before, in the same memory.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void What_looks_like_what_was_read_before_is_read_too(string mechanism) => WithPeer(mechanism, readsAhead: true, async (connection, peer) =>
    {
        await peer.SendAsync("one"u8.ToArray());
        Assert.Equal("one"u8.ToArray(), await Read(connection.Input, 3));
        await peer.SendAsync("two"u8.ToArray());
        await Turns(connection.Socket.Loop);
        Reset(peer);
        await connection.Received;
        await Turns(connection.Socket.Loop); // who awaits that is told before who reads
        Assert.Equal("two"u8.ToArray(), await Read(connection.Input, 3));
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
    });

    [Theory, MemberData(nameof(Ways))]
    public void Writing_to_a_dead_peer_is_told(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        Reset(peer);
        var failure = await Assert.ThrowsAsync<UnpException>(async () =>
        {
            while (true)
                await connection.Output.WriteAsync(new byte[100]);
        });
        Assert.Contains(failure.Errno, (Errno[])[Errno.EPIPE, Errno.ECONNRESET]);
        await connection.Sent;
    });

    [Theory, MemberData(nameof(Ways))]
    public void Abort_resets_and_tells_both_sides(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        var reason = new TimeoutException("too slow");
        connection.Abort(reason);
        connection.Abort();
        Exception told = await Assert.ThrowsAnyAsync<Exception>(() => reading);
        Assert.Same(reason, told);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await peer.ReceiveAsync(new byte[1]))).Errno);
        await connection.Sent;
        Assert.Same(reason, await Assert.ThrowsAnyAsync<Exception>(async () => await connection.Output.WriteAsync(new byte[1])));
    });

    [Theory, MemberData(nameof(Ways))]
    public void Output_that_ends_with_an_exception_aborts(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        var reason = new InvalidDataException("nonsense");
        await connection.Output.CompleteAsync(reason);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await peer.ReceiveAsync(new byte[1]))).Errno);
        Assert.Same(reason, await Assert.ThrowsAnyAsync<Exception>(() => reading));
    });

    [Theory, MemberData(nameof(Ways))]
    public void Dispose_sends_what_was_written(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        byte[] sent = Bytes(3_000_000), got = new byte[sent.Length];
        Task<FlushResult> writing = connection.Output.WriteAsync(sent).AsTask();
        Task<int> receiving = ReceiveAll(peer, got);
        await writing;
        await connection.DisposeAsync();
        Assert.Equal(sent.Length, await receiving);
        Assert.True(sent.AsSpan().SequenceEqual(got));
        Assert.Equal(0, await peer.ReceiveAsync(got));
    });

    [Theory, MemberData(nameof(Ways))]
    public void Loop_that_ends_ends_its_connections(string mechanism, bool readsAhead)
    {
        var pool = new BlockPool();
        Fd other;
        Task<ReadResult> reading = null!;
        LoopConnection connection = null!;
        using (var loop = new EventLoop(new EventLoopOptions { Mechanism = mechanism }))
        {
            var (client, server) = Loopback.TcpPair();
            other = client;
            connection = new LoopConnection(new LoopSocket(loop, server), Options(readsAhead, pool));
            reading = connection.Input.ReadAsync().AsTask();
        }
        Assert.IsType<ObjectDisposedException>(Record.Exception(() => reading.Within()));
        Assert.True(connection.DisposeAsync().AsTask().ContinueWith(task => task.IsCompletedSuccessfully).Within());
        other.Dispose();
        Assert.Equal(0, pool.Rented);
    }

    static void Reset(LoopSocket peer)
    {
        Setsockopt(peer.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
        peer.Dispose();
    }
}
