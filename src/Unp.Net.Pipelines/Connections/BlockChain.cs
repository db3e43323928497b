using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>Data in blocks, one after another: what comes is added at the end, what is used is taken from the beginning.</summary>
struct BlockChain(BlockSource source)
{
    readonly BlockSource source = source;
    ChainedBlock? first;
    ChainedBlock? last;
    int start;

    public readonly bool IsEmpty => first is null;

    /// <summary>From the first byte to the last.</summary>
    public readonly ReadOnlySequence<byte> All => To(End);

    /// <summary>Behind the last byte.</summary>
    public readonly SequencePosition End => new(last, last?.End ?? 0);

    /// <summary>How many bytes there are.</summary>
    public readonly long Length => first is null ? 0 : LengthFrom(new(first, start));

    /// <summary>How many bytes follow a position, which has a block.</summary>
    public readonly long LengthFrom(SequencePosition position) =>
        last is null ? 0 : last.RunningIndex + last.End - ((ChainedBlock)position.GetObject()!).RunningIndex - position.GetInteger();

    /// <summary>From the first byte to a position.</summary>
    public readonly ReadOnlySequence<byte> To(SequencePosition end) =>
        first is null ? default : new(first, start, (ChainedBlock)end.GetObject()!, end.GetInteger());

    /// <summary>Whether nothing follows a position. At the boundary of two blocks there are two of them.</summary>
    public readonly bool IsEnd(SequencePosition position) =>
        last is null || (position.GetObject() is ChainedBlock block && block.RunningIndex + position.GetInteger() == last.RunningIndex + last.End);

    /// <summary>Whether there is room for so many bytes without another block.</summary>
    public readonly bool HasRoom(int least) => last is not null && last.Free.Length >= least;

    /// <summary>Where the next bytes go: room for so many, at the least.</summary>
    public Memory<byte> Room(int least)
    {
        if (!HasRoom(least))
        {
            ChainedBlock block = source.Take(least);
            last?.Append(block);
            last = block;
            first ??= block;
        }
        return last!.Free;
    }

    /// <summary>So many bytes were put there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There was no room for so many.</exception>
    public readonly void Add(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, last?.Free.Length ?? 0);
        if (last is not null)
            last.End += bytes;
    }

    /// <summary>Takes what stands before a position. Blocks of which nothing is left go back, the last one only if it is not kept for more.</summary>
    /// <exception cref="InvalidOperationException">There is no such position. Nothing was taken.</exception>
    public void Take(SequencePosition end, bool keepsLast = false)
    {
        // As in a pipe: the position of no buffer takes nothing.
        if (end.GetObject() is not { } block)
            return;
        int index = end.GetInteger();
        Find((ChainedBlock)block, index);
        while (first != block)
            TakeFirst();
        start = index;
        if (index == first!.End && !(keepsLast && first == last))
            TakeFirst();
        if (!keepsLast)
            Trim(); // of a block that was appended and has got nothing
    }

    /// <summary>Gives back the only block if there is nothing in it.</summary>
    public void Trim()
    {
        if (first is { End: 0 })
            Clear();
    }

    /// <summary>Gives back all blocks.</summary>
    public void Clear()
    {
        while (first is not null)
            TakeFirst();
    }

    readonly void Find(ChainedBlock block, int index)
    {
        ChainedBlock? found = first;
        while (found is not null && found != block)
            found = found.Following;
        if (found is null || index > found.End || (found == first && index < start))
            throw new InvalidOperationException("The position is not one of the buffer that was read last.");
    }

    void TakeFirst()
    {
        ChainedBlock taken = first!;
        first = taken.Following;
        start = 0;
        if (first is null)
            last = null;
        source.Return(taken);
    }
}
