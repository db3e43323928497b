using System.Net;
using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>The main routing table as <c>route -n</c> prints it.</summary>
static class RouteTable
{
    public static void Print(RtnetlinkSocket routing, int family)
    {
        bool is4 = family == AF_INET;
        Console.WriteLine(is4 ? "Kernel IP routing table" : "Kernel IPv6 routing table");
        Console.WriteLine(
            is4 ? "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"
            : "Destination                    Next Hop                   Flag Met Ref  Use If");
        foreach (Route route in routing.GetRoutes(family, (uint)RT_TABLE_MAIN))
        {
            NextHop[] hops = route.NextHops.Count > 0
                ? [.. route.NextHops] : [new NextHop { Gateway = route.Gateway, Index = route.Index ?? 0 }];
            foreach (NextHop hop in hops)
                Console.WriteLine(is4 ? Line4(route, hop) : Line6(route, hop));
        }
    }

    static string Line4(Route route, NextHop hop)
    {
        bool isReject = IsReject(route);
        string gateway = isReject ? "-" : $"{hop.Gateway ?? IPAddress.Any}", mask = $"{PrefixMask.Of(route.Destination.PrefixLength, 32)}";
        string device = hop.Index != 0 ? NameOf(hop.Index) : isReject ? "-" : "*";
        return $"{route.Destination.BaseAddress,-15} {gateway,-15} {mask,-15} {Flags(route, hop),-5} {route.Metric ?? 0,-6} "
            + $"{(isReject ? "-" : "0"),-2} {0,7} {device}";
    }

    static string Line6(Route route, NextHop hop) =>
        $"{route.Destination,-30} {$"{hop.Gateway ?? IPAddress.IPv6Any}",-26} {Flags(route, hop),-4} {route.Metric ?? 0,-3} "
        + $"{0,-3} {0,4} {NameOf(hop.Index)}";

    /// <summary>Returns the letters of a route: U for up or ! for rejected, G gateway, H host, n no next hop, e expires.</summary>
    static string Flags(Route route, NextHop hop)
    {
        bool isHost = route.Destination.PrefixLength == route.Destination.BaseAddress.GetAddressBytes().Length * 8;
        bool is6 = route.Family == AF_INET6;
        return (IsReject(route) ? "!" : "U") + (hop.Gateway is null ? "" : "G") + (isHost ? "H" : "")
            + (is6 && IsReject(route) ? "n" : "") + (route.Lifetime is null ? "" : "e");
    }

    /// <summary>
    /// Returns whether the route has the flag RTF_REJECT. The kernel gives it to IPv4 routes that report an error to the sender, and to all
    /// IPv6 routes without a next hop.
    /// </summary>
    static bool IsReject(Route route) =>
        route.Kind == RTN_UNREACHABLE || route.Kind == RTN_PROHIBIT
        || (route.Family == AF_INET6 && (route.Kind == RTN_BLACKHOLE || route.Kind == RTN_THROW));

    static string NameOf(int index) => if_indextoname((uint)index) ?? $"if{index}";
}
