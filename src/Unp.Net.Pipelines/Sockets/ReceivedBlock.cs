using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// The result of <see cref="LoopSocket.ReceiveAsync(MemoryPool{byte}, CancellationToken)"/>: data in a block, which returns to its pool at
/// <see cref="Dispose"/>. Call that exactly once, on one copy of the struct.
/// </summary>
public readonly record struct ReceivedBlock : IDisposable
{
    readonly IMemoryOwner<byte>? block;

    internal ReceivedBlock(IMemoryOwner<byte>? block, int length)
    {
        this.block = block;
        Length = length;
    }

    /// <summary>
    /// Gets the number of bytes. It is 0, and there is no block, at the end of the peer's data and for an empty datagram.
    /// </summary>
    public int Length { get; }

    /// <summary>Gets the bytes. The caller may change them, and use them until it calls <see cref="Dispose"/>.</summary>
    public Memory<byte> Memory => block is null ? default : block.Memory[..Length];

    /// <summary>Returns the block to its pool.</summary>
    public void Dispose() => block?.Dispose();
}
