using System.Buffers.Binary;
using System.Numerics;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Computes and verifies the checksums of UDP, TCP, ICMP, ICMPv6 and SCTP.</summary>
/// <example><code>
/// // After a change of the port, the checksum is made right again.
/// if (Ipv4Packet.TryRead(buffer, out Ipv4Packet packet))
/// {
///     Span&lt;byte&gt; segment = buffer.AsSpan(packet.Header.HeaderLength, packet.Payload.Length);
///     MemoryMarshal.AsRef&lt;TcpHeader&gt;(segment).DestinationPort = 8080;
///     TransportChecksum.Write(packet.PseudoHeader, IPPROTO_TCP, segment);
/// }
/// </code></example>
public static class TransportChecksum
{
    /// <summary>Computes the CRC32c of some bytes, the checksum of SCTP (RFC 9260 appendix A).</summary>
    /// <param name="crc">The result for the bytes before these, or 0.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Crc32c(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    /// <summary>Computes the checksum of a segment. The current value of its checksum field does not matter.</summary>
    /// <param name="pseudoHeader">The addresses of the IP packet. ICMP and SCTP do not use them.</param>
    /// <param name="protocol">IPPROTO_UDP, IPPROTO_TCP, IPPROTO_ICMP, IPPROTO_ICMPV6 or IPPROTO_SCTP.</param>
    /// <param name="segment">The whole payload of the IP packet, header and data.</param>
    /// <returns>The value of the header's checksum field: 16 bits, or 32 for SCTP.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="protocol"/> is another one. <paramref name="segment"/> is shorter than the header, or longer than 65,535 bytes with
    /// IPv4 addresses. <paramref name="pseudoHeader"/> has no addresses, although the protocol uses them.
    /// </exception>
    public static uint Compute(in PseudoHeader pseudoHeader, int protocol, ReadOnlySpan<byte> segment)
    {
        int offset = CheckedOffset(protocol, segment);
        if (protocol == IPPROTO_SCTP)
            return BinaryPrimitives.ReverseEndianness(Crc32c(Crc32c(Crc32c(0, segment[..offset]), [0, 0, 0, 0]), segment[(offset + 4)..]));
        InternetChecksum sum = Begin(pseudoHeader, protocol, segment.Length);
        sum.Add(segment[..offset]);
        sum.Add(segment[(offset + sizeof(ushort))..]);

        // A UDP sender that computes 0 sends its other form, because 0 says that there is no checksum.
        return protocol == IPPROTO_UDP && sum.Value == 0 ? ushort.MaxValue : Wire.Order(sum.Value);
    }

    /// <summary>Computes the checksum of a segment and writes it into the header.</summary>
    /// <inheritdoc cref="Compute" path="/param"/>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public static void Write(in PseudoHeader pseudoHeader, int protocol, Span<byte> segment)
    {
        uint checksum = Compute(pseudoHeader, protocol, segment);
        Span<byte> field = segment[OffsetOf(protocol)..];
        if (protocol == IPPROTO_SCTP)
            BinaryPrimitives.WriteUInt32BigEndian(field, checksum);
        else
            BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)checksum);
    }

    /// <summary>Verifies the checksum of a segment.</summary>
    /// <param name="pseudoHeader">The addresses of the IP packet. ICMP and SCTP do not use them.</param>
    /// <param name="protocol">The protocol of the IP packet's payload.</param>
    /// <param name="segment">The whole payload of the IP packet, header and data.</param>
    /// <returns>
    /// <see cref="ChecksumStatus.Unknown"/> for another protocol or a segment that is shorter than its header. UDP over IPv6 must have a
    /// checksum, so one of 0 is invalid there.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="pseudoHeader"/> has no addresses, although the protocol uses them.</exception>
    public static ChecksumStatus Verify(in PseudoHeader pseudoHeader, int protocol, ReadOnlySpan<byte> segment)
    {
        int offset = OffsetOf(protocol);
        if (offset < 0 || segment.Length < HeaderSize(protocol) || (segment.Length > ushort.MaxValue && !pseudoHeader.IsIpv6))
            return ChecksumStatus.Unknown;
        if (protocol == IPPROTO_UDP && segment[offset] == 0 && segment[offset + 1] == 0)
            return pseudoHeader.IsIpv6 ? ChecksumStatus.Invalid : ChecksumStatus.Absent;
        if (protocol == IPPROTO_SCTP)
            return Status(Compute(pseudoHeader, protocol, segment) == BinaryPrimitives.ReadUInt32BigEndian(segment[offset..]));
        InternetChecksum sum = Begin(pseudoHeader, protocol, segment.Length);
        sum.Add(segment);
        return Status(sum.Value == 0);
    }

    static ChecksumStatus Status(bool isValid) => isValid ? ChecksumStatus.Valid : ChecksumStatus.Invalid;

    static InternetChecksum Begin(in PseudoHeader pseudoHeader, int protocol, int length) =>
        protocol == IPPROTO_ICMP ? default
        : pseudoHeader.HasAddresses ? pseudoHeader.Begin(protocol, length)
        : throw new ArgumentException("The pseudo-header has no addresses. Create it with those of the IP packet.", nameof(pseudoHeader));

    static int CheckedOffset(int protocol, ReadOnlySpan<byte> segment)
    {
        int offset = OffsetOf(protocol);
        if (offset < 0)
            throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "The protocol must be UDP, TCP, ICMP, ICMPv6 or SCTP.");
        int min = HeaderSize(protocol);
        if (segment.Length < min)
            throw new ArgumentException($"A header of protocol {protocol} has {min} bytes, not {segment.Length}.", nameof(segment));
        return offset;
    }

    static int OffsetOf(int protocol) => protocol switch
    {
        IPPROTO_UDP => 6,
        IPPROTO_TCP => 16,
        IPPROTO_ICMP or IPPROTO_ICMPV6 => 2,
        IPPROTO_SCTP => 8,
        _ => -1,
    };

    static int HeaderSize(int protocol) => protocol switch
    {
        IPPROTO_TCP => TcpHeader.Size,
        IPPROTO_SCTP => SctpHeader.Size,
        _ => UdpHeader.Size, // that of ICMP, too
    };
}
