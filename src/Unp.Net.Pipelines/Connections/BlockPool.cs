using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Unp.Net.Pipelines;

/// <summary>
/// Memory in blocks of 20 KiB, which are used again and again, and which the garbage collector does not move: a call that reads into one need not
/// pin it. Threads may share it.
/// </summary>
/// <remarks>A waiting connection holds none, so they can be large: of 4 KiB each, a message of 16 KiB would cost four times the calls.</remarks>
public sealed class BlockPool : MemoryPool<byte>
{
    // A read that fills its block is followed by another, which finds out whether there was more: a message of 16 KiB, the likely size, must not fill one.
    internal const int BlockSize = 20 * 1024;

    // What tells a thread from others, cheaper than its number does.
    [ThreadStatic]
    static object? self;

    readonly ObjectPool<Block> blocks;

    // The thread that came first, mostly a loop's own, has a block at hand and a count of its own: so it does without the four interlocked instructions of the
    // others, 28 ns of a request's 5 us.
    object? owner;
    Block? atHand;
    int rentedByOwner;
    int rentedByOthers;

    /// <summary>Makes a pool.</summary>
    /// <param name="retained">How many blocks that are not in use it keeps, at the most; others are left to the garbage collector.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retained"/> is less than 1.</exception>
    public BlockPool(int retained = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retained, 1);
        blocks = new DefaultObjectPool<Block>(new Policy(this), retained);
    }

    /// <summary>How many blocks are in use.</summary>
    public int Rented => Volatile.Read(ref rentedByOwner) + Volatile.Read(ref rentedByOthers);

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <summary>A block, to be disposed after use.</summary>
    /// <param name="minBufferSize">At most <see cref="MaxBufferSize"/>; the block has always that much.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is more.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        Block block = Take();
        block.IsRented = true;
        return block;
    }

    /// <summary>Does nothing: blocks that are still in use stay valid, and memory is the garbage collector's.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    bool IsOwner
    {
        get
        {
            object me = self ??= new object();
            return owner == me || (owner is null && Interlocked.CompareExchange(ref owner, me, null) is null);
        }
    }

    Block Take()
    {
        if (IsOwner)
        {
            rentedByOwner++;
            Block? block = atHand;
            atHand = null;
            return block ?? blocks.Get();
        }
        Interlocked.Increment(ref rentedByOthers);
        return blocks.Get();
    }

    void TakeBack(Block block)
    {
        if (!IsOwner)
        {
            Interlocked.Decrement(ref rentedByOthers); // that of another's rent may be in the other count: the sum is right
            blocks.Return(block);
            return;
        }
        rentedByOwner--;
        if (atHand is null)
            atHand = block;
        else
            blocks.Return(block);
    }

    sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public bool IsRented { get; set; }

        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true);

        public void Dispose()
        {
            if (!IsRented)
                return;
            IsRented = false;
            pool.TakeBack(this);
        }
    }

    sealed class Policy(BlockPool pool) : PooledObjectPolicy<Block>
    {
        public override Block Create() => new(pool);

        public override bool Return(Block obj) => true;
    }
}
