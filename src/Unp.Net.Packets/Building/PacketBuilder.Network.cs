using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

public ref partial struct PacketBuilder
{
    const int MaxExtensionSize = 2048;

    /// <summary>Adds an IPv4 header. Its header length, total length, checksum and, if it is known, its protocol are computed.</summary>
    /// <param name="header">The other fields. <c>new Ipv4Header()</c> has a time to live of 64.</param>
    /// <param name="options">The options, a multiple of 4 bytes, at most 40. <see cref="HeaderOptionsWriter"/> writes them.</param>
    /// <exception cref="ArgumentException">The options have a wrong length.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short, or the packet would be longer than 65,535 bytes.</exception>
    public void AddIpv4(Ipv4Header header, scoped ReadOnlySpan<byte> options = default)
    {
        CheckOptions(options);
        int headerLength = Ipv4Header.Size + options.Length;
        CheckLength(headerLength + Written.Length, "The IPv4 packet");
        header.Version = 4;
        header.Ihl = headerLength / 4;
        header.TotalLength = (ushort)(headerLength + Written.Length);
        header.HeaderChecksum = 0;
        if (protocol >= 0)
            header.Protocol = (byte)protocol;
        Span<byte> bytes = Prepend(header, options, "an IPv4 header");
        MemoryMarshal.AsRef<Ipv4Header>(bytes).HeaderChecksum = Wire.Order(Libunp.In_cksum(bytes));
        if (Ipv4Packet.TryRead(Written, out Ipv4Packet packet))
            Complete(packet.PseudoHeader);
        protocol = IPPROTO_IPIP;
        etherType = (int)EtherType.Ipv4;
    }

    /// <summary>Adds an IPv6 header. Its payload length and, if it is known, its next header are computed.</summary>
    /// <param name="header">The other fields. <c>new Ipv6Header()</c> has a hop limit of 64.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short, or the payload is longer than 65,535 bytes.</exception>
    public void AddIpv6(Ipv6Header header)
    {
        CheckLength(Written.Length, "The payload of the IPv6 packet");
        header.Version = 6;
        header.PayloadLength = (ushort)Written.Length;
        if (protocol >= 0)
            header.NextHeader = (byte)protocol;
        else if (Written.IsEmpty)
            header.NextHeader = IPPROTO_NONE;
        Prepend(header, default, "an IPv6 header");
        if (Ipv6Packet.TryRead(Written, out Ipv6Packet packet))
            Complete(packet.PseudoHeader);
        protocol = IPPROTO_IPV6;
        etherType = (int)EtherType.Ipv6;
    }

    /// <summary>Adds a hop-by-hop or destination options header of IPv6. It is padded to a multiple of 8 bytes.</summary>
    /// <param name="type">IPPROTO_HOPOPTS or IPPROTO_DSTOPTS.</param>
    /// <param name="options">The options, at most 2,046 bytes. <see cref="HeaderOptionsWriter"/> writes them.</param>
    /// <exception cref="ArgumentException">The options are too long.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is another type.</exception>
    public void AddIpv6Options(int type, scoped ReadOnlySpan<byte> options)
    {
        if (type is not (IPPROTO_HOPOPTS or IPPROTO_DSTOPTS))
            throw new ArgumentOutOfRangeException(nameof(type), type, "The type must be IPPROTO_HOPOPTS or IPPROTO_DSTOPTS.");
        int length = (2 + options.Length + 7) & ~7;
        CheckExtension(length, nameof(options));
        Span<byte> header = AddExtension(type, length);
        header[1] = (byte)(length / 8 - 1);
        options.CopyTo(header[2..]);
        HeaderOptionsWriter.PadIpv6(header[(2 + options.Length)..]);
    }

    /// <summary>Adds a routing header of IPv6.</summary>
    /// <param name="routingType">The kind: 2 of mobile IPv6, 4 for segment routing. Most hosts drop 0.</param>
    /// <param name="segmentsLeft">How many addresses the packet must still visit.</param>
    /// <param name="data">The bytes after the first four: four of the kind's own, then the addresses.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="data"/> is not 4, 12, 20... 2,044 bytes.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddIpv6Routing(byte routingType, byte segmentsLeft, scoped ReadOnlySpan<byte> data)
    {
        int length = 4 + data.Length;
        if (length % 8 != 0)
            throw new ArgumentException($"The data has {data.Length} bytes. 4, 12, 20... bytes are possible.", nameof(data));
        CheckExtension(length, nameof(data));
        Span<byte> header = AddExtension(IPPROTO_ROUTING, length);
        header[1] = (byte)(length / 8 - 1);
        header[2] = routingType;
        header[3] = segmentsLeft;
        data.CopyTo(header[4..]);
    }

    /// <summary>Adds a fragment header of IPv6. <see cref="IpFragmenter"/> divides a packet.</summary>
    /// <param name="header">The fields but the next header.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddIpv6Fragment(Ipv6FragmentHeader header)
    {
        header.NextHeader = NextHeader(header.NextHeader);
        Prepend(header, default, "a fragment header");
        protocol = IPPROTO_FRAGMENT;
        etherType = -1;
    }

    /// <summary>Adds an authentication header. Its length is computed, but not the integrity check value.</summary>
    /// <param name="header">The other fields.</param>
    /// <param name="integrityCheckValue">A multiple of 4 bytes, at most 1,016. For IPv6 the header must be a multiple of 8 bytes.</param>
    /// <exception cref="ArgumentException">The value has a wrong length.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddAuthentication(AuthenticationHeader header, scoped ReadOnlySpan<byte> integrityCheckValue)
    {
        int words = (AuthenticationHeader.Size + integrityCheckValue.Length) / 4 - 2;
        if (integrityCheckValue.Length % 4 != 0 || words > byte.MaxValue)
        {
            throw new ArgumentException(
                $"The value has {integrityCheckValue.Length} bytes. A multiple of 4 up to 1,016 is possible.", nameof(integrityCheckValue));
        }
        header.PayloadLength = (byte)words;
        header.NextHeader = NextHeader(header.NextHeader);
        Prepend(header, integrityCheckValue, "an authentication header");
        protocol = IPPROTO_AH;
        etherType = -1;
    }

    Span<byte> AddExtension(int type, int length)
    {
        Span<byte> header = Reserve(length, "an extension header");
        header[0] = NextHeader(IPPROTO_NONE);
        protocol = type;
        etherType = -1;
        return header;
    }

    readonly byte NextHeader(int otherwise) => (byte)(protocol >= 0 ? protocol : otherwise);

    static void CheckExtension(int length, string name)
    {
        if (length > MaxExtensionSize)
            throw new ArgumentException($"An extension header has {MaxExtensionSize} bytes at most, not {length}.", name);
    }

    /// <summary>Writes the checksum of the transport header, now that the addresses are known.</summary>
    void Complete(in PseudoHeader pseudoHeader)
    {
        if (pendingProtocol >= 0)
            TransportChecksum.Write(pseudoHeader, pendingProtocol, buffer[pendingStart..]);
        pendingProtocol = -1;
    }
}
