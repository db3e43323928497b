namespace Unp.Net.Packets;

/// <summary>A view of a UDP datagram (RFC 768).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty datagram of zeros.</remarks>
public readonly ref struct UdpDatagram
{
    readonly ReadOnlySpan<byte> bytes;

    UdpDatagram(ReadOnlySpan<byte> bytes, int length)
    {
        this.bytes = bytes;
        Length = length;
    }

    /// <summary>Gets the header.</summary>
    public ref readonly UdpHeader Header => ref Wire.View<UdpHeader>(bytes);

    /// <summary>Gets the captured bytes of the datagram with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Gets the length on the wire with the header. If the header states 0, it is the number of captured bytes.</summary>
    public int Length { get; }

    /// <summary>Gets whether the datagram is longer than the captured bytes.</summary>
    public bool IsTruncated => Length > bytes.Length;

    /// <summary>Gets the captured bytes after the header.</summary>
    public ReadOnlySpan<byte> Payload => bytes.IsEmpty ? default : bytes[UdpHeader.Size..];

    /// <summary>Reads a datagram.</summary>
    /// <param name="bytes">The captured payload of the IP packet.</param>
    /// <param name="datagram">The datagram; empty on failure.</param>
    /// <returns>
    /// Whether the header is complete, and its length is not shorter than the header. A length of 0 is that of a jumbogram (RFC 2675),
    /// which has all of <paramref name="bytes"/>.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out UdpDatagram datagram) => Decode(bytes, out datagram) == DecodeStatus.Complete;

    /// <summary>Returns the ports and the length.</summary>
    public override string ToString() => $"{Header.SourcePort} > {Header.DestinationPort}, {Length} bytes";

    internal static DecodeStatus Decode(ReadOnlySpan<byte> bytes, out UdpDatagram datagram)
    {
        datagram = default;
        if (bytes.Length < UdpHeader.Size)
            return DecodeStatus.Truncated;
        int stated = Wire.View<UdpHeader>(bytes).Length;
        if (stated is > 0 and < UdpHeader.Size)
            return DecodeStatus.Malformed;
        int length = stated == 0 ? bytes.Length : stated;
        datagram = new UdpDatagram(bytes[..Math.Min(length, bytes.Length)], length);
        return DecodeStatus.Complete;
    }
}
