using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>An entry of the ARP or neighbour-discovery table (<c>rtnetlink(7)</c>): what <c>ip neighbour</c> shows and sets.</summary>
public sealed record Neighbour
{
    /// <summary>Gets the index of the link.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the address of the neighbour.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Gets the hardware address; null if it is not known, or for a proxy entry.</summary>
    public PhysicalAddress? HardwareAddress { get; init; }

    /// <summary>Gets the state, one of NUD_PERMANENT, NUD_REACHABLE, NUD_STALE, NUD_FAILED...; NUD_PERMANENT by default.</summary>
    public int State { get; init; } = NUD_PERMANENT;

    /// <summary>Gets the flags, a combination of NTF_PROXY, NTF_ROUTER...</summary>
    public int Flags { get; init; }

    /// <summary>Returns the addresses: <c>"192.0.2.1 lladdr 020000000001"</c>.</summary>
    public override string ToString() => HardwareAddress is null ? $"{Address}" : $"{Address} lladdr {HardwareAddress}";

    internal string Subject => $"{Address} on index {Index}";

    /// <summary>Decodes a message RTM_NEWNEIGH or RTM_DELNEIGH.</summary>
    /// <param name="message">The message.</param>
    /// <param name="neighbour">The neighbour, or null.</param>
    /// <returns>Whether the message is complete, of one of these types, and about IPv4 or IPv6.</returns>
    public static bool TryParse(NetlinkMessage message, [NotNullWhen(true)] out Neighbour? neighbour)
    {
        neighbour = null;
        var attributes = new AttributeTable(message.GetAttributes<ndmsg>());
        if ((message.Type != RTM_NEWNEIGH && message.Type != RTM_DELNEIGH)
            || !message.TryGetHeader(out ndmsg header) || !attributes.IsWellFormed
            || AttributeValues.Address(attributes, NDA_DST) is not { } address || AttributeValues.FamilyOf(address) != header.ndm_family)
            return false;
        neighbour = new Neighbour
        {
            Index = header.ndm_ifindex,
            Address = address,
            HardwareAddress = AttributeValues.HardwareAddress(attributes, NDA_LLADDR),
            State = header.ndm_state,
            Flags = header.ndm_flags,
        };
        return true;
    }

    internal void Write(NetlinkMessageWriter writer, int type, int flags)
    {
        writer.Begin(type, flags);
        writer.WriteHeader(new ndmsg
        {
            ndm_family = (byte)AttributeValues.FamilyOf(Address),
            ndm_ifindex = Index,
            ndm_state = AttributeValues.Byte(State),
            ndm_flags = AttributeValues.Byte(Flags),
        });
        writer.Write(NDA_DST, Address);
        if (HardwareAddress is not null)
            writer.Write(NDA_LLADDR, HardwareAddress.GetAddressBytes());
    }
}
