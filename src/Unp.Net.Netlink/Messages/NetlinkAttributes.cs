namespace Unp.Net.Netlink;

/// <summary>The attributes of a message or of a nested attribute, for <c>foreach</c>. It allocates nothing.</summary>
/// <remarks>
/// The enumeration ends before the first attribute whose length is wrong, so a wrong length is never followed.
/// <see cref="IsWellFormed"/> reports whether one is there.
/// </remarks>
public ref struct NetlinkAttributes
{
    ReadOnlySpan<byte> rest;
    NetlinkAttribute current;

    /// <summary>Creates a view of the attributes in some bytes.</summary>
    public NetlinkAttributes(ReadOnlySpan<byte> bytes)
    {
        rest = bytes;
    }

    /// <summary>Gets the current attribute.</summary>
    public readonly NetlinkAttribute Current => current;

    /// <summary>Gets whether the bytes that were not enumerated yet are complete attributes. Their values are not examined.</summary>
    public readonly bool IsWellFormed
    {
        get
        {
            ReadOnlySpan<byte> bytes = rest;
            while (NetlinkAttribute.TryRead(ref bytes, out _))
            {
            }
            return bytes.IsEmpty;
        }
    }

    /// <summary>Gets the bytes that were not enumerated yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>Returns this enumerator.</summary>
    public readonly NetlinkAttributes GetEnumerator() => this;

    /// <summary>Moves to the next attribute.</summary>
    /// <returns>Whether a complete attribute follows.</returns>
    public bool MoveNext() => NetlinkAttribute.TryRead(ref rest, out current);

    /// <summary>Finds the first attribute of a type.</summary>
    /// <param name="type">The type without flags: IFLA_IFNAME...</param>
    /// <param name="attribute">The attribute; empty if there is none.</param>
    /// <returns>Whether the attribute was found.</returns>
    public readonly bool TryGet(int type, out NetlinkAttribute attribute)
    {
        ReadOnlySpan<byte> bytes = rest;
        while (NetlinkAttribute.TryRead(ref bytes, out attribute))
        {
            if (attribute.Type == type)
                return true;
        }
        return false;
    }

    /// <summary>Returns the number of bytes that were not enumerated yet.</summary>
    public override readonly string ToString() => $"{rest.Length} bytes of netlink attributes";
}
