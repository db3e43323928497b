namespace Unp.Net.Packets;

/// <summary>A view of an ICMP message (RFC 792).</summary>
/// <remarks>It is valid as long as the bytes below it. <c>default</c> is an empty message of zeros.</remarks>
public readonly ref struct IcmpMessage
{
    // RFC 4884 requires that the quoted packet is padded to this number of bytes if extensions follow.
    const int MinQuoteBeforeExtensions = 128;

    readonly ReadOnlySpan<byte> bytes;

    IcmpMessage(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Gets the first 8 bytes.</summary>
    public ref readonly IcmpHeader Header => ref Wire.View<IcmpHeader>(bytes);

    /// <summary>Gets the captured bytes after the first 8: the data of an echo, the quoted packet of an error.</summary>
    public ReadOnlySpan<byte> Body => bytes.IsEmpty ? default : bytes[IcmpHeader.Size..];

    /// <summary>Gets whether the message reports an error of a packet, which it quotes.</summary>
    public bool IsError => MayHaveExtensions || Header.Type is IcmpType.SourceQuench or IcmpType.Redirect;

    /// <summary>Reads the start of the IPv4 packet that an error quotes. <see cref="Ipv4Packet.IsTruncated"/> is usually true.</summary>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>Whether the message is an error and quotes a header.</returns>
    public bool TryGetQuotedPacket(out Ipv4Packet packet)
    {
        packet = default;
        return IsError && Ipv4Packet.TryRead(MayHaveExtensions ? Quote(Body, Header.Length * 4) : Body, out packet);
    }

    /// <summary>Reads the times of a timestamp message.</summary>
    /// <param name="timestamps">The times; zeros on failure.</param>
    /// <returns>Whether the message is a timestamp or its reply, and is complete.</returns>
    public bool TryGetTimestamps(out IcmpTimestamps timestamps)
    {
        bool hasThem = Header.Type is IcmpType.Timestamp or IcmpType.TimestampReply && Body.Length >= IcmpTimestamps.Size;
        timestamps = hasThem ? Wire.View<IcmpTimestamps>(Body) : default;
        return hasThem;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">The captured payload of the IPv4 packet.</param>
    /// <param name="message">The message; empty on failure.</param>
    /// <returns>Whether there are 8 bytes at least.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpMessage message)
    {
        bool isComplete = bytes.Length >= IcmpHeader.Size;
        message = isComplete ? new IcmpMessage(bytes) : default;
        return isComplete;
    }

    /// <summary>Returns the type, the code and the length.</summary>
    public override string ToString() => $"{Header}, {bytes.Length} bytes";

    /// <summary>Returns the quoted packet without the extensions behind it (RFC 4884).</summary>
    /// <param name="body">The quoted packet and the extensions.</param>
    /// <param name="length">The length of the quoted packet in bytes, as the header states it; 0 if there are no extensions.</param>
    internal static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> body, int length) =>
        length >= MinQuoteBeforeExtensions && length < body.Length ? body[..length] : body;

    bool MayHaveExtensions => Header.Type is IcmpType.DestinationUnreachable or IcmpType.TimeExceeded or IcmpType.ParameterProblem;
}
