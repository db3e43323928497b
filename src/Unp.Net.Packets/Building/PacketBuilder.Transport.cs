using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Packets;

public ref partial struct PacketBuilder
{
    /// <summary>Adds a UDP header. Its length and checksum are computed.</summary>
    /// <param name="header">The ports.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short, or the datagram would be longer than 65,535 bytes.</exception>
    public void AddUdp(UdpHeader header)
    {
        int length = UdpHeader.Size + Written.Length;
        CheckLength(length, "The UDP datagram");
        header.Length = (ushort)length;
        Prepend(header, default, "a UDP header");
        AwaitAddresses(IPPROTO_UDP);
    }

    /// <summary>Adds a TCP header. Its data offset and checksum are computed.</summary>
    /// <param name="header">The other fields.</param>
    /// <param name="options">The options, a multiple of 4 bytes, at most 40. <see cref="HeaderOptionsWriter"/> writes them.</param>
    /// <exception cref="ArgumentException">The options have a wrong length.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddTcp(TcpHeader header, scoped ReadOnlySpan<byte> options = default)
    {
        CheckOptions(options);
        header.DataOffset = (TcpHeader.Size + options.Length) / 4;
        Prepend(header, options, "a TCP header");
        AwaitAddresses(IPPROTO_TCP);
    }

    /// <summary>Adds an ICMP header. Its checksum is computed. The packet so far is the body: data, or a quoted packet.</summary>
    /// <param name="header">The other fields.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddIcmp(IcmpHeader header)
    {
        Prepend(header, default, "an ICMP header");
        TransportChecksum.Write(default, IPPROTO_ICMP, Written);
        SetTransport(IPPROTO_ICMP);
    }

    /// <summary>Adds an ICMPv6 header. Its checksum is computed. The packet so far is the body: data, or a quoted packet.</summary>
    /// <param name="header">The other fields.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddIcmpv6(Icmpv6Header header)
    {
        Prepend(header, default, "an ICMPv6 header");
        AwaitAddresses(IPPROTO_ICMPV6);
    }

    /// <summary>Adds an SCTP chunk before those that were added. Its length is computed and its padding written.</summary>
    /// <param name="type">The type.</param>
    /// <param name="flags">The flags, whose meaning depends on the type.</param>
    /// <param name="value">The bytes after the chunk header.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is longer than 65,531 bytes.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddSctpChunk(SctpChunkType type, byte flags, scoped ReadOnlySpan<byte> value) => AddSctpChunk(type, flags, value, default);

    /// <summary>Adds an SCTP chunk that begins with a structure.</summary>
    /// <typeparam name="T">The structure, such as <see cref="SctpDataFields"/>.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="flags">The flags, whose meaning depends on the type.</param>
    /// <param name="fields">The structure.</param>
    /// <param name="rest">The bytes after the structure: user data, parameters, gap blocks.</param>
    /// <exception cref="ArgumentException">The chunk would be longer than 65,535 bytes.</exception>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddSctpChunk<T>(SctpChunkType type, byte flags, scoped in T fields, scoped ReadOnlySpan<byte> rest = default)
        where T : unmanaged
        => AddSctpChunk(type, flags, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in fields)), rest);

    /// <summary>Adds the common header of an SCTP packet. Its checksum is computed over all chunks.</summary>
    /// <param name="header">The other fields.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    public void AddSctp(SctpHeader header)
    {
        Prepend(header, default, "an SCTP header");
        TransportChecksum.Write(default, IPPROTO_SCTP, Written);
        SetTransport(IPPROTO_SCTP);
    }

    void AddSctpChunk(SctpChunkType type, byte flags, scoped ReadOnlySpan<byte> fields, scoped ReadOnlySpan<byte> rest)
    {
        int length = SctpChunk.HeaderSize + fields.Length + rest.Length;
        if (length > ushort.MaxValue)
            throw new ArgumentException($"An SCTP chunk has {ushort.MaxValue} bytes at most, not {length}.", nameof(rest));
        Span<byte> chunk = Reserve((length + 3) & ~3, "an SCTP chunk");
        chunk[0] = (byte)type;
        chunk[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], (ushort)length);
        fields.CopyTo(chunk[SctpChunk.HeaderSize..]);
        rest.CopyTo(chunk[(SctpChunk.HeaderSize + fields.Length)..]);
        chunk[length..].Clear();
        protocol = etherType = -1;
    }

    void AwaitAddresses(int transport)
    {
        SetTransport(transport);
        pendingProtocol = transport;
        pendingStart = start;
    }

    void SetTransport(int transport)
    {
        protocol = transport;
        etherType = pendingProtocol = -1;
    }
}
