using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>A block of a <see cref="BlockChain"/>, which is full of data up to <see cref="End"/>.</summary>
sealed class ChainedBlock : ReadOnlySequenceSegment<byte>
{
    IMemoryOwner<byte>? owner;
    Memory<byte> block;

    /// <summary>What it is a block of; null gives that back.</summary>
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

    public Memory<byte> Free => block[End..];

    public ChainedBlock? Following => (ChainedBlock?)Next;

    /// <summary>Has another follow: nothing is added to this one any more.</summary>
    public void Append(ChainedBlock other)
    {
        other.RunningIndex = RunningIndex + End;

        // Somebody may be sending from the beginning of it, on another thread, and finds there what stood there before.
        Memory = block[..End];
        Next = other;
    }
}
