using System.Net;

namespace Unp.Net.Netlink;

/// <summary>The packet for which <see cref="RtnetlinkSocket.Lookup(RouteLookup)"/> looks up the route.</summary>
/// <remarks>A property that is null is left to the kernel.</remarks>
public sealed record RouteLookup
{
    /// <summary>Gets the destination address.</summary>
    public required IPAddress Destination { get; init; }

    /// <summary>Gets the source address.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Gets the index of the link on which the packet arrives. Without it the packet is the host's own.</summary>
    public int? InputIndex { get; init; }

    /// <summary>Gets the index of the link that the sending socket is bound to.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>Gets the mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>Gets the user whose packet it is.</summary>
    public uint? UserId { get; init; }

    /// <summary>Gets the type of service.</summary>
    public int TypeOfService { get; init; }

    /// <summary>Gets the IP protocol: IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP.</summary>
    public int? IpProtocol { get; init; }

    /// <summary>Gets the source port, if <see cref="IpProtocol"/> has ports.</summary>
    public int? SourcePort { get; init; }

    /// <summary>Gets the destination port, if <see cref="IpProtocol"/> has ports.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>Gets whether the answer is the entry of the table instead of the route to the one address (RTM_F_FIB_MATCH).</summary>
    public bool ReturnsTableEntry { get; init; }
}
