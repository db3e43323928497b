namespace Unp.Net.Packets;

/// <summary>The chunks of an SCTP packet, for <c>foreach</c>. It allocates nothing.</summary>
/// <remarks>
/// The enumeration ends before the first chunk whose length is wrong. <see cref="IsWellFormed"/> reports whether there is no such chunk.
/// </remarks>
public ref struct SctpChunks
{
    ReadOnlySpan<byte> rest;
    SctpChunk current;

    internal SctpChunks(ReadOnlySpan<byte> bytes)
    {
        rest = bytes;
    }

    /// <summary>Gets the current chunk.</summary>
    public readonly SctpChunk Current => current;

    /// <summary>Gets whether the bytes that were not enumerated yet are complete chunks. Their values are not examined.</summary>
    public readonly bool IsWellFormed
    {
        get
        {
            ReadOnlySpan<byte> bytes = rest;
            while (SctpChunk.TryRead(ref bytes, out _))
            {
            }
            return bytes.IsEmpty;
        }
    }

    /// <summary>Returns this enumerator.</summary>
    public readonly SctpChunks GetEnumerator() => this;

    /// <summary>Moves to the next chunk.</summary>
    /// <returns>Whether a complete chunk follows.</returns>
    public bool MoveNext() => SctpChunk.TryRead(ref rest, out current);

    /// <summary>Returns the number of bytes that were not enumerated yet.</summary>
    public override readonly string ToString() => $"{rest.Length} bytes of chunks";
}
