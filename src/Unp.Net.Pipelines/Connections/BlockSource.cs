using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Unp.Net.Pipelines;

/// <summary>
/// The source of blocks for the chains of all connections of a loop. They share it so that waiting connections hold no blocks.
/// </summary>
sealed class BlockSource(MemoryPool<byte> pool, int blockSize)
{
    /// <summary>The largest number of unused block objects that are kept. A loop's connections rarely use more at a time.</summary>
    const int MaxRetained = 1024;

    readonly ObjectPool<ChainedBlock> unused = new DefaultObjectPool<ChainedBlock>(new Policy(), MaxRetained);

    /// <summary>The size of a block unless a larger one is requested.</summary>
    public int BlockSize => blockSize;

    /// <summary>Rents a block with at least the requested size. A size that exceeds the pool's comes from the shared pool.</summary>
    public ChainedBlock Rent(int minimum)
    {
        ChainedBlock block = unused.Get();
        block.Owner = minimum <= pool.MaxBufferSize ? pool.Rent(Math.Max(minimum, blockSize)) : MemoryPool<byte>.Shared.Rent(minimum);
        return block;
    }

    public void Return(ChainedBlock block)
    {
        block.Owner = null;
        unused.Return(block);
    }

    sealed class Policy : PooledObjectPolicy<ChainedBlock>
    {
        public override ChainedBlock Create() => new();

        public override bool Return(ChainedBlock obj) => true;
    }
}
