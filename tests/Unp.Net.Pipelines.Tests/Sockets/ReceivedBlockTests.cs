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
}
