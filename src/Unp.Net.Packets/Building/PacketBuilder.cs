using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>Composes a packet from the inside out in a buffer of the caller: first the data, then each header around it.</summary>
/// <remarks>
/// <para>Each call writes a header before the packet so far, and fills in its lengths, its checksum and the protocol of the packet so far.
/// A checksum that includes IP addresses is written with the IP header. To send a wrong value on purpose, change it in
/// <see cref="Written"/>.</para>
/// <para>The builder allocates nothing. A call that throws leaves the packet as it was.</para>
/// </remarks>
/// <example><code>
/// var builder = new PacketBuilder(new byte[1500]);
/// builder.AddPayload("hello"u8);
/// builder.AddUdp(new UdpHeader { SourcePort = 9877, DestinationPort = 7 });
/// builder.AddIpv4(new Ipv4Header
/// {
///     SourceAddress = Ipv4Address.Parse("192.0.2.1"),
///     DestinationAddress = Ipv4Address.Parse("192.0.2.2"),
/// });
/// builder.AddEthernet(new EthernetHeader { Destination = MacAddress.Broadcast });
/// ReadOnlySpan&lt;byte&gt; frame = builder.Written;
/// </code></example>
public ref partial struct PacketBuilder
{
    readonly Span<byte> buffer;

    // The packet so far stands at the end of the buffer.
    int start;

    // The IP protocol and the link-layer protocol of the outermost header, or -1 if it has none.
    int protocol = -1;
    int etherType = -1;

    // The transport header whose checksum needs the addresses of an IP header, or -1.
    int pendingProtocol = -1;
    int pendingStart;

    /// <summary>Creates a builder.</summary>
    /// <param name="buffer">Room for the packet. The packet will stand at its end.</param>
    public PacketBuilder(Span<byte> buffer)
    {
        this.buffer = buffer;
        start = buffer.Length;
    }

    /// <summary>Gets the packet so far, which is a part of the buffer.</summary>
    public readonly Span<byte> Written => buffer[start..];

    /// <summary>Drops the packet, so that another can be built in the buffer.</summary>
    public void Clear()
    {
        start = buffer.Length;
        protocol = etherType = pendingProtocol = -1;
    }

    /// <summary>Adds bytes before the packet so far: the data of a datagram, or a header that this class does not know.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="ipProtocol">The IP protocol of these bytes, which an IP header then states; -1 for data.</param>
    /// <exception cref="InvalidOperationException">The buffer is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ipProtocol"/> is not -1 to 255.</exception>
    public void AddPayload(scoped ReadOnlySpan<byte> bytes, int ipProtocol = -1)
    {
        if (ipProtocol is < -1 or > byte.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(ipProtocol), ipProtocol, "The protocol must be -1 to 255.");
        bytes.CopyTo(Reserve(bytes.Length, "data"));
        protocol = ipProtocol;
        etherType = -1;
    }

    /// <summary>Returns a text with the number of bytes.</summary>
    public override readonly string ToString() => $"packet of {buffer.Length - start} bytes, {start} free";

    /// <summary>Takes room before the packet so far.</summary>
    Span<byte> Reserve(int size, string what)
    {
        if (size > start)
            throw new InvalidOperationException($"The buffer has {start} free bytes, and {what} needs {size}.");
        start -= size;
        return buffer.Slice(start, size);
    }

    /// <summary>Writes a structure before the packet so far, and some bytes between the two.</summary>
    Span<byte> Prepend<T>(scoped in T header, scoped ReadOnlySpan<byte> options, string what)
        where T : unmanaged
    {
        Span<byte> room = Reserve(Unsafe.SizeOf<T>() + options.Length, what);
        MemoryMarshal.Write(room, in header);
        options.CopyTo(room[Unsafe.SizeOf<T>()..]);
        return room;
    }

    static void CheckLength(int length, string what)
    {
        if (length > ushort.MaxValue)
            throw new InvalidOperationException($"{what} would have {length} bytes. At most {ushort.MaxValue} are possible.");
    }

    static void CheckOptions(ReadOnlySpan<byte> options, [CallerArgumentExpression(nameof(options))] string name = "")
    {
        if (options.Length > 40 || options.Length % 4 != 0)
            throw new ArgumentException($"The options have {options.Length} bytes. A multiple of 4 up to 40 is possible.", name);
    }
}
