using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// What <see cref="LoopSocket.ReceiveAsync(MemoryPool{byte}, CancellationToken)"/> has received, in a block that goes back to its pool when this is disposed, once.
/// </summary>
public readonly record struct ReceivedBlock : IDisposable
{
    readonly IMemoryOwner<byte>? block;

    internal ReceivedBlock(IMemoryOwner<byte>? block, int length)
    {
        this.block = block;
        Length = length;
    }

    /// <summary>How many bytes; 0 when the peer is done sending, or of an empty datagram, and there is no block then.</summary>
    public int Length { get; }

    /// <summary>The bytes. The caller may change them, and use them until it disposes this.</summary>
    public Memory<byte> Memory => block is null ? default : block.Memory[..Length];

    /// <summary>Gives the block back.</summary>
    public void Dispose() => block?.Dispose();
}
