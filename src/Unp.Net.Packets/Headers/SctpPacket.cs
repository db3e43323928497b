namespace Unp.Net.Packets;

/// <summary>A view of an SCTP packet (RFC 9260).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty packet of zeros.</remarks>
public readonly ref struct SctpPacket
{
    readonly ReadOnlySpan<byte> bytes;

    SctpPacket(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the common header.</summary>
    public ref readonly SctpHeader Header => ref Wire.View<SctpHeader>(bytes);

    /// <summary>Gets the captured bytes after the common header.</summary>
    public ReadOnlySpan<byte> Payload => bytes.IsEmpty ? default : bytes[SctpHeader.Size..];

    /// <summary>Gets the chunks.</summary>
    public SctpChunks Chunks => new(Payload);

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">The captured payload of the IP packet.</param>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>Whether the common header is complete. The chunks may be incomplete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SctpPacket packet)
    {
        bool isComplete = bytes.Length >= SctpHeader.Size;
        packet = isComplete ? new SctpPacket(bytes) : default;
        return isComplete;
    }

    /// <summary>Returns the ports, the verification tag and the length.</summary>
    public override string ToString() => $"{Header}, {bytes.Length} bytes";
}
