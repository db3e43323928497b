namespace Unp.Net.Packets;

/// <summary>A captured packet with views of its headers, from the link layer to the transport protocol.</summary>
/// <remarks>
/// <para>It is valid as long as the captured bytes. A header that was not found is <c>default</c>, an empty view; <see cref="Layers"/>
/// lists those that were found.</para>
/// <para>Decoding never throws and never reads outside the captured bytes. <see cref="Status"/> states why it ended, and
/// <see cref="StatusOffset"/> where.</para>
/// </remarks>
/// <example><code>
/// Packet packet = Packet.Decode(buffer, LinkType.Ethernet);
/// if (packet.Has(PacketLayers.Ipv4 | PacketLayers.Tcp))
///     Console.WriteLine($"{packet.Ipv4.Header.SourceAddress}: {packet.Tcp.Header.Flags}, {packet.Payload.Length} bytes");
/// else if (packet.Status != DecodeStatus.Complete)
///     Console.WriteLine($"{packet.Status} at byte {packet.StatusOffset}");
/// </code></example>
public ref partial struct Packet
{
    readonly ReadOnlySpan<byte> captured;
    long lengthInFrame;

    Packet(ReadOnlySpan<byte> captured, int wireLength)
    {
        this.captured = captured;
        WireLength = wireLength;
    }

    /// <summary>Gets the headers that were found.</summary>
    public PacketLayers Layers { get; private set; }

    /// <summary>Gets why the decoding ended.</summary>
    public DecodeStatus Status { get; private set; }

    /// <summary>Gets the place of the header at which the decoding ended, in bytes from the start of the captured bytes.</summary>
    /// <remarks>If <see cref="Status"/> is <see cref="DecodeStatus.Complete"/>, it is the place of the last header.</remarks>
    public int StatusOffset { get; private set; }

    /// <summary>Gets the IP protocol of the header at <see cref="StatusOffset"/>, or -1 if no IP header was found.</summary>
    public int Protocol { get; private set; } = -1;

    /// <summary>Gets the protocol that the link layer states.</summary>
    public EtherType EtherType { get; private set; }

    /// <summary>Gets the length of the packet on the wire, which is more than was captured if the capture has a limit.</summary>
    public int WireLength { get; }

    /// <summary>Gets whether the packet was longer on the wire than what was captured.</summary>
    public readonly bool IsCut => WireLength > captured.Length;

    /// <summary>Gets whether a header states more bytes than the packet had on the wire. A receiver drops such a packet.</summary>
    public bool HasExcessLength { get; private set; }

    /// <summary>Gets whether the packet is a fragment of an IP packet.</summary>
    public bool IsFragment { get; private set; }

    /// <summary>Gets the Ethernet frame.</summary>
    public EthernetFrame Ethernet { get; private set; }

    /// <summary>Gets the header of a cooked capture.</summary>
    public LinuxSllHeader LinuxSll { get; private set; }

    /// <summary>Gets the header of a cooked capture, version 2.</summary>
    public LinuxSll2Header LinuxSll2 { get; private set; }

    /// <summary>Gets the ARP packet.</summary>
    public ArpPacket Arp { get; private set; }

    /// <summary>Gets the IPv4 packet.</summary>
    public Ipv4Packet Ipv4 { get; private set; }

    /// <summary>Gets the IPv6 packet.</summary>
    public Ipv6Packet Ipv6 { get; private set; }

    /// <summary>Gets the ICMP message.</summary>
    public IcmpMessage Icmp { get; private set; }

    /// <summary>Gets the ICMPv6 message.</summary>
    public Icmpv6Message Icmpv6 { get; private set; }

    /// <summary>Gets the UDP datagram.</summary>
    public UdpDatagram Udp { get; private set; }

    /// <summary>Gets the TCP segment.</summary>
    public TcpSegment Tcp { get; private set; }

    /// <summary>Gets the SCTP packet.</summary>
    public SctpPacket Sctp { get; private set; }

    /// <summary>Gets the captured bytes after the last header that was found, without the padding of the frame.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Gets the result of the verification of the transport protocol's checksum.</summary>
    /// <remarks>
    /// It is unknown for fragments, for packets that were not captured whole or whose header states no length, and for IPv6 packets that
    /// follow a routing header of a type other than 0, 2 and 4.
    /// </remarks>
    public readonly ChecksumStatus TransportChecksumStatus
    {
        get
        {
            if (IsFragment || HasExcessLength || Status != DecodeStatus.Complete)
                return ChecksumStatus.Unknown;
            if (Has(PacketLayers.Ipv4))
                return Ipv4.IsTruncated || Ipv4.Header.TotalLength == 0 ? ChecksumStatus.Unknown
                    : TransportChecksum.Verify(Ipv4.PseudoHeader, Protocol, Segment(Ipv4.Payload));
            bool isWhole = !Ipv6.IsTruncated && (Ipv6.Header.PayloadLength != 0 || !IsCut);
            if (!isWhole || !Ipv6.TryGetFinalDestination(out _))
                return ChecksumStatus.Unknown;
            return !Ipv6.TryGetUpper(out _, out ReadOnlySpan<byte> segment) ? ChecksumStatus.Unknown
                : TransportChecksum.Verify(Ipv6.PseudoHeader, Protocol, Segment(segment));
        }
    }

    /// <summary>Returns whether all of some headers were found.</summary>
    /// <param name="layers">The headers.</param>
    public readonly bool Has(PacketLayers layers) => (Layers & layers) == layers;

    /// <summary>Decodes a packet that was captured whole.</summary>
    /// <param name="captured">The captured bytes.</param>
    /// <param name="linkType">The header that they begin with.</param>
    public static Packet Decode(ReadOnlySpan<byte> captured, LinkType linkType) => Decode(captured, linkType, captured.Length);

    /// <summary>Decodes a packet of a capture that may have a limit of bytes per packet.</summary>
    /// <param name="captured">The captured bytes.</param>
    /// <param name="linkType">The header that they begin with.</param>
    /// <param name="wireLength">The length of the packet on the wire.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wireLength"/> is less than the number of captured bytes.</exception>
    public static Packet Decode(ReadOnlySpan<byte> captured, LinkType linkType, int wireLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireLength, captured.Length);
        var packet = new Packet(captured, wireLength);
        packet.DecodeLink(linkType);
        return packet;
    }

    /// <summary>Returns the headers that were found, the status and the length.</summary>
    public override readonly string ToString() => $"{Layers}, {Status} at {StatusOffset}, {captured.Length} of {WireLength} bytes";

    // The bytes that the checksum covers: UDP states its own length.
    readonly ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> payload) => Has(PacketLayers.Udp) ? Udp.Bytes : payload;
}
