using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>Both pipes keep the contracts of <see cref="PipeReader"/> and <see cref="PipeWriter"/>.</summary>
public class PipeContractTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void GetMemory_returns_memory_of_any_size(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] sent = Bytes(200_000), got = new byte[sent.Length];
            Task<int> receiving = ReceiveAll(peer, got);
            PipeWriter output = connection.Output;
            int at = 0;
            foreach (int size in (int[])[1, 16_384, 100_000, 5, 16_000, 400])
            {
                Assert.InRange(output.GetSpan(size).Length, size, int.MaxValue);
                sent.AsSpan(at, size).CopyTo(output.GetMemory(size).Span);
                output.Advance(size);
                at += size;
                Assert.Equal(at, output.UnflushedBytes);
            }
            Assert.True(output.CanGetUnflushedBytes);
            output.Write(sent.AsSpan(at));
            FlushResult flushed = await output.FlushAsync();
            Assert.Equal((false, false, 0), (flushed.IsCanceled, flushed.IsCompleted, output.UnflushedBytes));
            Assert.Equal(sent.Length, await receiving);
            Assert.True(sent.AsSpan().SequenceEqual(got));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Invalid_calls_are_refused(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        PipeWriter output = connection.Output;
        Assert.Throws<ArgumentOutOfRangeException>(() => output.GetMemory(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Advance(-1));
        int room = output.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => output.Advance(room + 1));
        await output.CompleteAsync();
        await output.CompleteAsync(new FormatException("too late"));
        Assert.Throws<InvalidOperationException>(() => output.GetMemory());
        Assert.Throws<InvalidOperationException>(() => output.Advance(0));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await output.FlushAsync());
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]));

        PipeReader input = connection.Input;
        await peer.SendAsync("abc"u8.ToArray());
        ReadResult result = await input.ReadAtLeastAsync(3);
        ReadOnlySequence<byte> another = new("abc"u8.ToArray());
        Assert.ThrowsAny<Exception>(() => input.AdvanceTo(another.End));
        await input.CompleteAsync();
        Assert.Throws<InvalidOperationException>(() => input.TryRead(out _));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await input.ReadAsync());
    });

    /// <summary>A caller confuses two reads or two connections.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Position_of_other_buffer_is_refused_without_loss(string mechanism) =>
        WithPeer(mechanism, readsAhead: false, async (connection, peer) =>
        {
            await peer.SendAsync("gone"u8.ToArray());
            SequencePosition stale = (await connection.Input.ReadAtLeastAsync(4)).Buffer.End;
            connection.Input.AdvanceTo(stale);
            Assert.Throws<InvalidOperationException>(() => connection.Input.AdvanceTo(stale));

            var pool = new BlockPool();
            var (client, server) = TcpPair(connection.Socket.Loop);
            using (client)
            await using (var another = new LoopConnection(server, Options(readsAhead: false, pool)))
            {
                await client.SendAsync("theirs"u8.ToArray());
                await peer.SendAsync("ours"u8.ToArray());
                SequencePosition foreign = (await another.Input.ReadAtLeastAsync(6)).Buffer.GetPosition(2);
                SequencePosition own = (await connection.Input.ReadAtLeastAsync(4)).Buffer.GetPosition(1);
                Assert.Throws<InvalidOperationException>(() => connection.Input.AdvanceTo(foreign));
                Assert.Throws<InvalidOperationException>(() => connection.Input.AdvanceTo(foreign, own));
                connection.Input.AdvanceTo(default);
                Assert.True(connection.Input.TryRead(out ReadResult kept));
                Assert.Equal("ours"u8.ToArray(), kept.Buffer.ToArray());
                connection.Input.AdvanceTo(own);
                Assert.Equal("urs"u8.ToArray(), await Read(connection.Input, 3));
            }
            Assert.Equal(0, pool.Rented);
        });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Limit_may_be_largest_number(string mechanism) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions { MaxReadBufferSize = long.MaxValue, MaxWriteBufferSize = long.MaxValue, MemoryPool = pool },
        async (connection, peer) =>
        {
            byte[] sent = Bytes(500_000);
            Task echo = Echo(connection);
            Task sending = peer.SendAsync(sent).AsTask();
            byte[] back = new byte[sent.Length];
            Assert.Equal(sent.Length, await ReceiveAll(peer, back));
            await sending;
            peer.Shutdown(SHUT_WR);
            await echo;
            Assert.True(sent.AsSpan().SequenceEqual(back));
        });

    [Theory, MemberData(nameof(Ways))]
    public void TryRead_returns_available_data(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            PipeReader input = connection.Input;
            Assert.False(input.TryRead(out ReadResult result));
            await peer.SendAsync("abc"u8.ToArray());
            result = await input.ReadAtLeastAsync(3);
            input.AdvanceTo(result.Buffer.GetPosition(1));
            Assert.True(input.TryRead(out result));
            Assert.Equal("bc"u8.ToArray(), result.Buffer.ToArray());
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            Assert.False(input.TryRead(out result));
            peer.Shutdown(SHUT_WR);
            result = await input.ReadAsync();
            Assert.Equal((2, true), (result.Buffer.Length, result.IsCompleted));
            input.AdvanceTo(result.Buffer.End);
            Assert.True(input.TryRead(out result));
            Assert.Equal((0, true), (result.Buffer.Length, result.IsCompleted));
            input.AdvanceTo(result.Buffer.End);
        });

    [Theory, MemberData(nameof(Ways))]
    public void Cancelled_flush_still_sends_written_data(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] sent = Bytes(10_000_000), got = new byte[sent.Length];
            using (var source = new CancellationTokenSource())
            {
                Task<FlushResult> first = connection.Output.WriteAsync(sent.AsMemory(0, 9_000_000), source.Token).AsTask();
                await Turns(connection.Socket.Loop);
                Assert.False(first.IsCompleted);
                await Task.Run(source.Cancel);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
                await connection.Socket.Loop.SwitchTo();
            }
            Task<FlushResult> second = connection.Output.WriteAsync(sent.AsMemory(9_000_000, 500_000)).AsTask();
            Assert.False(second.IsCompleted);
            connection.Output.CancelPendingFlush();
            Assert.True((await second).IsCanceled);

            connection.Output.CancelPendingFlush();
            FlushResult third = await connection.Output.WriteAsync(sent.AsMemory(9_500_000, 499_999));
            Assert.True(third.IsCanceled);
            Task<FlushResult> last = connection.Output.WriteAsync(sent.AsMemory(9_999_999)).AsTask();
            Assert.False(last.IsCompleted);
            Assert.Equal(sent.Length, await ReceiveAll(peer, got));
            FlushResult flushed = await last;
            Assert.Equal((false, false), (flushed.IsCanceled, flushed.IsCompleted));
            Assert.True(sent.AsSpan().SequenceEqual(got));
        });

    /// <summary>Small pieces for a peer that does not read share a block.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Unsent_pieces_share_blocks(string mechanism)
    {
        var pool = new BlockPool();
        OnLoop(mechanism, async loop =>
        {
            var (own, peer) = Pair(loop);
            using (peer)
            {
                var connection = new LoopConnection(own, new LoopConnectionOptions { MaxWriteBufferSize = null, MemoryPool = pool });
                await connection.Output.WriteAsync(new byte[2_000_000]);
                int before = pool.Rented;
                for (int i = 0; i < 1000; i++)
                    await connection.Output.WriteAsync(new byte[100]);
                Assert.InRange(pool.Rented - before, 1, 8);
                connection.Abort();
                await connection.DisposeAsync();
            }
        });
        Assert.Equal(0, pool.Rented);
    }

    public static TheoryData<string, bool, bool> Threads =>
        new(from way in Ways from onPool in (bool[])[false, true] let data = way.Data select (data.Item1, data.Item2, onPool));

    [Theory, MemberData(nameof(Threads))]
    public void Continuations_run_where_options_say(string mechanism, bool readsAhead, bool onPool) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions
        {
            MaxReadBufferSize = readsAhead ? 64 * 1024 : 0,
            MemoryPool = pool,
            RunContinuationsAsynchronously = onPool,
        },
        async (connection, peer) =>
        {
            EventLoop loop = connection.Socket.Loop;
            Task<bool> reading = IsOnLoopAfter(async () => (await connection.Input.ReadAsync().ConfigureAwait(false)).IsCompleted);
            await peer.SendAsync(new byte[1]);
            Assert.Equal(!onPool, await reading.ConfigureAwait(false));

            await loop.SwitchTo();
            Task<bool> flushing = IsOnLoopAfter(
                async () => (await connection.Output.WriteAsync(new byte[8_000_000]).ConfigureAwait(false)).IsCompleted);
            Assert.False(flushing.IsCompleted);
            await ReceiveAll(peer, new byte[8_000_000]);
            Assert.Equal(!onPool, await flushing.ConfigureAwait(false));
            await loop.SwitchTo();

            async Task<bool> IsOnLoopAfter(Func<Task<bool>> operation)
            {
                Assert.False(await operation().ConfigureAwait(false));
                return loop.IsCurrent;
            }
        });

    [Theory, MemberData(nameof(Ways))]
    public void Continuation_of_end_runs_on_pool_if_option_is_set(string mechanism, bool readsAhead) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions
        {
            MaxReadBufferSize = readsAhead ? 64 * 1024 : 0,
            MemoryPool = pool,
            RunContinuationsAsynchronously = true,
        },
        async (connection, peer) =>
        {
            EventLoop loop = connection.Socket.Loop;
            connection.Output.Write(new byte[8_000_000]);
            Task<bool> sending = IsOnLoopAfter(() => connection.Sent);
            Task<bool> disposing = IsOnLoopAfter(() => connection.DisposeAsync().AsTask());
            Assert.Equal(8_000_000, await ReceiveAll(peer, new byte[8_000_000]));
            Assert.False(await sending.ConfigureAwait(false));
            Assert.False(await disposing.ConfigureAwait(false));
            await loop.SwitchTo();

            async Task<bool> IsOnLoopAfter(Func<Task> end)
            {
                await end().ConfigureAwait(false);
                return loop.IsCurrent;
            }
        });

    [Theory, MemberData(nameof(Ways))]
    public void Read_is_cancelled_by_another_thread_at_any_moment(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            // The reader is on the loop's thread or another one. Each cancellation ends one read, or several end the same one.
            PipeReader input = connection.Input;
            for (int round = 0; round < 500; round++)
            {
                if (round % 2 == 0)
                    await connection.Socket.Loop.SwitchTo();
                else
                    await Task.Yield();
                var cancelling = Task.Run(input.CancelPendingRead);
                ReadResult result = await input.ReadAsync().AsTask().WaitAsync(Limit.Default).ConfigureAwait(false);
                Assert.True(result.IsCanceled);
                input.AdvanceTo(result.Buffer.End);
                await cancelling.ConfigureAwait(false);
            }
            await connection.Socket.Loop.SwitchTo();
            await peer.SendAsync("still here"u8.ToArray());
            Assert.Equal("still here"u8.ToArray(), await Read(input, 10));
        });

    [Theory, MemberData(nameof(Ways))]
    public void Read_interrupted_by_another_thread_continues_on_loop(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            EventLoop loop = connection.Socket.Loop;
            ValueTask<ReadResult> reading = connection.Input.ReadAsync();
            _ = Task.Run(connection.Input.CancelPendingRead);
            Assert.True((await reading).IsCanceled);
            Assert.True(loop.IsCurrent);

            using var source = new CancellationTokenSource();
            reading = connection.Input.ReadAsync(source.Token);
            _ = Task.Run(source.Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Awaited(reading));

            async Task Awaited(ValueTask<ReadResult> read)
            {
                try
                {
                    await read;
                }
                finally
                {
                    Assert.True(loop.IsCurrent);
                }
            }
        });

    /// <summary>An upload to a handler on the thread pool, which keeps up with the data and is sometimes interrupted.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void Reader_on_another_thread_wakes_only_for_results(string mechanism, bool readsAhead) => WithPeer(
        mechanism,
        pool => new LoopConnectionOptions
        {
            MaxReadBufferSize = readsAhead ? 1 : 0,
            RunContinuationsAsynchronously = true,
            MemoryPool = pool,
        },
        async (connection, peer) =>
        {
            byte[] sent = Bytes(4_000_000);
            bool isOver = false;
            Task sending = SendInPieces();
            var interrupting = Task.Run(() =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    connection.Input.CancelPendingRead();
                    Thread.SpinWait(3000);
                }
            });
            try
            {
                await Task.Run(ReadAll).WaitAsync(Limit.Default).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref isOver, true);
            }
            await interrupting.ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            await connection.Socket.Loop.SwitchTo();

            async Task SendInPieces()
            {
                for (int at = 0; at < sent.Length; at += 100)
                    await peer.SendAsync(sent.AsMemory(at, 100));
            }

            async Task ReadAll()
            {
                int got = 0;
                while (got < sent.Length)
                {
                    ReadResult result = await connection.Input.ReadAsync().ConfigureAwait(false);
                    Assert.True(result.IsCanceled || !result.Buffer.IsEmpty, $"nothing, after {got} bytes");
                    Assert.True(
                        result.Buffer.ToArray().AsSpan().SequenceEqual(sent.AsSpan(got, (int)result.Buffer.Length)), $"after {got} bytes");
                    got += (int)result.Buffer.Length;
                    connection.Input.AdvanceTo(result.Buffer.End);
                }
            }
        });

    [Theory, MemberData(nameof(Ways))]
    public void Token_ends_only_its_own_read(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            PipeReader input = connection.Input;
            int got = 0;
            for (int round = 0; round < 500; round++)
            {
                if (round % 2 == 0)
                    await connection.Socket.Loop.SwitchTo();
                else
                    await Task.Yield();

                // First comes the cancellation, or the data, or either.
                using var source = new CancellationTokenSource();
                Task<ReadResult> reading = input.ReadAsync(source.Token).AsTask();
                var cancelling = round % 3 == 1 ? Task.CompletedTask : Task.Run(source.Cancel);
                if (round % 3 == 0)
                    await cancelling.ConfigureAwait(false);
                Task sending = peer.SendAsync("x"u8.ToArray()).AsTask();
                try
                {
                    got += Taken(await reading.WaitAsync(Limit.Default).ConfigureAwait(false));
                    Assert.NotEqual(0, round % 3);
                }
                catch (OperationCanceledException e)
                {
                    Assert.Equal(source.Token, e.CancellationToken);
                    Assert.NotEqual(1, round % 3);
                }
                await cancelling.ConfigureAwait(false);
                await sending.ConfigureAwait(false);

                // The next read is not affected, and no byte is lost.
                while (got <= round)
                    got += Taken(await input.ReadAsync().AsTask().WaitAsync(Limit.Default).ConfigureAwait(false));
                Assert.Equal(round + 1, got);
            }
            await connection.Socket.Loop.SwitchTo();

            int Taken(ReadResult result)
            {
                Assert.False(result.IsCanceled || result.IsCompleted);
                input.AdvanceTo(result.Buffer.End);
                return (int)result.Buffer.Length;
            }
        });

    /// <summary>
    /// A thread writes pieces and flushes each one. The loop's thread sends them as fast as the peer receives.
    /// </summary>
    [Theory, MemberData(nameof(Ways))]
    public void Pieces_of_another_thread_arrive_in_order(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] sent = Bytes(5_000_000), got = new byte[sent.Length];
            Task writing = Task.Run(async () =>
            {
                var random = new Random(1);
                int at = 0;
                while (at < sent.Length)
                {
                    int size = Math.Min(random.Next(1, random.Next(2, 40_000)), sent.Length - at);
                    FlushResult flushed = await connection.Output.WriteAsync(sent.AsMemory(at, size)).ConfigureAwait(false);
                    Assert.False(flushed.IsCompleted);
                    at += size;
                }
                await connection.Output.CompleteAsync();
            });
            Assert.Equal(sent.Length, await ReceiveAll(peer, got));
            await writing;
            Assert.True(sent.AsSpan().SequenceEqual(got));
            Assert.Equal(0, await peer.ReceiveAsync(got));
        });
}
