using System.Net.NetworkInformation;

namespace Unp.Net;

/// <summary>An address of a network interface that is up: the book's <c>struct ifi_info</c> (UNP 17.6).</summary>
/// <remarks>It is a snapshot that owns its values, so nothing has to be freed. <see cref="Libunp.Get_ifi_info"/> returns them.</remarks>
public sealed record IfiInfo
{
    /// <summary>Creates a description for <see cref="Libunp.Get_ifi_info"/>.</summary>
    internal IfiInfo()
    {
    }

    /// <summary>Gets the name of the interface, without the suffix of an alias.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the index of the interface, at least 1.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the maximum number of bytes of a packet.</summary>
    public required int Mtu { get; init; }

    /// <summary>Gets the hardware address; null if the interface has none, as a loopback.</summary>
    public PhysicalAddress? HardwareAddress { get; init; }

    /// <summary>Gets the flags IFF_UP, IFF_BROADCAST, IFF_MULTICAST, IFF_LOOPBACK, IFF_POINTOPOINT...</summary>
    public required int Flags { get; init; }

    /// <summary>Gets whether the interface has an earlier address of the same family (C's IFI_ALIAS).</summary>
    public bool IsAlias { get; init; }

    /// <summary>Gets the IPv4 or IPv6 address, with port 0. A link-local address has its scope id.</summary>
    public required SockAddr Address { get; init; }

    /// <summary>Gets the netmask, with port 0. It is empty if the system reports none.</summary>
    public required SockAddr Netmask { get; init; }

    /// <summary>
    /// Gets the IPv4 broadcast address, with port 0, if the interface has IFF_BROADCAST: the configured one, otherwise the last address of
    /// the subnet. It is null in a subnet of one or two addresses, and for IPv6.
    /// </summary>
    public SockAddr? BroadcastAddress { get; init; }

    /// <summary>Gets the address of the peer, with port 0, on a point-to-point link or if another peer was configured; or null.</summary>
    public SockAddr? DestinationAddress { get; init; }

    /// <summary>Returns the name and the address: <c>"eth0 192.0.2.1"</c>.</summary>
    public override string ToString() => $"{Name} {Libunp.Sock_ntop_host(Address)}";
}
