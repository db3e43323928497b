namespace Unp.Net.Packets;

/// <summary>A view of an IPv4 packet (RFC 791).</summary>
/// <remarks>
/// It is valid as long as the bytes below it. <c>default</c> is an empty packet of zeros. A capture may end before the packet does:
/// then <see cref="Length"/> is the length on the wire, and <see cref="Payload"/> has only what was captured.
/// </remarks>
/// <example><code>
/// if (Ipv4Packet.TryRead(buffer, out Ipv4Packet packet) &amp;&amp; UdpDatagram.TryRead(packet.Payload, out UdpDatagram datagram))
///     Console.WriteLine($"{packet.Header.SourceAddress} port {datagram.Header.SourcePort}");
/// </code></example>
public readonly ref struct Ipv4Packet
{
    readonly ReadOnlySpan<byte> bytes;

    Ipv4Packet(ReadOnlySpan<byte> bytes, int length)
    {
        this.bytes = bytes;
        Length = length;
    }

    /// <summary>Gets the first 20 bytes of the header.</summary>
    public ref readonly Ipv4Header Header => ref Wire.View<Ipv4Header>(bytes);

    /// <summary>Gets the length on the wire with the header. If the header states 0, it is the number of captured bytes.</summary>
    public int Length { get; }

    /// <summary>Gets whether the packet is longer than the captured bytes.</summary>
    public bool IsTruncated => Length > bytes.Length;

    /// <summary>Gets the options of the header.</summary>
    public HeaderOptions Options =>
        new(bytes.IsEmpty ? default : bytes[Ipv4Header.Size..Header.HeaderLength], OptionFormat.Ipv4AndTcp);

    /// <summary>Gets the captured bytes after the header, without padding.</summary>
    public ReadOnlySpan<byte> Payload => bytes[Header.HeaderLength..];

    /// <summary>Gets the length of the payload on the wire, in bytes.</summary>
    public int PayloadLength => Length - Header.HeaderLength;

    /// <summary>Gets whether the checksum of the header is right.</summary>
    public bool IsHeaderChecksumValid => !bytes.IsEmpty && Libunp.In_cksum(bytes[..Header.HeaderLength]) == 0;

    /// <summary>Gets the final destination, which is the last address of a source route if the packet has one.</summary>
    public Ipv4Address FinalDestination
    {
        get
        {
            foreach (HeaderOption option in Options)
            {
                // The first byte of the data points to the next address, counted from 1 at the option's type.
                if ((Ipv4OptionType)option.Type is Ipv4OptionType.LooseSourceRoute or Ipv4OptionType.StrictSourceRoute
                    && option.Data.Length >= 1 + Ipv4Address.Size && option.Data[0] <= option.Bytes.Length)
                    return new Ipv4Address(option.Data[^Ipv4Address.Size..]);
            }
            return Header.DestinationAddress;
        }
    }

    /// <summary>Gets the pseudo-header for the checksum of the payload.</summary>
    public PseudoHeader PseudoHeader => new(Header.SourceAddress, FinalDestination);

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">The captured bytes of the packet. Padding may follow it.</param>
    /// <param name="packet">The packet; empty on failure.</param>
    /// <returns>
    /// Whether the header is complete, with its options, and states version 4 and lengths that are not shorter than the header.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv4Packet packet) => Decode(bytes, out packet) == DecodeStatus.Complete;

    /// <summary>Returns the addresses, the protocol and the length.</summary>
    public override string ToString() =>
        $"{Header.SourceAddress} > {Header.DestinationAddress}, protocol {Header.Protocol}, {Length} bytes";

    internal static DecodeStatus Decode(ReadOnlySpan<byte> bytes, out Ipv4Packet packet)
    {
        packet = default;
        if (bytes.Length < Ipv4Header.Size)
            return DecodeStatus.Truncated;
        ref readonly Ipv4Header header = ref Wire.View<Ipv4Header>(bytes);
        int length = header.TotalLength == 0 ? Math.Max(bytes.Length, header.HeaderLength) : header.TotalLength;
        if (header.Version != 4 || header.HeaderLength < Ipv4Header.Size || length < header.HeaderLength)
            return DecodeStatus.Malformed;
        if (header.HeaderLength > bytes.Length)
            return DecodeStatus.Truncated;
        packet = new Ipv4Packet(bytes[..Math.Min(length, bytes.Length)], length);
        return DecodeStatus.Complete;
    }
}
