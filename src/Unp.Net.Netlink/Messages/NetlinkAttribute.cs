using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A view of one attribute, <c>nlattr</c> or <c>rtattr</c>: a type and a value (<c>netlink(7)</c>).</summary>
/// <remarks>
/// It is valid as long as the message below it. A value may be longer than expected, because newer kernels extend structures.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "Attribute is the word of netlink(7).")]
public readonly ref struct NetlinkAttribute
{
    /// <summary>The size of <c>struct nlattr</c>.</summary>
    public const int HeaderSize = 4;

    readonly ushort rawType;

    NetlinkAttribute(ushort rawType, ReadOnlySpan<byte> value)
    {
        this.rawType = rawType;
        Value = value;
    }

    /// <summary>Gets the type without its flags: IFLA_IFNAME, RTA_DST...</summary>
    public int Type => rawType & ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

    /// <summary>Gets whether the sender marked the value as a list of attributes (NLA_F_NESTED).</summary>
    /// <remarks>Older kernel code does not set the mark.</remarks>
    public bool IsNested => (rawType & NLA_F_NESTED) != 0;

    /// <summary>Gets whether the sender marked the value as a number in network byte order (NLA_F_NET_BYTEORDER).</summary>
    public bool IsNetworkOrder => (rawType & NLA_F_NET_BYTEORDER) != 0;

    /// <summary>Gets the bytes of the value, without padding.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Gets the value as a list of attributes.</summary>
    public NetlinkAttributes Attributes => new(Value);

    /// <summary>Gets the value as text, which ends at the first NUL. Bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text
    {
        get
        {
            int end = Value.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
        }
    }

    /// <summary>Reads a number or structure in host byte order. The value needs no alignment.</summary>
    /// <typeparam name="T">The type that the kernel's header states.</typeparam>
    /// <param name="value">The value; zero if the attribute is shorter.</param>
    /// <returns>Whether the attribute has enough bytes.</returns>
    public bool TryRead<T>(out T value)
        where T : unmanaged
        => MemoryMarshal.TryRead(Value, out value);

    /// <summary>Reads a number or structure in host byte order.</summary>
    /// <typeparam name="T">The type that the kernel's header states.</typeparam>
    /// <returns>The value, or zero if the attribute has fewer bytes.</returns>
    public T ReadOrDefault<T>()
        where T : unmanaged
        => TryRead(out T value) ? value : default;

    /// <summary>Returns the type and the value in hexadecimal.</summary>
    public override string ToString() => $"attribute {Type}: 0x{Convert.ToHexStringLower(Value)}";

    /// <summary>Reads the first attribute of some bytes.</summary>
    /// <param name="bytes">The bytes; afterwards those behind the attribute and its padding.</param>
    /// <param name="attribute">The attribute; empty on failure.</param>
    /// <returns>Whether a complete attribute stands there. Otherwise <paramref name="bytes"/> is unchanged.</returns>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> bytes, out NetlinkAttribute attribute)
    {
        attribute = default;
        if (bytes.Length < HeaderSize)
            return false;
        int length = MemoryMarshal.Read<ushort>(bytes);
        if (length < HeaderSize || length > bytes.Length)
            return false;
        attribute = new NetlinkAttribute(MemoryMarshal.Read<ushort>(bytes[2..]), bytes[HeaderSize..length]);

        // The last attribute may lack its padding.
        bytes = bytes[Math.Min(NetlinkMessage.Align(length), bytes.Length)..];
        return true;
    }
}
