namespace Unp.Net.Netlink;

/// <summary>The messages of one datagram, for <c>foreach</c>. It allocates nothing.</summary>
/// <remarks>The enumeration ends before the first message that is incomplete; <see cref="IsWellFormed"/> reports whether one is.</remarks>
public ref struct NetlinkMessages
{
    ReadOnlySpan<byte> rest;
    NetlinkMessage current;

    /// <summary>Creates a view of the messages in some bytes.</summary>
    public NetlinkMessages(ReadOnlySpan<byte> bytes)
    {
        rest = bytes;
    }

    /// <summary>Gets the current message.</summary>
    public readonly NetlinkMessage Current => current;

    /// <summary>Gets whether the bytes that were not enumerated yet are complete messages.</summary>
    public readonly bool IsWellFormed
    {
        get
        {
            ReadOnlySpan<byte> bytes = rest;
            while (NetlinkMessage.TryRead(ref bytes, out _))
            {
            }
            return bytes.IsEmpty;
        }
    }

    /// <summary>Returns this enumerator.</summary>
    public readonly NetlinkMessages GetEnumerator() => this;

    /// <summary>Moves to the next message.</summary>
    /// <returns>Whether a complete message follows.</returns>
    public bool MoveNext() => NetlinkMessage.TryRead(ref rest, out current);

    /// <summary>Returns the number of bytes that were not enumerated yet.</summary>
    public override readonly string ToString() => $"{rest.Length} bytes of netlink messages";
}
