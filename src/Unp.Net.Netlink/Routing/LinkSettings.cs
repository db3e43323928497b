using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The settings of a link that a request makes or changes. A property that is null changes nothing.</summary>
public sealed record LinkSettings
{
    // A kernel header that the core does not need (linux/veth.h).
    const int VETH_INFO_PEER = 1;

    /// <summary>Gets the new name, 1 to 15 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets whether the link is switched on.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Gets the longest packet in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Gets the hardware address.</summary>
    public PhysicalAddress? HardwareAddress { get; init; }

    /// <summary>Gets the index of the bridge, bond or VRF that the link joins; 0 removes it from there.</summary>
    public int? Master { get; init; }

    /// <summary>Gets the number of packets that the send queue holds.</summary>
    public int? QueueLength { get; init; }

    /// <summary>Gets the group.</summary>
    public int? Group { get; init; }

    /// <summary>Gets the description; an empty text removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the kind of a new virtual link: <c>"veth"</c>, <c>"bridge"</c>, <c>"dummy"</c>...</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the index of the link below a new one, such as that of a VLAN.</summary>
    public int? LowerLink { get; init; }

    /// <summary>Gets the settings of the other end of a new link of the kind <c>"veth"</c>.</summary>
    public LinkSettings? Peer { get; init; }

    /// <summary>Gets a descriptor of the network namespace (<c>/proc/PID/ns/net</c>) that the link is made in or moved to.</summary>
    public SafeHandle? Namespace { get; init; }

    /// <summary>Gets an action that writes the attributes of the kind (IFLA_INFO_DATA) of a new link.</summary>
    public Action<NetlinkMessageWriter>? WriteKindData { get; init; }

    internal ifinfomsg Header(int index) => new()
    {
        ifi_index = index,
        ifi_flags = IsUp == true ? (uint)IFF_UP : 0,
        ifi_change = IsUp is null ? 0 : (uint)IFF_UP,
    };

    /// <summary>Writes the attributes. The caller keeps <see cref="Namespace"/> open.</summary>
    internal void WriteAttributes(NetlinkMessageWriter writer)
    {
        if (Name is not null)
            writer.WriteText(IFLA_IFNAME, Name);
        WriteNumber(writer, IFLA_MTU, Mtu);
        WriteNumber(writer, IFLA_MASTER, Master);
        WriteNumber(writer, IFLA_TXQLEN, QueueLength);
        WriteNumber(writer, IFLA_GROUP, Group);
        WriteNumber(writer, IFLA_LINK, LowerLink);
        if (HardwareAddress is not null)
            writer.Write(IFLA_ADDRESS, HardwareAddress.GetAddressBytes());
        if (Alias is not null)
            writer.WriteText(IFLA_IFALIAS, Alias);
        if (Namespace is not null)
            writer.Write(IFLA_NET_NS_FD, (int)Namespace.DangerousGetHandle());
        if (Kind is null)
            return;
        writer.BeginNested(IFLA_LINKINFO);
        writer.WriteText(IFLA_INFO_KIND, Kind);
        if (Peer is not null || WriteKindData is not null)
        {
            writer.BeginNested(IFLA_INFO_DATA);
            if (Peer is not null)
            {
                writer.BeginNested(VETH_INFO_PEER);
                writer.WriteStructure(Peer.Header(0));
                Peer.WriteAttributes(writer);
                writer.EndNested();
            }
            WriteKindData?.Invoke(writer);
            writer.EndNested();
        }
        writer.EndNested();
    }

    static void WriteNumber(NetlinkMessageWriter writer, int type, int? value)
    {
        if (value is { } number)
            writer.Write(type, number);
    }
}
