using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Unp.Net.Pipelines.Tests.Connections;

public class ConnectionTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Echo_returns_data_and_end(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        byte[] sent = Bytes(1_000_000), back = new byte[sent.Length + 1];
        Task echo = Echo(connection);
        Task<int> receiving = ReceiveAll(peer, back);
        await peer.SendAsync(sent);
        peer.Shutdown(SHUT_WR);
        Assert.Equal(sent.Length, await receiving);
        Assert.True(sent.AsSpan().SequenceEqual(back.AsSpan(0, sent.Length)));
        await echo;
        await connection.Sent;
    });

    [Theory, MemberData(nameof(Ways))]
    public void Directions_end_independently(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            peer.Shutdown(SHUT_WR);
            Assert.Empty(await ReadToEnd(connection.Input));
            await connection.Received;
            await connection.Output.WriteAsync("after the end"u8.ToArray());
            byte[] room = new byte[100];
            Assert.Equal("after the end", Text(room, await peer.ReceiveAsync(room)));
            connection.Output.Write("and the rest"u8);
            await connection.Output.CompleteAsync();
            Assert.Equal("and the rest", Text(room, await ReceiveAll(peer, room)));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Peer_receives_end_and_can_still_send(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            await connection.Output.CompleteAsync();
            Assert.Equal(0, await peer.ReceiveAsync(new byte[1]));
            await connection.Sent;
            await peer.SendAsync("still here"u8.ToArray());
            peer.Shutdown(SHUT_WR);
            Assert.Equal("still here"u8.ToArray(), await ReadToEnd(connection.Input));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Unconsumed_bytes_are_read_again(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            await peer.SendAsync("ab"u8.ToArray());
            ReadResult result = await connection.Input.ReadAtLeastAsync(2);
            connection.Input.AdvanceTo(result.Buffer.GetPosition(1), result.Buffer.End);
            ValueTask<ReadResult> more = connection.Input.ReadAsync();
            Assert.False(more.IsCompleted);
            await peer.SendAsync("c"u8.ToArray());
            result = await more;
            Assert.Equal("bc"u8.ToArray(), result.Buffer.ToArray());
            connection.Input.AdvanceTo(result.Buffer.End);
        });

    [Theory, MemberData(nameof(Ways))]
    public void Cancelled_read_loses_nothing(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            using var source = new CancellationTokenSource();
            Task<ReadResult> reading = connection.Input.ReadAsync(source.Token).AsTask();
            source.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

            reading = connection.Input.ReadAsync().AsTask();
            connection.Input.CancelPendingRead();
            ReadResult cancelled = await reading;
            Assert.True(cancelled.IsCanceled);
            connection.Input.AdvanceTo(cancelled.Buffer.End);

            await peer.SendAsync("here"u8.ToArray());
            Assert.Equal("here"u8.ToArray(), await Read(connection.Input, 4));
        });

    /// <summary>Each piece is in a block of its own, and one call sends them all.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void Output_in_many_pieces_arrives_in_order(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] sent = Bytes(300_000), got = new byte[sent.Length];
            Task<int> receiving = ReceiveAll(peer, got);
            foreach (byte[] piece in sent.Chunk(3000))
            {
                piece.CopyTo(connection.Output.GetSpan(3000));
                connection.Output.Advance(piece.Length);
            }
            await connection.Output.FlushAsync();
            await receiving;
            Assert.True(sent.AsSpan().SequenceEqual(got));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Writer_waits_for_peer_that_does_not_read(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] piece = Bytes(10_000);
            int pieces = 0;
            ValueTask<FlushResult> flushing;
            do
            {
                Assert.InRange(++pieces, 1, 100_000);
                flushing = connection.Output.WriteAsync(piece);
                await Turns(connection.Socket.Loop, 1);
            }
            while (flushing.IsCompleted);

            byte[] got = new byte[pieces * piece.Length];
            Task<int> receiving = ReceiveAll(peer, got);
            await flushing;
            Assert.Equal(got.Length, await receiving);
            for (int i = 0; i < pieces; i++)
                Assert.True(piece.AsSpan().SequenceEqual(got.AsSpan(i * piece.Length, piece.Length)), $"piece {i}");
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reading_ahead_pauses_at_limit(string mechanism) => WithPeer(
        mechanism, pool => new LoopConnectionOptions { MaxReadBufferSize = 10_000, MemoryPool = pool }, async (connection, peer) =>
        {
            // The data exceed both kernel buffers and the limit, so the peer's send waits.
            byte[] sent = Bytes(50_000_000);
            Task sending = peer.SendAsync(sent).AsTask();
            await Turns(connection.Socket.Loop, 100);
            Assert.False(sending.IsCompleted);
            Assert.InRange(connection.Socket.Loop.BytesReceived, 1, 10_000 + BlockPool.BlockSize);

            int got = 0;
            while (got < sent.Length)
            {
                ReadResult result = await connection.Input.ReadAsync();
                Assert.True(result.Buffer.ToArray().AsSpan().SequenceEqual(sent.AsSpan(got, (int)result.Buffer.Length)), $"at {got}");
                got += (int)result.Buffer.Length;
                connection.Input.AdvanceTo(result.Buffer.End);
            }
            await sending;
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Reader_that_examined_all_gets_more_than_limit(string mechanism) => WithPeer(
        mechanism, pool => new LoopConnectionOptions { MaxReadBufferSize = 10_000, MemoryPool = pool }, async (connection, peer) =>
        {
            byte[] sent = Bytes(1_000_000);
            Task sending = peer.SendAsync(sent).AsTask();
            Assert.True((await Read(connection.Input, sent.Length)).AsSpan().SequenceEqual(sent));
            await sending;
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Null_sizes_mean_no_limit(string mechanism) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions { MaxReadBufferSize = null, MaxWriteBufferSize = null, MemoryPool = pool },
        async (connection, peer) =>
        {
            byte[] sent = Bytes(20_000_000), got = new byte[sent.Length];
            Assert.True(connection.Output.WriteAsync(sent).IsCompletedSuccessfully);
            Task<int> receiving = ReceiveAll(peer, got);
            Assert.Equal(sent.Length, await receiving);
            Assert.True(sent.AsSpan().SequenceEqual(got));
            await peer.SendAsync(sent);
            peer.Shutdown(SHUT_WR);
            await connection.Received;
            byte[] arrived = await ReadToEnd(connection.Input);
            Assert.True(sent.AsSpan().SequenceEqual(arrived));
        });

    [Fact]
    public void Negative_sizes_are_refused() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            var options = new LoopConnectionOptions { MaxReadBufferSize = -1 };
            Assert.Equal(-1L, Assert.Throws<ArgumentOutOfRangeException>("MaxReadBufferSize", options.Validate).ActualValue);
            Assert.Throws<ArgumentOutOfRangeException>("MaxReadBufferSize", () => { _ = new LoopConnection(first, options); });
            options = new LoopConnectionOptions { MaxWriteBufferSize = -2 };
            Assert.Equal(-2L, Assert.Throws<ArgumentOutOfRangeException>("MaxWriteBufferSize", options.Validate).ActualValue);
            Assert.Throws<ArgumentOutOfRangeException>("MaxWriteBufferSize", () => { _ = new LoopConnection(first, options); });

            // The socket is still the caller's.
            await first.SendAsync("x"u8.ToArray());
            Assert.Equal(1, await second.ReceiveAsync(new byte[10]));
        }
        new LoopConnectionOptions { MaxReadBufferSize = null, MaxWriteBufferSize = null }.Validate();
        new LoopConnectionOptions { MaxWriteBufferSize = 0 }.Validate();
    });

    [Fact]
    public void Copied_options_have_their_own_resources() => OnLoop((string?)null, loop =>
    {
        var options = new LoopConnectionOptions { MaxReadBufferSize = 100 };
        LoopConnectionOptions.ConnectionResources resources = options.ResourcesFor(loop);
        Assert.Same(resources, options.ResourcesFor(loop));
        LoopConnectionOptions copy = options with { MaxReadBufferSize = 200 };
        Assert.Equal((100, 200), (resources.PauseReadingAt, copy.ResourcesFor(loop).PauseReadingAt));
        Assert.Equal(options, copy with { MaxReadBufferSize = 100 });
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Ways))]
    public void Waiting_connection_holds_no_buffer(string mechanism, bool readsAhead)
    {
        var pool = new BlockPool();
        OnLoop(mechanism, async loop =>
        {
            var (client, server) = TcpPair(loop);
            await using var connection = new LoopConnection(server, Options(readsAhead, pool));
            Task echo = Echo(connection);
            await Turns(loop);
            Assert.Equal(0, pool.Rented);
            byte[] answer = new byte[5];
            using (client)
            {
                await client.SendAsync("hello"u8.ToArray());
                Assert.Equal(5, await ReceiveAll(client, answer));
                await Turns(loop);
                Assert.Equal(0, pool.Rented);
            }
            await echo;
        });
        Assert.Equal(0, pool.Rented);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Waiting_connection_keeps_buffer_if_option_is_set(string mechanism) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions { MaxReadBufferSize = 10_000, WaitForDataBeforeAllocatingBuffer = false, MemoryPool = pool },
        async (connection, peer) =>
        {
            Task echo = Echo(connection);
            byte[] answer = new byte[5];
            for (int i = 0; i < 3; i++)
            {
                await peer.SendAsync("hello"u8.ToArray());
                Assert.Equal(5, await ReceiveAll(peer, answer));
                await Turns(connection.Socket.Loop);
                Assert.Equal(1, ((BlockPool)connection.Resources.Options.Pool).Rented);
            }
            peer.Shutdown(SHUT_WR);
            await echo;
        });

    [Theory, MemberData(nameof(Ways))]
    public void Any_thread_may_use_pipes(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        byte[] sent = Bytes(200_000), back = new byte[sent.Length];
        Task echo = Task.Run(async () =>
        {
            await Task.Yield();
            await Echo(connection);
        });
        Task<int> receiving = ReceiveAll(peer, back);
        await peer.SendAsync(sent);
        Assert.Equal(sent.Length, await receiving);
        Assert.True(sent.AsSpan().SequenceEqual(back));
        peer.Shutdown(SHUT_WR);
        await echo;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void SslStream_works_over_LoopStream(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var (client, server) = TcpPair(loop);
        using var writer = new StreamWriter(new LoopStream(client));
        using var reader = new StreamReader(new LoopStream(server));
        await writer.WriteAsync("a line\nan");
        await writer.FlushAsync();
        Assert.Equal("a line", await reader.ReadLineAsync());
        await writer.WriteAsync("other");
        await writer.DisposeAsync();
        Assert.Equal("another", await reader.ReadToEndAsync());
        var refused = Assert.Throws<InvalidOperationException>(() => reader.BaseStream.ReadByte());
        Assert.Contains("loop's thread", refused.Message, StringComparison.Ordinal);
    });

    static string Text(byte[] bytes, int count) => Encoding.Latin1.GetString(bytes, 0, count);
}
