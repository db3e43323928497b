using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// A reusable block that counts its rents, so that a <see cref="ReceivedBlock"/> of an earlier rent is recognised. The version is odd while
/// the block is rented, and even while its pool has it. Each rent and each return increments it. It repeats after 2^31
/// rents of one block.
/// </summary>
abstract class CountedBlock
{
    int version;

    /// <summary>The number of the current rent.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Whether the block is rented.</summary>
    public bool IsRented => (Version & 1) != 0;

    /// <summary>The whole block, whichever rent it belongs to.</summary>
    public abstract Memory<byte> Bytes { get; }

    /// <summary>Returns the rented block itself if it counts its rents, and otherwise a holder that does.</summary>
    public static CountedBlock Of(IMemoryOwner<byte> rented) => rented as CountedBlock ?? ForeignBlock.Hold(rented);

    /// <summary>Ends a rent and returns the block to its pool, unless that rent has ended already. Any thread may call it.</summary>
    public void Return(int rent)
    {
        if (Interlocked.CompareExchange(ref version, rent + 1, rent) == rent)
            OnReturned();
    }

    /// <summary>Starts a rent. Only the thread that has taken the block from the pool may call it.</summary>
    protected void BeginRent() => version++;

    /// <summary>
    /// Ends the current rent, if there is one, without an interlocked instruction. The owner of a block that no struct refers to calls it.
    /// </summary>
    protected void EndRent()
    {
        if (!IsRented)
            return;
        version++;
        OnReturned();
    }

    /// <summary>Gives the block back to its pool.</summary>
    protected abstract void OnReturned();
}
