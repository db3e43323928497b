using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Pooling = System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Receives into blocks of a pool. A waiting receive holds no block.</summary>
public class ReceivedBlockTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Block_is_rented_for_data_and_returned(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var pool = new BlockPool();
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            ValueTask<ReceivedBlock> receiving = first.ReceiveAsync(pool);
            Assert.Equal((false, 0), (receiving.IsCompleted, pool.Rented));
            await second.SendAsync("hello"u8.ToArray());
            using (ReceivedBlock received = await receiving)
            {
                Assert.Equal("hello", Encoding.ASCII.GetString(received.Memory.Span));
                Assert.Equal((5, 1), (received.Length, pool.Rented));
            }
            Assert.Equal(0, pool.Rented);

            await second.SendAsync(new byte[BlockPool.BlockSize + 100]);
            int got = 0;
            while (got < BlockPool.BlockSize + 100)
            {
                using ReceivedBlock part = await first.ReceiveAsync(pool);
                Assert.InRange(part.Length, 1, BlockPool.BlockSize);
                got += part.Length;
            }
            second.Shutdown(SHUT_WR);
            using ReceivedBlock end = await first.ReceiveAsync(pool);
            Assert.Equal((0, true, 0), (end.Length, end.Memory.IsEmpty, pool.Rented));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Failure_and_cancellation_keep_no_block(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var pool = new BlockPool();
        var (first, second) = TcpPair(loop);
        using (first)
        {
            using var source = new CancellationTokenSource();
            ValueTask<ReceivedBlock> receiving = first.ReceiveAsync(pool, source.Token);
            source.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receiving);
            receiving = first.ReceiveAsync(pool);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await first.ReceiveAsync(pool));
            Setsockopt(second.Descriptor, SocketOptions.Linger, TimeSpan.Zero);
            second.Dispose();
            var failure = await Assert.ThrowsAsync<UnpException>(async () => await receiving);
            Assert.Equal((Errno.ECONNRESET, 0), (failure.Errno, pool.Rented));
            await Assert.ThrowsAsync<ArgumentNullException>(async () => await first.ReceiveAsync((BlockPool)null!));
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Receive_into_block_allocates_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        var pool = new BlockPool();
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            byte[] data = new byte[64];
            await AllocationCheck.AssertFreeAsync("receive that waits", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                ValueTask<ReceivedBlock> receiving = first.ReceiveAsync(pool);
                await second.SendAsync(data);
                using ReceivedBlock received = await receiving;
            });
        }
    });

    [Theory, InlineData(true), InlineData(false)]
    public void Stale_copy_does_not_touch_block_of_next_receive(bool countsRents) => OnLoop((string?)null, async loop =>
    {
        using var foreign = new ReusingPool();
        MemoryPool<byte> pool = countsRents ? new BlockPool() : foreign;
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            await second.SendAsync("old"u8.ToArray());
            ReceivedBlock received = await first.ReceiveAsync(pool), copy = received;
            Assert.Equal(copy, received);
            Assert.Equal("3 bytes", copy.ToString());
            Memory<byte> memory = received.Memory;
            received.Dispose();
            AssertStale();

            await second.SendAsync("new"u8.ToArray());
            using ReceivedBlock next = await first.ReceiveAsync(pool);
            Assert.True(memory.Equals(next.Memory)); // the same block
            Assert.NotEqual(copy, next);
            AssertStale();
            Assert.Equal("new", Encoding.ASCII.GetString(next.Memory.Span));
            Assert.Equal(1, Rented());
            next.Dispose();
            next.Dispose();
            Assert.Equal(0, Rented());

            void AssertStale()
            {
                received.Dispose();
                copy.Dispose();
                Assert.Throws<ObjectDisposedException>(() => received.Memory);
                Assert.Throws<ObjectDisposedException>(() => copy.Memory);
                Assert.Equal((3, "3 bytes (disposed)"), (copy.Length, copy.ToString()));
            }
        }

        int Rented() => pool is BlockPool blocks ? blocks.Rented : foreign.Rented;
    });

    [Fact]
    public void Copies_disposed_by_two_threads_return_block_once() => OnLoop((string?)null, async loop =>
    {
        var pool = new BlockPool();
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            for (int i = 0; i < 200; i++)
            {
                await second.SendAsync(new byte[1]);
                ReceivedBlock received = await first.ReceiveAsync(pool);
                using var start = new Barrier(2);
                Task other = Task.Run(() => DisposeTogether(received, start));
                DisposeTogether(received, start);
                other.Wait();
                Assert.Equal(0, pool.Rented);
            }
        }

        static void DisposeTogether(ReceivedBlock copy, Barrier start)
        {
            start.SignalAndWait();
            copy.Dispose();
        }
    });

    [Fact]
    public void Default_block_is_empty()
    {
        ReceivedBlock none = default;
        none.Dispose();
        Assert.Equal((0, true, "0 bytes"), (none.Length, none.Memory.IsEmpty, none.ToString()));
    }

    [Fact]
    public void Copies_and_stale_disposes_allocate_nothing() => OnLoop((string?)null, async loop =>
    {
        var own = new BlockPool();
        using var foreign = new ReusingPool();
        var (first, second) = TcpPair(loop);
        using (first)
        using (second)
        {
            byte[] data = new byte[64];
            foreach (MemoryPool<byte> pool in (MemoryPool<byte>[])[own, foreign])
            {
                await AllocationCheck.AssertFreeAsync("copies", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
                {
                    await second.SendAsync(data);
                    ReceivedBlock received = await first.ReceiveAsync(pool);
                    ReceivedBlock copy = received;
                    _ = copy.Memory;
                    received.Dispose();
                    copy.Dispose();
                });
            }
        }
    });

    [Fact]
    public void Threads_share_pool_whichever_rents_first()
    {
        var pool = new BlockPool();
        var mine = pool.Rent();
        Assert.Equal(1, pool.Rented);
        var theirs = Limit.Run(() =>
        {
            mine.Dispose();
            var block = pool.Rent();
            pool.Rent().Dispose();
            return block;
        });
        Assert.Equal(1, pool.Rented);
        theirs.Dispose();
        theirs.Dispose();
        Assert.Equal(0, pool.Rented);
        using var next = pool.Rent();
        Assert.Same(theirs, next);
        Assert.Equal(1, pool.Rented);
    }

    /// <summary>A pool of another kind, which reuses one block object and does not notice a second dispose.</summary>
    sealed class ReusingPool : MemoryPool<byte>
    {
        readonly Block block;

        public ReusingPool() => block = new Block(this);

        public int Rented { get; private set; }

        public override int MaxBufferSize => 100;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            Rented++;
            return block;
        }

        protected override void Dispose(bool disposing)
        {
        }

        sealed class Block(ReusingPool pool) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } = new byte[100];

            public void Dispose() => pool.Rented--;
        }
    }
}
