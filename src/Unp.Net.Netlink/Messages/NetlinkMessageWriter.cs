using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A writer of netlink messages: a header, a structure of its type, and attributes, which may be nested.</summary>
/// <remarks>
/// <para>The writer aligns and pads what it writes, keeps all lengths right, and refuses a wrong order of calls. One writer can build any
/// number of messages, one after another; it allocates only to grow.</para>
/// <para>A writer must not be used by two threads at the same time.</para>
/// </remarks>
/// <example>
/// A request for one link by its name:
/// <code>
/// var request = new NetlinkMessageWriter();
/// request.Begin(RTM_GETLINK);
/// request.WriteHeader(new ifinfomsg());
/// request.WriteText(IFLA_IFNAME, "lo");
/// </code>
/// </example>
public sealed class NetlinkMessageWriter
{
    const int MaxDepth = 16;

    readonly int[] nests = new int[MaxDepth];
    byte[] buffer;
    int length;
    int depth;
    bool hasAttributes;

    /// <summary>Creates a writer.</summary>
    /// <param name="capacity">The size of the first buffer in bytes. Longer messages make it grow.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is too small for a message header (16 bytes).</exception>
    public NetlinkMessageWriter(int capacity = 512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, NetlinkMessage.HeaderSize);
        buffer = new byte[capacity];
    }

    /// <summary>Gets the message.</summary>
    /// <exception cref="InvalidOperationException">No message was begun, or a nested attribute is open.</exception>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            CheckBegun();
            if (depth > 0)
                throw new InvalidOperationException($"{depth} nested attributes are open. Call EndNested for each.");
            return buffer.AsSpan(0, length);
        }
    }

    /// <summary>Gets whether there is a message.</summary>
    internal bool IsBegun => length > 0;

    /// <summary>Gets the type of the message.</summary>
    internal int Type => Header.nlmsg_type;

    /// <summary>Gets the header, which is inside the buffer.</summary>
    internal ref nlmsghdr Header => ref Unsafe.As<byte, nlmsghdr>(ref buffer[0]);

    /// <summary>Begins a message. A message that was written before is dropped.</summary>
    /// <param name="type">The type: RTM_GETLINK...</param>
    /// <param name="flags">
    /// A combination of NLM_F_DUMP, NLM_F_CREATE, NLM_F_EXCL... <see cref="NetlinkSocket"/> adds NLM_F_REQUEST and NLM_F_ACK.
    /// </param>
    public void Begin(int type, int flags = 0)
    {
        ushort messageType = Number(type), messageFlags = Number(flags);
        length = depth = 0;
        hasAttributes = false;
        Reserve(NetlinkMessage.HeaderSize);
        Header.nlmsg_type = messageType;
        Header.nlmsg_flags = messageFlags;
    }

    /// <summary>Writes the structure that follows the message header, and pads it.</summary>
    /// <typeparam name="T">The structure of the message type, such as <c>ifinfomsg</c>.</typeparam>
    /// <exception cref="InvalidOperationException">No message was begun, or an attribute was written before.</exception>
    public void WriteHeader<T>(in T header)
        where T : unmanaged
    {
        CheckBegun();
        if (hasAttributes)
            throw new InvalidOperationException($"{typeof(T).Name} must be written before the attributes.");
        MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in header);
    }

    /// <summary>Writes an attribute with some bytes. An empty value is a flag.</summary>
    /// <param name="type">The type: RTA_DST...</param>
    /// <param name="value">The value, at most 65,531 bytes.</param>
    /// <exception cref="ArgumentException">The value is too long for an attribute.</exception>
    /// <exception cref="InvalidOperationException">No message was begun.</exception>
    public void Write(int type, ReadOnlySpan<byte> value = default) => value.CopyTo(Add(type, value.Length));

    /// <summary>Writes an attribute with a number or a structure in host byte order.</summary>
    /// <typeparam name="T">The type that the kernel's header states. A literal such as <c>1</c> is an <see cref="int"/>.</typeparam>
    /// <param name="type">The type: RTA_OIF...</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">No message was begun.</exception>
    public void Write<T>(int type, T value)
        where T : unmanaged
        => MemoryMarshal.Write(Add(type, Unsafe.SizeOf<T>()), in value);

    /// <summary>Writes an attribute with text in UTF-8 and a NUL.</summary>
    /// <param name="type">The type: IFLA_IFNAME...</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text contains a NUL, or is too long for an attribute.</exception>
    /// <exception cref="InvalidOperationException">No message was begun.</exception>
    public void WriteText(int type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The text must not contain a NUL, because the kernel would cut it there.", nameof(text));
        Encoding.UTF8.GetBytes(text, Add(type, Encoding.UTF8.GetByteCount(text) + 1));
    }

    /// <summary>Begins an attribute whose value is a list of attributes. <see cref="EndNested"/> ends it.</summary>
    /// <param name="type">The type: IFLA_LINKINFO...</param>
    /// <exception cref="InvalidOperationException">No message was begun, or 16 nested attributes are open.</exception>
    public void BeginNested(int type) => BeginList(type | NLA_F_NESTED);

    /// <summary>Ends the nested attribute that was begun last.</summary>
    /// <exception cref="InvalidOperationException">
    /// No nested attribute is open, or its value is longer than an attribute can be (65,531 bytes).
    /// </exception>
    public void EndNested()
    {
        if (depth == 0)
            throw new InvalidOperationException("No nested attribute is open. Call BeginNested first.");
        int start = nests[depth - 1], size = length - start;
        if (size > ushort.MaxValue)
            throw new InvalidOperationException($"The nested attribute has {size} bytes, but at most {ushort.MaxValue} are possible.");
        depth--;
        MemoryMarshal.Write(buffer.AsSpan(start), (ushort)size);
    }

    /// <summary>Returns the number of bytes written.</summary>
    public override string ToString() => length == 0 ? "no message" : $"type {Type}, {length} bytes";

    /// <summary>Begins a list whose attribute has no NLA_F_NESTED, because its elements are no attributes.</summary>
    internal void BeginList(int type)
    {
        CheckBegun();
        if (depth == MaxDepth)
            throw new InvalidOperationException($"At most {MaxDepth} nested attributes can be open.");
        nests[depth] = length;
        Add(type, 0);
        depth++;
    }

    /// <summary>
    /// Begins a structure whose first two bytes state its length. The length includes the attributes up to <see cref="EndStructure"/>.
    /// </summary>
    /// <returns>The place for <see cref="EndStructure"/>.</returns>
    internal int BeginStructure<T>(in T structure)
        where T : unmanaged
    {
        int start = length;
        WriteStructure(structure);
        return start;
    }

    /// <summary>Writes a structure at the start of a nested attribute.</summary>
    internal void WriteStructure<T>(in T structure)
        where T : unmanaged
        => MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in structure);

    internal void EndStructure(int start) => MemoryMarshal.Write(buffer.AsSpan(start), checked((ushort)(length - start)));

    /// <summary>Appends an attribute and returns the room for its value.</summary>
    internal Span<byte> Add(int type, int size)
    {
        CheckBegun();
        ushort number = Number(type);
        int total = NetlinkAttribute.HeaderSize + size;
        if (total > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"The value has {size} bytes, but an attribute can have at most {ushort.MaxValue - NetlinkAttribute.HeaderSize}.");
        }
        hasAttributes = true;
        Span<byte> room = Reserve(total);
        MemoryMarshal.Write(room, (ushort)total);
        MemoryMarshal.Write(room[2..], number);
        return room[NetlinkAttribute.HeaderSize..];
    }

    /// <summary>Appends zeros up to the next aligned place and returns the first <paramref name="size"/> of them.</summary>
    Span<byte> Reserve(int size)
    {
        int start = length, end = start + NetlinkMessage.Align(size);
        if (end > buffer.Length)
            Array.Resize(ref buffer, Math.Max(end, 2 * buffer.Length));
        buffer.AsSpan(start, end - start).Clear();
        length = end;
        Header.nlmsg_len = (uint)length;
        return buffer.AsSpan(start, size);
    }

    static ushort Number(int number, [CallerArgumentExpression(nameof(number))] string name = "") =>
        number is >= 0 and <= ushort.MaxValue ? (ushort)number
        : throw new ArgumentOutOfRangeException(name, number, "The number must be 0 to 65535.");

    void CheckBegun()
    {
        if (length == 0)
            throw new InvalidOperationException("No message was begun. Call Begin first.");
    }
}
