using System.Buffers;

namespace Unp.Net.Pipelines.Tests.Connections;

public class BlockPoolTests
{
    [Fact]
    public void Blocks_are_reused()
    {
        var pool = new BlockPool();
        IMemoryOwner<byte> first = pool.Rent();
        Assert.Equal((20_480, 1), (first.Memory.Length, pool.Rented));
        first.Dispose();
        first.Dispose();
        Assert.Equal(0, pool.Rented);
        IMemoryOwner<byte> again = pool.Rent(20_480), other = pool.Rent(1);
        Assert.Same(first, again);
        Assert.NotSame(again, other);
        Assert.Equal(2, pool.Rented);
    }

    [Fact]
    public void Block_larger_than_limit_is_refused()
    {
        var pool = new BlockPool();
        Assert.Equal(20_481, Assert.Throws<ArgumentOutOfRangeException>("minBufferSize", () => pool.Rent(20_481)).ActualValue);
        Assert.Equal(0, pool.Rented);
        Assert.Equal(0, Assert.Throws<ArgumentOutOfRangeException>("retained", () => new BlockPool(0)).ActualValue);
    }

    [Fact]
    public void Rent_allocates_nothing()
    {
        var pool = new BlockPool();
        AllocationCheck.AssertFree("a block", () => pool.Rent().Dispose());
    }
}
