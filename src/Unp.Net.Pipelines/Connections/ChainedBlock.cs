using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>A block of a <see cref="BlockChain"/>. It contains data up to <see cref="End"/>.</summary>
sealed class ChainedBlock : ReadOnlySequenceSegment<byte>
{
    IMemoryOwner<byte>? owner;
    Memory<byte> block;

    /// <summary>Sets the memory of the block. Null returns the memory to its pool.</summary>
    public IMemoryOwner<byte>? Owner
    {
        set
        {
            owner?.Dispose();
            owner = value;
            Memory = block = value?.Memory ?? default;
            Next = null;
            RunningIndex = 0;
            End = 0;
        }
    }

    public int End { get; set; }

    public Memory<byte> FreeMemory => block[End..];

    public ChainedBlock? NextBlock => (ChainedBlock?)Next;

    /// <summary>Links the next block. No data may be added to this one afterwards.</summary>
    public void Append(ChainedBlock other)
    {
        other.RunningIndex = RunningIndex + End;

        // Another thread may be sending from this block. That is safe because the bytes before End stay the same.
        Memory = block[..End];
        Next = other;
    }
}
