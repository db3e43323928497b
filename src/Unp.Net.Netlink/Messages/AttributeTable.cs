using System.Runtime.CompilerServices;

namespace Unp.Net.Netlink;

/// <summary>The attributes of a message by their type, which are found in one pass.</summary>
/// <remarks>If a type is there several times, the first attribute counts, as in <see cref="NetlinkAttributes.TryGet"/>.</remarks>
readonly ref struct AttributeTable
{
    /// <summary>The number of types, which are 0 to 63. Attributes with larger types are not found.</summary>
    const int Size = 64;

    readonly ReadOnlySpan<byte> bytes;
    readonly Places places;

    internal AttributeTable(NetlinkAttributes attributes)
    {
        bytes = attributes.Rest;
        ReadOnlySpan<byte> rest = bytes;
        while (true)
        {
            int place = bytes.Length - rest.Length;
            if (!NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute attribute))
                break;
            int type = attribute.Type;
            if (type < Size && places[type] == 0)
                places[type] = place + 1;
        }
        IsWellFormed = rest.IsEmpty;
    }

    /// <summary>Gets whether all bytes are complete attributes. Their values are not examined.</summary>
    internal bool IsWellFormed { get; }

    /// <summary>Finds the first attribute of a type, which is less than 64.</summary>
    internal bool TryGet(int type, out NetlinkAttribute attribute)
    {
        int place = places[type];
        if (place == 0)
        {
            attribute = default;
            return false;
        }
        ReadOnlySpan<byte> rest = bytes[(place - 1)..];
        return NetlinkAttribute.TryRead(ref rest, out attribute);
    }

    /// <summary>The place of the first attribute of each type, from 1; 0 if there is none.</summary>
    [InlineArray(Size)]
    struct Places
    {
        int first;
    }
}
