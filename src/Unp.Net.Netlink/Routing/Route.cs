using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A route (<c>rtnetlink(7)</c>): what <c>ip route</c> shows and sets.</summary>
/// <example>
/// <code>
/// using var routing = new RtnetlinkSocket();
/// routing.Add(new Route { Destination = IPNetwork.Parse("198.51.100.0/24"), Gateway = IPAddress.Parse("192.0.2.1") });
/// </code>
/// </example>
public sealed partial record Route
{
    /// <summary>Gets the destination; <c>0.0.0.0/0</c> or <c>::/0</c> is the default route.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>
    /// Gets the prefix that the source address of a packet must have, or null. Only IPv6 routes and the answers to lookups have it.
    /// </summary>
    public IPNetwork? Source { get; init; }

    /// <summary>Gets the address of the next router, or null if the destination is on the link. It may be IPv6 for an IPv4 route.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Gets the index of the outgoing link, or null.</summary>
    public int? Index { get; init; }

    /// <summary>Gets the next hops of a route with several; otherwise the list is empty.</summary>
    public IReadOnlyList<NextHop> NextHops { get; init => field = ValueList<NextHop>.Of(value); } = ValueList<NextHop>.Empty;

    /// <summary>Gets the identifier of a next-hop object that the route uses, or null.</summary>
    /// <remarks>
    /// A list also has the object's gateways and links. A request has the identifier only, and ignores <see cref="Gateway"/>,
    /// <see cref="Index"/> and <see cref="NextHops"/>.
    /// </remarks>
    public uint? NextHopId { get; init; }

    /// <summary>Gets the table: RT_TABLE_MAIN (254) by default, RT_TABLE_LOCAL (255), or any other number.</summary>
    public uint Table { get; init; } = (uint)RT_TABLE_MAIN;

    /// <summary>Gets the kind: RTN_UNICAST by default, RTN_LOCAL, RTN_BLACKHOLE, RTN_UNREACHABLE...</summary>
    public int Kind { get; init; } = RTN_UNICAST;

    /// <summary>Gets the origin: RTPROT_STATIC by default, RTPROT_KERNEL, RTPROT_BOOT...</summary>
    public int Protocol { get; init; } = RTPROT_STATIC;

    /// <summary>
    /// Gets the scope, RT_SCOPE_UNIVERSE, RT_SCOPE_LINK, RT_SCOPE_HOST; null in a request lets the kind and gateway decide, as <c>ip</c>
    /// does.
    /// </summary>
    public int? Scope { get; init; }

    /// <summary>
    /// Gets the priority (RTA_PRIORITY). Of two routes to a destination the lower number wins. Null is 0 for IPv4 and 1024 for an IPv6
    /// request.
    /// </summary>
    public uint? Metric { get; init; }

    /// <summary>Gets the preferred source address of the host's own packets, or null.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>Gets the type of service that packets must have; 0 for any.</summary>
    public int TypeOfService { get; init; }

    /// <summary>Gets the flags of the route and its only next hop, a combination of RTNH_F_ONLINK, RTM_F_CLONED...</summary>
    public uint Flags { get; init; }

    /// <summary>Gets the settings for connections over the route (RTA_METRICS). The priority is <see cref="Metric"/>.</summary>
    public RouteMetrics Metrics { get; init; } = RouteMetrics.None;

    /// <summary>Gets the time until the kernel removes the route (IPv6); null for no limit.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Gets the preference of an IPv6 default router: 0 medium, 1 high, 3 low; null if it is not known.</summary>
    public int? Preference { get; init; }

    /// <summary>Gets the address family, AF_INET or AF_INET6.</summary>
    public int Family => AttributeValues.FamilyOf(Destination.BaseAddress);

    /// <summary>Returns the destination and the next hop: <c>"198.51.100.0/24 via 192.0.2.1 index 2"</c>.</summary>
    public override string ToString()
    {
        string via = Gateway is null ? "" : $" via {Gateway}", on = Index is null ? "" : $" index {Index}";
        return $"{Destination}{via}{on}{string.Concat(NextHops.Select(hop => $" nexthop {hop}"))}";
    }
}

/// <summary>One of several next hops of a route.</summary>
public sealed record NextHop
{
    /// <summary>Gets the address of the router, or null if the destination is on the link.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Gets the index of the outgoing link; 0 in a request lets the gateway decide.</summary>
    public int Index { get; init; }

    /// <summary>Gets the share of the flows that use this next hop, 1 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Gets the flags, a combination of RTNH_F_ONLINK, RTNH_F_DEAD...</summary>
    public int Flags { get; init; }

    /// <summary>Returns the router, the link and the weight.</summary>
    public override string ToString() => $"{(Gateway is null ? "" : $"via {Gateway} ")}index {Index} weight {Weight}";
}

/// <summary>Settings for connections over a route (RTA_METRICS). Null is the kernel's default.</summary>
public sealed record RouteMetrics
{
    /// <summary>Gets the object without any setting.</summary>
    public static RouteMetrics None { get; } = new();

    /// <summary>Gets the path MTU in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Gets the largest window that is advertised, in bytes.</summary>
    public uint? Window { get; init; }

    /// <summary>Gets the segment size that TCP advertises, in bytes.</summary>
    public uint? AdvertisedSegmentSize { get; init; }

    /// <summary>Gets the hop limit, or time to live, of packets.</summary>
    public uint? HopLimit { get; init; }

    /// <summary>Gets TCP's first congestion window, in segments.</summary>
    public uint? InitialCongestionWindow { get; init; }

    /// <summary>Gets TCP's first receive window, in segments.</summary>
    public uint? InitialReceiveWindow { get; init; }

    /// <summary>Gets TCP's shortest retransmission time-out.</summary>
    public TimeSpan? MinimumRetransmissionTimeout { get; init; }

    /// <summary>Gets the settings that the kernel must not adapt: a combination of <c>1 &lt;&lt; RTAX_MTU</c> and the like.</summary>
    public uint Locked { get; init; }

    /// <summary>Gets TCP's congestion control: <c>"bbr"</c>; null is the system's default.</summary>
    public string? CongestionControl { get; init; }
}
