using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Unp.Net.Pipelines;

/// <summary>A reusable holder for a block of a pool that does not count its rents, which is any pool but <see cref="BlockPool"/>.</summary>
sealed class ForeignBlock : CountedBlock
{
    /// <summary>The largest number of unused holders that are kept.</summary>
    const int MaxRetained = 1024;

    static readonly ObjectPool<ForeignBlock> Unused = new DefaultObjectPool<ForeignBlock>(new Policy(), MaxRetained);

    IMemoryOwner<byte>? owner;

    public override Memory<byte> Bytes => owner?.Memory ?? default;

    public static ForeignBlock Hold(IMemoryOwner<byte> rented)
    {
        ForeignBlock block = Unused.Get();
        block.owner = rented;
        block.BeginRent();
        return block;
    }

    protected override void OnReturned()
    {
        IMemoryOwner<byte> rented = owner!;
        owner = null;
        Unused.Return(this);
        rented.Dispose();
    }

    sealed class Policy : PooledObjectPolicy<ForeignBlock>
    {
        public override ForeignBlock Create() => new();

        public override bool Return(ForeignBlock obj) => true;
    }
}
