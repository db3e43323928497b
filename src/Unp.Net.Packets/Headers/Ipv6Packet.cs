using System.Buffers.Binary;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>A view of an IPv6 packet with its extension headers (RFC 8200), also of a jumbogram (RFC 2675).</summary>
/// <remarks>
/// It is valid as long as the bytes below it. <c>default</c> is an empty packet of zeros. A capture may end before the packet does:
/// then <see cref="Length"/> is the length on the wire, and <see cref="Payload"/> has only what was captured.
/// </remarks>
/// <example><code>
/// if (Ipv6Packet.TryRead(buffer, out Ipv6Packet packet))
/// {
///     foreach (Ipv6ExtensionHeader extension in packet.ExtensionHeaders)
///         Console.WriteLine($"header {extension.Type}: {extension.Bytes.Length} bytes");
///     if (packet.TryGetUpper(out int protocol, out ReadOnlySpan&lt;byte&gt; segment))
///         Console.WriteLine($"protocol {protocol}: {segment.Length} bytes");
/// }
/// </code></example>
public readonly ref struct Ipv6Packet
{
    readonly ReadOnlySpan<byte> bytes;

    Ipv6Packet(ReadOnlySpan<byte> bytes, long length)
    {
        this.bytes = bytes;
        Length = length;
    }

    /// <summary>Gets the first 40 bytes.</summary>
    public ref readonly Ipv6Header Header => ref Wire.View<Ipv6Header>(bytes);

    /// <summary>Gets the length on the wire with all headers, in bytes.</summary>
    /// <remarks>The length of a jumbogram is in an option. If no length is stated, it is the number of captured bytes.</remarks>
    public long Length { get; }

    /// <summary>Gets whether the packet is longer than the captured bytes.</summary>
    public bool IsTruncated => Length > bytes.Length;

    /// <summary>Gets the captured bytes after the first 40, with the extension headers and without padding.</summary>
    public ReadOnlySpan<byte> Payload => bytes.IsEmpty ? default : bytes[Ipv6Header.Size..];

    /// <summary>Gets the extension headers.</summary>
    public Ipv6ExtensionHeaders ExtensionHeaders => new(bytes.IsEmpty ? IPPROTO_NONE : Header.NextHeader, Payload);

    /// <summary>Gets the final destination: the last address of a routing header of type 0, 2 or 4, if the packet has one.</summary>
    public Ipv6Address FinalDestination
    {
        get
        {
            _ = TryGetFinalDestination(out Ipv6Address address);
            return address;
        }
    }

    /// <summary>Gets the pseudo-header for the checksum of the upper protocol.</summary>
    public PseudoHeader PseudoHeader => new(Header.SourceAddress, FinalDestination);

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">The captured bytes of the packet. Padding may follow it.</param>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>Whether the first 40 bytes are there and state version 6. The extension headers may be incomplete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv6Packet packet) => Decode(bytes, out packet) == DecodeStatus.Complete;

    /// <summary>Finds the first header that is not an extension header.</summary>
    /// <param name="protocol">The protocol: IPPROTO_TCP... On failure the type of the header at which the search ended.</param>
    /// <param name="payload">The captured bytes of that protocol; empty on failure.</param>
    /// <returns>
    /// Whether it was found. It is not if the capture ends before, if the packet is a fragment other than the first, or if nothing follows
    /// (IPPROTO_NONE).
    /// </returns>
    public bool TryGetUpper(out int protocol, out ReadOnlySpan<byte> payload)
    {
        DecodeStatus status = Walk(out protocol, out payload);
        if (status != DecodeStatus.Complete)
            payload = default;
        return status == DecodeStatus.Complete;
    }

    /// <summary>Returns the addresses, the next header and the length.</summary>
    public override string ToString() =>
        $"{Header.SourceAddress} > {Header.DestinationAddress}, next header {Header.NextHeader}, {Length} bytes";

    internal static DecodeStatus Decode(ReadOnlySpan<byte> bytes, out Ipv6Packet packet)
    {
        packet = default;
        if (bytes.Length < Ipv6Header.Size)
            return DecodeStatus.Truncated;
        ref readonly Ipv6Header header = ref Wire.View<Ipv6Header>(bytes);
        if (header.Version != 6)
            return DecodeStatus.Malformed;
        long length = Ipv6Header.Size + (header.PayloadLength != 0 ? header.PayloadLength : LengthWithoutField(header.NextHeader, bytes));
        packet = new Ipv6Packet(bytes[..(int)Math.Min(length, bytes.Length)], length);
        return DecodeStatus.Complete;
    }

    /// <summary>Finds the final destination.</summary>
    /// <param name="address">The address; that of the header on failure.</param>
    /// <returns>False if the packet follows a routing header of an unknown type, so its final destination is unknown.</returns>
    internal bool TryGetFinalDestination(out Ipv6Address address)
    {
        address = Header.DestinationAddress;
        foreach (Ipv6ExtensionHeader extension in ExtensionHeaders)
        {
            if (extension.SegmentsLeft == 0)
                continue;
            bool isKnown = extension.TryGetFinalDestination(out Ipv6Address last);
            if (isKnown)
                address = last;
            return isKnown;
        }
        return true;
    }

    /// <summary>Walks over the extension headers.</summary>
    /// <param name="protocol">The type of the header at which the walk ended.</param>
    /// <param name="rest">The captured bytes from there.</param>
    internal DecodeStatus Walk(out int protocol, out ReadOnlySpan<byte> rest)
    {
        Ipv6ExtensionHeaders walk = ExtensionHeaders;
        while (walk.MoveNext())
        {
        }
        protocol = walk.NextHeader;
        rest = walk.Rest;
        return walk.Status;
    }

    /// <summary>
    /// Returns the length of a payload whose field is 0. An option of a jumbogram has it, or the payload is empty, or the network card
    /// segments the packet only after the capture.
    /// </summary>
    static long LengthWithoutField(int nextHeader, ReadOnlySpan<byte> bytes)
    {
        var extensions = new Ipv6ExtensionHeaders(nextHeader, bytes[Ipv6Header.Size..]);
        if (nextHeader == IPPROTO_HOPOPTS && extensions.MoveNext()
            && extensions.Current.Options.TryGet((int)Ipv6OptionType.JumboPayload, out HeaderOption jumbo)
            && jumbo.Data.Length == sizeof(uint)
            && BinaryPrimitives.ReadUInt32BigEndian(jumbo.Data) is > ushort.MaxValue and uint length)
            return length;
        return nextHeader == IPPROTO_NONE ? 0 : bytes.Length - Ipv6Header.Size;
    }
}
