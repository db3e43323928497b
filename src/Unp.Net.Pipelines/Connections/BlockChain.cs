using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// A queue of bytes in linked blocks. <see cref="GetMemory"/> and <see cref="Advance"/> add bytes at the end; <see cref="AdvanceTo"/>
/// removes them from the beginning.
/// </summary>
struct BlockChain(BlockSource source)
{
    readonly BlockSource source = source;
    ChainedBlock? first;
    ChainedBlock? last;
    int start;

    public readonly bool IsEmpty => first is null;

    /// <summary>Returns all bytes.</summary>
    public readonly ReadOnlySequence<byte> AsSequence() => SliceTo(End);

    /// <summary>The position after the last byte.</summary>
    public readonly SequencePosition End => new(last, last?.End ?? 0);

    /// <summary>The number of bytes.</summary>
    public readonly long Length => first is null ? 0 : LengthFrom(new(first, start));

    /// <summary>Returns the number of bytes after a position, which must be in a block.</summary>
    public readonly long LengthFrom(SequencePosition position) =>
        last is null ? 0 : last.RunningIndex + last.End - ((ChainedBlock)position.GetObject()!).RunningIndex - position.GetInteger();

    /// <summary>Returns the bytes before a position.</summary>
    public readonly ReadOnlySequence<byte> SliceTo(SequencePosition end) =>
        first is null ? default : new(first, start, (ChainedBlock)end.GetObject()!, end.GetInteger());

    /// <summary>Whether a position is the end. Two positions are the end if the last block is empty.</summary>
    public readonly bool IsEnd(SequencePosition position) =>
        last is null
        || (position.GetObject() is ChainedBlock block && block.RunningIndex + position.GetInteger() == last.RunningIndex + last.End);

    /// <summary>Whether the last block has space for a number of bytes.</summary>
    public readonly bool HasSpace(int minimum) => last is not null && last.FreeMemory.Length >= minimum;

    /// <summary>Returns the memory for the next bytes, with at least the requested size. Adds a block if necessary.</summary>
    public Memory<byte> GetMemory(int minimum)
    {
        if (!HasSpace(minimum))
        {
            ChainedBlock block = source.Rent(minimum);
            last?.Append(block);
            last = block;
            first ??= block;
        }
        return last!.FreeMemory;
    }

    /// <summary>Adds bytes that were written to the memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or larger than the memory.</exception>
    public readonly void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, last?.FreeMemory.Length ?? 0);
        if (last is not null)
            last.End += bytes;
    }

    /// <summary>Removes the bytes before a position, and returns consumed blocks to the source.</summary>
    /// <param name="end">The position.</param>
    /// <param name="keepsLast">Whether the last block stays even if all its bytes are consumed.</param>
    /// <exception cref="InvalidOperationException">The position is not in this chain. Nothing was removed.</exception>
    public void AdvanceTo(SequencePosition end, bool keepsLast = false)
    {
        // A default position consumes nothing, as with a Pipe.
        if (end.GetObject() is not { } block)
            return;
        int index = end.GetInteger();
        CheckPosition((ChainedBlock)block, index);
        while (first != block)
            ReleaseFirst();
        start = index;
        if (index == first!.End && !(keepsLast && first == last))
            ReleaseFirst();
        if (!keepsLast)
            ReleaseEmpty(); // a block that was appended and never filled
    }

    /// <summary>Returns the first block to the source if it never held any bytes. No other block follows it then.</summary>
    public void ReleaseEmpty()
    {
        if (first is { End: 0 })
            Clear();
    }

    /// <summary>Returns all blocks to the source.</summary>
    public void Clear()
    {
        while (first is not null)
            ReleaseFirst();
    }

    readonly void CheckPosition(ChainedBlock block, int index)
    {
        ChainedBlock? found = first;
        while (found is not null && found != block)
            found = found.NextBlock;
        if (found is null || index > found.End || (found == first && index < start))
            throw new InvalidOperationException("The position is not in the buffer of the last read. Pass a position of that buffer.");
    }

    void ReleaseFirst()
    {
        ChainedBlock taken = first!;
        first = taken.NextBlock;
        start = 0;
        if (first is null)
            last = null;
        source.Return(taken);
    }
}
