using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Netlink;

/// <summary>A view of one netlink message: the header <c>nlmsghdr</c> and its payload (<c>netlink(7)</c>).</summary>
/// <remarks>
/// It is valid as long as the bytes below it: for a received message until the next receive. Reading never goes outside the message,
/// whatever lengths it states. <c>default</c> is an empty message of type 0.
/// </remarks>
public readonly ref struct NetlinkMessage
{
    /// <summary>The size of <c>struct nlmsghdr</c>.</summary>
    public const int HeaderSize = 16;

    /// <summary>Messages, attributes and headers start at multiples of this number of bytes.</summary>
    internal const int Alignment = 4;

    NetlinkMessage(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
    }

    /// <summary>Gets the whole message with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the type: NLMSG_DONE, RTM_NEWLINK...</summary>
    public int Type => Field<ushort>(4);

    /// <summary>Gets the flags, a combination of NLM_F_MULTI, NLM_F_DUMP_INTR...</summary>
    public int Flags => Field<ushort>(6);

    /// <summary>Gets the sequence number. An answer repeats the request's; a notification usually has 0.</summary>
    public uint Sequence => Field<uint>(8);

    /// <summary>Gets the port id of the socket whose request caused the message, or 0.</summary>
    public uint PortId => Field<uint>(12);

    /// <summary>Gets the bytes after the header.</summary>
    public ReadOnlySpan<byte> Payload => Bytes.Length >= HeaderSize ? Bytes[HeaderSize..] : default;

    /// <summary>Reads the structure at the start of the payload, such as <c>ifinfomsg</c>.</summary>
    /// <typeparam name="T">The structure of this message type.</typeparam>
    /// <param name="header">The structure; zeros if the payload is shorter.</param>
    /// <returns>Whether the payload has the whole structure.</returns>
    public bool TryGetHeader<T>(out T header)
        where T : unmanaged
        => MemoryMarshal.TryRead(Payload, out header);

    /// <summary>Returns the attributes that follow the structure at the start of the payload.</summary>
    /// <typeparam name="T">The structure of this message type.</typeparam>
    public NetlinkAttributes GetAttributes<T>()
        where T : unmanaged
        => GetAttributes(Unsafe.SizeOf<T>());

    /// <summary>Returns the attributes that follow a structure of a given size at the start of the payload.</summary>
    /// <param name="headerSize">The size of the structure. The attributes start at the next multiple of four.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="headerSize"/> is negative.</exception>
    public NetlinkAttributes GetAttributes(int headerSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headerSize);
        ReadOnlySpan<byte> payload = Payload;
        return new NetlinkAttributes(headerSize < payload.Length ? payload[Math.Min(Align(headerSize), payload.Length)..] : default);
    }

    /// <summary>Returns the type, flags, sequence number and length.</summary>
    public override string ToString() => $"type {Type}, flags 0x{Flags:x}, sequence {Sequence}, port {PortId}, {Bytes.Length} bytes";

    /// <summary>Reads the first message of some bytes.</summary>
    /// <param name="bytes">The bytes; afterwards those behind the message and its padding.</param>
    /// <param name="message">The message; empty on failure.</param>
    /// <returns>Whether a complete message stands there. Otherwise <paramref name="bytes"/> is unchanged.</returns>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> bytes, out NetlinkMessage message)
    {
        message = default;
        if (bytes.Length < HeaderSize)
            return false;
        uint length = MemoryMarshal.Read<uint>(bytes);
        if (length < HeaderSize || length > (uint)bytes.Length)
            return false;
        message = new NetlinkMessage(bytes[..(int)length]);

        // The last message may lack its padding.
        bytes = bytes[Math.Min(Align((int)length), bytes.Length)..];
        return true;
    }

    internal static int Align(int length) => (length + Alignment - 1) & ~(Alignment - 1);

    T Field<T>(int offset)
        where T : unmanaged
        => Bytes.Length >= HeaderSize ? MemoryMarshal.Read<T>(Bytes[offset..]) : default;
}
