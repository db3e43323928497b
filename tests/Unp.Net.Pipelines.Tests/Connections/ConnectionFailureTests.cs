using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>A lost connection is reported with the reason, and data that arrived before are not lost.</summary>
public class ConnectionFailureTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Read_reports_reset(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
        Reset(peer);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(() => reading)).Errno);
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Buffered_data_are_read_before_reset_is_reported(string mechanism) =>
        WithPeer(mechanism, readsAhead: true, async (connection, peer) =>
        {
            await peer.SendAsync("last words"u8.ToArray());
            ReadResult first = await connection.Input.ReadAtLeastAsync(10);
            connection.Input.AdvanceTo(first.Buffer.Start, first.Buffer.GetPosition(4));
            Reset(peer);
            await connection.Received;
            await Turns(connection.Socket.Loop); // after a failure Received completes before the reader can see it

            Assert.Equal("last "u8.ToArray(), await Read(connection.Input, 5));
            ReadResult rest = await connection.Input.ReadAsync();
            Assert.Equal((5, false), (rest.Buffer.Length, rest.IsCompleted));
            connection.Input.AdvanceTo(rest.Buffer.Start, rest.Buffer.End);
            Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
        });

    /// <summary>The new data has the same length and memory as data that was consumed earlier.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Data_in_reused_memory_is_read(string mechanism) => WithPeer(mechanism, readsAhead: true, async (connection, peer) =>
    {
        await peer.SendAsync("one"u8.ToArray());
        Assert.Equal("one"u8.ToArray(), await Read(connection.Input, 3));
        await peer.SendAsync("two"u8.ToArray());
        await Turns(connection.Socket.Loop);
        Reset(peer);
        await connection.Received;
        await Turns(connection.Socket.Loop); // after a failure Received completes before the reader can see it
        Assert.Equal("two"u8.ToArray(), await Read(connection.Input, 3));
        Assert.Equal(Errno.ECONNRESET, (await Assert.ThrowsAsync<UnpException>(async () => await connection.Input.ReadAsync())).Errno);
    });

    [Theory, MemberData(nameof(Ways))]
    public void Flush_to_dead_peer_throws(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
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
    public void Abort_resets_connection_and_fails_both_pipes(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
            var reason = new TimeoutException("too slow");
            connection.Abort(reason);
            connection.Abort();
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => reading);
            Assert.Same(reason, failure);
            var reset = await Assert.ThrowsAsync<UnpException>(async () => await peer.ReceiveAsync(new byte[1]));
            Assert.Equal(Errno.ECONNRESET, reset.Errno);
            await connection.Sent;
            Assert.Same(reason, await Assert.ThrowsAnyAsync<Exception>(async () => await connection.Output.WriteAsync(new byte[1])));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Completing_output_with_exception_aborts(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            Task<ReadResult> reading = connection.Input.ReadAsync().AsTask();
            var reason = new InvalidDataException("nonsense");
            await connection.Output.CompleteAsync(reason);
            var reset = await Assert.ThrowsAsync<UnpException>(async () => await peer.ReceiveAsync(new byte[1]));
            Assert.Equal(Errno.ECONNRESET, reset.Errno);
            Assert.Same(reason, await Assert.ThrowsAnyAsync<Exception>(() => reading));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Dispose_sends_written_data(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
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
    public void End_of_loop_ends_its_connections(string mechanism, bool readsAhead)
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
