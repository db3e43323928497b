using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The Internet checksum of a packet that is given in parts (RFC 1071): a pseudo-header, a header, the data.
/// <see cref="Libunp.In_cksum"/> is the form for a packet in one piece.
/// </summary>
/// <example><code>
/// byte[] udpDatagram = [0x30, 0x39, 0, 9, 0, 8, 0, 0]; // ports, length, checksum
/// byte[] source = [192, 0, 2, 1], destination = [192, 0, 2, 2];
/// InternetChecksum sum = default;
/// sum.AddPseudoHeader(source, destination, IPPROTO_UDP, udpDatagram.Length);
/// sum.Add(udpDatagram);
/// MemoryMarshal.Write(udpDatagram.AsSpan(6), sum.Value);
/// </code></example>
public struct InternetChecksum
{
    // The sum of the words in the byte order of the machine, folded to 16 bits. One's complement sums do not depend on the byte order, so
    // the folded sum has the order of the memory that it was read from.
    ushort sum;

    // Whether the parts so far have an odd number of bytes. Then the next part begins with the second byte of a word.
    bool isOdd;

    /// <summary>
    /// Gets the checksum of the parts so far, in network byte order: a program stores it as it is, without <c>htons</c>.
    /// </summary>
    /// <remarks>
    /// It is 0 if the parts contain a valid checksum. A UDP sender stores 0xffff in place of 0, because 0 means that it has computed no
    /// checksum.
    /// </remarks>
    public readonly ushort Value => (ushort)~sum;

    /// <summary>Returns the checksum of a packet in one piece.</summary>
    internal static ushort Of(ReadOnlySpan<byte> packet) => (ushort)~Fold(Sum(packet));

    /// <summary>Adds the next bytes of the packet. A part may have an odd length.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        ushort folded = Fold(Sum(part));
        sum = Fold((ulong)sum + (isOdd ? BinaryPrimitives.ReverseEndianness(folded) : folded));
        isOdd ^= (part.Length & 1) != 0;
    }

    /// <summary>Adds the pseudo-header that the checksums of UDP, TCP and ICMPv6 include (RFC 768, RFC 8200 section 8.1).</summary>
    /// <param name="source">The source address: 4 bytes for IPv4, 16 for IPv6.</param>
    /// <param name="destination">The destination address. With a routing header it is the last address of the route.</param>
    /// <param name="protocol">The protocol of the packet, for example IPPROTO_UDP.</param>
    /// <param name="length">The length of the packet in bytes, which is its header and its data.</param>
    /// <exception cref="ArgumentException">The addresses are not both of 4 or both of 16 bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="protocol"/> is not 0 to 255. <paramref name="length"/> is negative, or above 65535 for IPv4.
    /// </exception>
    /// <exception cref="InvalidOperationException">The parts so far have an odd number of bytes.</exception>
    public void AddPseudoHeader(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, int protocol, int length)
    {
        if (source.Length is not (4 or 16) || source.Length != destination.Length)
        {
            throw new ArgumentException(
                $"A pseudo-header has two addresses of 4 or two of 16 bytes, not {source.Length} and {destination.Length} bytes.",
                nameof(destination));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(protocol);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(protocol, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (source.Length == 4)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue);
        if (isOdd)
            throw new InvalidOperationException("The checksum has an odd number of bytes so far. Add the pseudo-header first.");

        // IPv6 has two words of 32 bits here, and IPv4 two of 16. Their sums are equal.
        Span<byte> numbers = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(numbers, length);
        BinaryPrimitives.WriteInt32BigEndian(numbers[4..], protocol);
        Add(source);
        Add(destination);
        Add(numbers);
    }

    /// <summary>Returns the checksum as its two bytes in hexadecimal, in the order of the packet: <c>"0xf7ff"</c>.</summary>
    public override readonly string ToString()
    {
        ushort value = Value;
        return $"0x{Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in value)))}";
    }

    // Sums words of 32 bits, whose sum has the same value modulo 0xffff as that of their halves. 64 bits hold the sum of any span.
    static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (Vector.IsHardwareAccelerated && bytes.Length >= 2 * Vector<byte>.Count)
        {
            sum = SumVectors(MemoryMarshal.Cast<byte, Vector<ulong>>(bytes));
            bytes = bytes[(bytes.Length & -Vector<byte>.Count)..];
        }
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum += Halves(MemoryMarshal.Read<ulong>(bytes));
        if (bytes.Length >= sizeof(uint))
        {
            sum += MemoryMarshal.Read<uint>(bytes);
            bytes = bytes[sizeof(uint)..];
        }
        if (bytes.Length >= sizeof(ushort))
        {
            sum += MemoryMarshal.Read<ushort>(bytes);
            bytes = bytes[sizeof(ushort)..];
        }
        if (!bytes.IsEmpty)
            sum += BitConverter.IsLittleEndian ? bytes[0] : (ulong)bytes[0] << 8; // the second byte of the word is 0
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that short packets do not pay for its registers
    static ulong SumVectors(ReadOnlySpan<Vector<ulong>> vectors)
    {
        var lowHalf = new Vector<ulong>(uint.MaxValue);
        Vector<ulong> low = default, high = default;
        foreach (Vector<ulong> vector in vectors)
        {
            low += vector & lowHalf;
            high += vector >>> 32;
        }
        return Vector.Sum(low) + Vector.Sum(high);
    }

    static ulong Halves(ulong words) => (uint)words + (words >> 32);

    static ushort Fold(ulong sum)
    {
        sum = Halves(sum);
        sum = Halves(sum);
        sum = (ushort)sum + (sum >> 16);
        sum = (ushort)sum + (sum >> 16);
        return (ushort)sum;
    }
}
