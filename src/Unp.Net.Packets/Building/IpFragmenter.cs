using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

/// <summary>Divides an IPv4 or IPv6 packet into fragments (RFC 791, RFC 8200 section 4.5). It allocates nothing.</summary>
/// <remarks>
/// A packet that fits is returned as it is. A fragment of IPv4 can be divided again. An IPv6 packet is divided after the headers that
/// routers read: hop-by-hop options, destination options before a routing header, and the routing header.
/// </remarks>
/// <example><code>
/// byte[] fragment = new byte[1500];
/// var fragmenter = new IpFragmenter(buffer, fragment.Length);
/// while (fragmenter.TryWriteNext(fragment, out int length))
///     Console.WriteLine($"{length} bytes");
/// </code></example>
public ref struct IpFragmenter
{
    // Offsets of fragments count units of this size.
    const int Unit = 8;
    const int MaxOptions = 40;

    readonly ReadOnlySpan<byte> packet;
    readonly int mtu;
    readonly uint identification;

    // The length of the headers that each fragment repeats. The rest of the packet is divided.
    readonly int headerLength;
    readonly bool isIpv6;
    readonly byte nextHeader;
    int position;
    bool isDone;

    /// <summary>Prepares the division of a packet.</summary>
    /// <param name="packet">The whole packet, which is not changed.</param>
    /// <param name="mtu">The longest fragment with its headers, in bytes.</param>
    /// <param name="identification">The number that all fragments of an IPv6 packet share. An IPv4 packet has its own.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="packet"/> is not a whole IP packet, or it is a jumbogram. It is longer than <paramref name="mtu"/>, but must not be
    /// divided: an IPv4 packet with the flag "don't fragment", an IPv4 fragment that ends behind byte 65,535, or an IPv6 fragment.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mtu"/> has no room for the headers and 8 bytes.</exception>
    public IpFragmenter(ReadOnlySpan<byte> packet, int mtu, uint identification = 0)
    {
        this.mtu = mtu;
        this.identification = identification;
        int overhead;
        if (Ipv4Packet.TryRead(packet, out Ipv4Packet ipv4))
        {
            CheckWhole(packet, ipv4.IsTruncated || ipv4.Header.TotalLength == 0);
            this.packet = packet[..ipv4.Length];
            headerLength = overhead = ipv4.Header.HeaderLength;
            if (ipv4.Length > mtu)
                CheckDivisible(ipv4, mtu);
        }
        else if (Ipv6Packet.TryRead(packet, out Ipv6Packet ipv6))
        {
            CheckWhole(packet, ipv6.IsTruncated || ipv6.Header.PayloadLength == 0);
            this.packet = packet[..(int)ipv6.Length];
            isIpv6 = true;
            headerLength = LengthBeforeFragment(ipv6, out nextHeader, out bool isFragment);
            overhead = headerLength + Ipv6FragmentHeader.Size;
            if (isFragment && ipv6.Length > mtu)
                throw new ArgumentException("The packet is a fragment. Divide the whole packet.", nameof(packet));
        }
        else
        {
            throw new ArgumentException($"The {packet.Length} bytes are not an IP packet.", nameof(packet));
        }
        if (this.packet.Length > mtu && mtu < overhead + Unit)
            throw new ArgumentOutOfRangeException(nameof(mtu), mtu, $"The MTU must be {overhead + Unit} bytes at least for this packet.");
        position = headerLength;
    }

    /// <summary>Writes the next fragment.</summary>
    /// <param name="destination">Room for the fragment: the MTU, or the length of the packet if it is shorter.</param>
    /// <param name="length">The length of the fragment; 0 if there is none.</param>
    /// <returns>Whether there was another fragment.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public bool TryWriteNext(Span<byte> destination, out int length)
    {
        length = 0;
        if (isDone)
            return false;
        if (destination.Length < Math.Min(mtu, packet.Length))
            throw new ArgumentException($"The buffer has {destination.Length} bytes. The fragments have up to {mtu}.", nameof(destination));
        if (packet.Length <= mtu)
        {
            packet.CopyTo(destination);
            length = position = packet.Length;
        }
        else
        {
            length = isIpv6 ? WriteIpv6(destination) : WriteIpv4(destination);
        }
        isDone = position == packet.Length;
        return true;
    }

    /// <summary>Returns how much of the packet is written.</summary>
    public override readonly string ToString() => $"{position} of {packet.Length} bytes";

    int WriteIpv4(Span<byte> destination)
    {
        // Later fragments have only the options that are copied, so their header may be shorter.
        int header = headerLength;
        if (position == headerLength)
            packet[..header].CopyTo(destination);
        else
            header = CopyLaterHeader(destination);
        int offset = position - headerLength;
        int size = WritePart(destination, header, out bool hasMore);
        ref Ipv4Header fields = ref MemoryMarshal.AsRef<Ipv4Header>(destination);
        fields.Ihl = header / 4;
        fields.TotalLength = (ushort)(header + size);
        fields.FragmentOffset += offset / Unit;
        fields.MoreFragments |= hasMore;
        fields.HeaderChecksum = 0;
        fields.HeaderChecksum = Wire.Order(Libunp.In_cksum(destination[..header]));
        return header + size;
    }

    readonly int CopyLaterHeader(Span<byte> destination)
    {
        const int Copied = 0x80;
        packet[..Ipv4Header.Size].CopyTo(destination);
        HeaderOptionsWriter options = HeaderOptionsWriter.ForIpv4(stackalloc byte[MaxOptions]);
        foreach (HeaderOption option in new HeaderOptions(packet[Ipv4Header.Size..headerLength], OptionFormat.Ipv4AndTcp))
        {
            if ((option.Type & Copied) != 0)
                options.Add(option.Type, option.Data);
        }
        options.Written.CopyTo(destination[Ipv4Header.Size..]);
        return Ipv4Header.Size + options.Written.Length;
    }

    int WriteIpv6(Span<byte> destination)
    {
        packet[..headerLength].CopyTo(destination);
        int header = headerLength + Ipv6FragmentHeader.Size, offset = position - headerLength;
        int size = WritePart(destination, header, out bool hasMore);
        MemoryMarshal.AsRef<Ipv6Header>(destination).PayloadLength = (ushort)(header + size - Ipv6Header.Size);
        SetLastNextHeader(destination);
        var fragment = new Ipv6FragmentHeader
        {
            NextHeader = nextHeader,
            FragmentOffset = offset / Unit,
            MoreFragments = hasMore,
            Identification = identification,
        };
        MemoryMarshal.Write(destination[headerLength..], in fragment);
        return header + size;
    }

    /// <summary>Copies the next part of the payload behind a header.</summary>
    int WritePart(Span<byte> destination, int header, out bool hasMore)
    {
        int rest = packet.Length - position, room = mtu - header;
        hasMore = rest > room;
        int size = hasMore ? room / Unit * Unit : rest;
        packet.Slice(position, size).CopyTo(destination[header..]);
        position += size;
        return size;
    }

    /// <summary>Lets the last header that each fragment repeats state that a fragment header follows.</summary>
    readonly void SetLastNextHeader(Span<byte> destination)
    {
        if (headerLength == Ipv6Header.Size)
        {
            MemoryMarshal.AsRef<Ipv6Header>(destination).NextHeader = IPPROTO_FRAGMENT;
            return;
        }
        int last = Ipv6Header.Size, next = last;
        _ = Ipv6Packet.TryRead(packet, out Ipv6Packet ipv6);
        foreach (Ipv6ExtensionHeader extension in ipv6.ExtensionHeaders)
        {
            if (next == headerLength)
                break;
            last = next;
            next += extension.Bytes.Length;
        }
        destination[last] = IPPROTO_FRAGMENT;
    }

    /// <summary>Returns the length of the headers that each fragment repeats.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="nextHeader">The type of the first header that is divided.</param>
    /// <param name="isFragment">Whether the packet already has a fragment header.</param>
    static int LengthBeforeFragment(Ipv6Packet packet, out byte nextHeader, out bool isFragment)
    {
        int length = Ipv6Header.Size, end = length;
        nextHeader = packet.Header.NextHeader;
        isFragment = false;
        foreach (Ipv6ExtensionHeader extension in packet.ExtensionHeaders)
        {
            isFragment |= extension.Type == IPPROTO_FRAGMENT;
            end += extension.Bytes.Length;
            if (extension.Type is IPPROTO_HOPOPTS or IPPROTO_ROUTING)
            {
                length = end;
                nextHeader = (byte)extension.NextHeader;
            }
        }
        return length;
    }

    static void CheckWhole(ReadOnlySpan<byte> packet, bool isCut)
    {
        if (isCut)
            throw new ArgumentException($"The {packet.Length} bytes are not a complete packet, or it states no length.", nameof(packet));
    }

    static void CheckDivisible(Ipv4Packet packet, int mtu)
    {
        if (packet.Header.DontFragment)
            throw new ArgumentException($"The packet of {packet.Length} bytes must not be divided for the MTU {mtu}.", nameof(packet));

        // No receiver can reassemble a longer packet, and the offsets of its last fragments may not fit into their field.
        int whole = packet.Length + packet.Header.FragmentOffset * Unit;
        if (whole > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"The fragment belongs to a packet of {whole} bytes at least. At most {ushort.MaxValue} are possible.", nameof(packet));
        }
    }
}
