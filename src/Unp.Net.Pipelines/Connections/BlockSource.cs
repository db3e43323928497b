using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Unp.Net.Pipelines;

/// <summary>Blocks for chains. All connections of a loop take theirs from one, so that what waits holds none.</summary>
sealed class BlockSource(MemoryPool<byte> pool, int blockSize)
{
    /// <summary>How many it keeps for those that come: as many as a loop's connections may well have in use at a time.</summary>
    const int Retained = 1024;

    readonly ObjectPool<ChainedBlock> unused = new DefaultObjectPool<ChainedBlock>(new Policy(), Retained);

    /// <summary>The bytes of a block for which nobody asks for more.</summary>
    public int BlockSize => blockSize;

    /// <summary>A block with room for so many bytes at least; one that the pool does not have is made for it.</summary>
    public ChainedBlock Take(int least)
    {
        ChainedBlock block = unused.Get();
        block.Owner = least <= pool.MaxBufferSize ? pool.Rent(Math.Max(least, blockSize)) : MemoryPool<byte>.Shared.Rent(least);
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
