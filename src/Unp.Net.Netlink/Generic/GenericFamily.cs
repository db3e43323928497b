using System.Diagnostics.CodeAnalysis;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>
/// A family of generic netlink, such as <c>ethtool</c> or <c>nl80211</c>: what <c>genl ctrl list</c> shows (<c>genl(8)</c>).
/// </summary>
public sealed record GenericFamily
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the id, which is the type of the family's messages. The kernel chooses it when the family is registered.</summary>
    public required int Id { get; init; }

    /// <summary>Gets the version.</summary>
    public int Version { get; init; }

    /// <summary>Gets the size of the family's own header in bytes. It follows <c>genlmsghdr</c>.</summary>
    public int HeaderSize { get; init; }

    /// <summary>Gets the highest attribute type; 0 if each operation has its own.</summary>
    public int MaxAttribute { get; init; }

    /// <summary>Gets the operations, in the kernel's order.</summary>
    public IReadOnlyList<GenericOperation> Operations { get; init; } = [];

    /// <summary>Gets the multicast groups, in the kernel's order.</summary>
    public IReadOnlyList<GenericGroup> Groups { get; init; } = [];

    /// <summary>Finds a multicast group by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">The group; the default on failure.</param>
    /// <returns>Whether the family has the group.</returns>
    public bool TryGetGroup(string name, out GenericGroup group)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (GenericGroup candidate in Groups)
        {
            if (candidate.Name == name)
            {
                group = candidate;
                return true;
            }
        }
        group = default;
        return false;
    }

    /// <summary>Returns the name, id and version: <c>"ethtool (id 21, version 1)"</c>.</summary>
    public override string ToString() => $"{Name} (id {Id}, version {Version})";

    /// <summary>Reads a family from an answer or a notification of the controller.</summary>
    /// <param name="message">The message.</param>
    /// <param name="family">The family, or null.</param>
    /// <returns>Whether the message contains a family.</returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out GenericFamily? family)
    {
        family = null;
        if (message.Type != GENL_ID_CTRL || !message.TryGetHeader(out genlmsghdr header))
            return false;
        if (header.cmd != CTRL_CMD_NEWFAMILY && header.cmd != CTRL_CMD_DELFAMILY)
            return false;
        var attributes = new AttributeTable(message.GetAttributes<genlmsghdr>());
        if (!attributes.TryGet(CTRL_ATTR_FAMILY_NAME, out NetlinkAttribute name)
            || !attributes.TryGet(CTRL_ATTR_FAMILY_ID, out NetlinkAttribute id) || !id.TryRead(out ushort number))
            return false;
        family = new GenericFamily
        {
            Name = name.Text,
            Id = number,
            Version = AttributeValues.Int32(attributes, CTRL_ATTR_VERSION) ?? 0,
            HeaderSize = AttributeValues.Int32(attributes, CTRL_ATTR_HDRSIZE) ?? 0,
            MaxAttribute = AttributeValues.Int32(attributes, CTRL_ATTR_MAXATTR) ?? 0,
            Operations = ReadList(attributes, CTRL_ATTR_OPS, ReadOperation),
            Groups = ReadList(attributes, CTRL_ATTR_MCAST_GROUPS, ReadGroup),
        };
        return true;
    }

    delegate T Reader<T>(in AttributeTable attributes);

    static ValueList<T> ReadList<T>(in AttributeTable attributes, int type, Reader<T> read)
    {
        List<T> items = [];
        if (attributes.TryGet(type, out NetlinkAttribute list))
        {
            foreach (NetlinkAttribute item in list.Attributes)
                items.Add(read(new AttributeTable(item.Attributes)));
        }
        return new ValueList<T>(items);
    }

    static GenericOperation ReadOperation(in AttributeTable attributes) => new(
        AttributeValues.Int32(attributes, CTRL_ATTR_OP_ID) ?? 0, AttributeValues.Int32(attributes, CTRL_ATTR_OP_FLAGS) ?? 0);

    static GenericGroup ReadGroup(in AttributeTable attributes) => new(
        attributes.TryGet(CTRL_ATTR_MCAST_GRP_NAME, out NetlinkAttribute name) ? name.Text : "",
        AttributeValues.Int32(attributes, CTRL_ATTR_MCAST_GRP_ID) ?? 0);
}
