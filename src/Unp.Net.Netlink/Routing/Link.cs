using System.Diagnostics.CodeAnalysis;
using System.Net.NetworkInformation;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A network interface as the kernel describes it (<c>rtnetlink(7)</c>): what <c>ip -s link</c> shows.</summary>
public sealed record Link
{
    /// <summary>Gets the index, which is 1 or more.</summary>
    public int Index { get; init; }

    /// <summary>Gets the name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets the flags, a combination of IFF_UP, IFF_BROADCAST...</summary>
    public uint Flags { get; init; }

    /// <summary>Gets the type of the hardware, ARPHRD_*: 1 is Ethernet, 772 the loopback.</summary>
    public int HardwareType { get; init; }

    /// <summary>Gets the hardware address, or null.</summary>
    public PhysicalAddress? HardwareAddress { get; init; }

    /// <summary>Gets the hardware's broadcast address, or null.</summary>
    public PhysicalAddress? HardwareBroadcast { get; init; }

    /// <summary>Gets the longest packet in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Gets whether the link can carry packets.</summary>
    public LinkState State { get; init; }

    /// <summary>Gets the index of the bridge, bond or VRF that the link belongs to, or null.</summary>
    public int? Master { get; init; }

    /// <summary>
    /// Gets the index of the link below this one, or of the other end of a pair (IFLA_LINK); null if there is none.
    /// </summary>
    /// <remarks>If <see cref="PeerNamespace"/> is not null, the index belongs to that network namespace.</remarks>
    public int? Peer { get; init; }

    /// <summary>Gets the identifier of the network namespace that <see cref="Peer"/> is in; null if it is in this one.</summary>
    public int? PeerNamespace { get; init; }

    /// <summary>Gets the kind of a virtual link: <c>"veth"</c>, <c>"bridge"</c>, <c>"vlan"</c>...; null for others.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the kind of the <see cref="Master"/>, or null.</summary>
    public string? MasterKind { get; init; }

    /// <summary>Gets the number of packets that the send queue holds.</summary>
    public int QueueLength { get; init; }

    /// <summary>Gets the queueing discipline: <c>"noqueue"</c>, <c>"fq_codel"</c>...</summary>
    public string QueueDiscipline { get; init; } = "";

    /// <summary>Gets the number of the group that the link is in; 0 by default.</summary>
    public int Group { get; init; }

    /// <summary>Gets the description that the administrator gave, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the further names of the link.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init => field = ValueList<string>.Of(value); } = ValueList<string>.Empty;

    /// <summary>Gets the number of programs and layers that want all packets.</summary>
    public int Promiscuity { get; init; }

    /// <summary>Gets the counters.</summary>
    public rtnl_link_stats64 Statistics { get; init; }

    /// <summary>Gets whether the administrator has switched the link on (IFF_UP).</summary>
    public bool IsUp => (Flags & IFF_UP) != 0;

    /// <summary>Gets whether the link is a loopback (IFF_LOOPBACK).</summary>
    public bool IsLoopback => (Flags & IFF_LOOPBACK) != 0;

    /// <summary>Returns the index and the name: <c>"2: eth0"</c>.</summary>
    public override string ToString() => $"{Index}: {Name}";

    /// <summary>Decodes a message RTM_NEWLINK or RTM_DELLINK.</summary>
    /// <param name="message">The message.</param>
    /// <param name="link">The link, or null.</param>
    /// <returns>
    /// Whether the message is complete, of one of these types, and about the link itself. A bridge, for example, sends messages of the
    /// family AF_BRIDGE about its ports: RTM_DELLINK then means that the link has left the bridge.
    /// </returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out Link? link)
    {
        link = null;
        var attributes = new AttributeTable(message.GetAttributes<ifinfomsg>());
        if ((message.Type != RTM_NEWLINK && message.Type != RTM_DELLINK)
            || !message.TryGetHeader(out ifinfomsg header) || header.ifi_family != AF_UNSPEC || !attributes.IsWellFormed)
            return false;
        string? kind = null, masterKind = null;
        if (attributes.TryGet(IFLA_LINKINFO, out NetlinkAttribute info))
        {
            var details = new AttributeTable(info.Attributes);
            kind = TextOf(details, IFLA_INFO_KIND);
            masterKind = TextOf(details, IFLA_INFO_SLAVE_KIND);
        }
        link = new Link
        {
            Index = header.ifi_index,
            Flags = header.ifi_flags,
            HardwareType = header.ifi_type,
            Name = TextOf(attributes, IFLA_IFNAME) ?? "",
            HardwareAddress = AttributeValues.HardwareAddress(attributes, IFLA_ADDRESS),
            HardwareBroadcast = AttributeValues.HardwareAddress(attributes, IFLA_BROADCAST),
            Mtu = AttributeValues.Int32(attributes, IFLA_MTU) ?? 0,
            State = attributes.TryGet(IFLA_OPERSTATE, out NetlinkAttribute state) ? (LinkState)state.ReadOrDefault<byte>() : default,
            Master = AttributeValues.Int32(attributes, IFLA_MASTER),
            Peer = AttributeValues.Int32(attributes, IFLA_LINK) is > 0 and int peer ? peer : null,
            PeerNamespace = AttributeValues.Int32(attributes, IFLA_LINK_NETNSID),
            Kind = kind,
            MasterKind = masterKind,
            QueueLength = AttributeValues.Int32(attributes, IFLA_TXQLEN) ?? 0,
            QueueDiscipline = TextOf(attributes, IFLA_QDISC) ?? "",
            Group = AttributeValues.Int32(attributes, IFLA_GROUP) ?? 0,
            Alias = TextOf(attributes, IFLA_IFALIAS),
            AlternativeNames = NamesOf(attributes),
            Promiscuity = AttributeValues.Int32(attributes, IFLA_PROMISCUITY) ?? 0,
            Statistics = attributes.TryGet(IFLA_STATS64, out NetlinkAttribute counters)
                ? counters.ReadOrDefault<rtnl_link_stats64>() : default,
        };
        return true;
    }

    static string? TextOf(in AttributeTable attributes, int type) =>
        attributes.TryGet(type, out NetlinkAttribute attribute) ? attribute.Text : null;

    static ValueList<string> NamesOf(in AttributeTable attributes)
    {
        if (!attributes.TryGet(IFLA_PROP_LIST, out NetlinkAttribute list))
            return ValueList<string>.Empty;
        List<string> names = [];
        foreach (NetlinkAttribute property in list.Attributes)
        {
            if (property.Type == IFLA_ALT_IFNAME)
                names.Add(property.Text);
        }
        return new ValueList<string>(names);
    }
}
