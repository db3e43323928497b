namespace Unp.Net.Pipelines;

/// <summary>
/// The result of <see cref="LoopSocket.ReceiveAsync(System.Buffers.MemoryPool{byte}, CancellationToken)"/>: data in a block, which returns
/// to its pool at <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// Copies of the struct share the block. After one copy is disposed, all copies are stale: <see cref="Memory"/> throws, and
/// <see cref="Dispose"/> does nothing, even if the pool has rented the block to another receive. A <see cref="Memory{T}"/> that was
/// obtained before the disposal is not checked.
/// </remarks>
public readonly record struct ReceivedBlock : IDisposable
{
    readonly CountedBlock? block;
    readonly int rent;

    internal ReceivedBlock(CountedBlock? block, int length)
    {
        this.block = block;
        rent = block?.Version ?? 0;
        Length = length;
    }

    /// <summary>
    /// Gets the number of bytes. It is 0, and there is no block, at the end of the peer's data and for an empty datagram.
    /// </summary>
    public int Length { get; }

    /// <summary>Gets the bytes. The caller may change them, and use them until it calls <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">This value or a copy of it was disposed.</exception>
    public Memory<byte> Memory
    {
        get
        {
            Memory<byte> bytes = block is null ? default : block.Bytes;
            ObjectDisposedException.ThrowIf(IsStale, typeof(ReceivedBlock));
            return bytes[..Length];
        }
    }

    /// <summary>
    /// Returns the block to its pool, unless this value or a copy of it has already been disposed. Any thread may call it.
    /// </summary>
    public void Dispose() => block?.Return(rent);

    /// <summary>Returns a text such as <c>"5 bytes"</c>, <c>"5 bytes (disposed)"</c> or <c>"0 bytes"</c>.</summary>
    public override string ToString() => LoopSocket.Describe(Length, default) + (IsStale ? " (disposed)" : "");

    bool IsStale => block is not null && block.Version != rent;
}
