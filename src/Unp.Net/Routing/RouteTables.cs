using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The requests for routes and interfaces on Linux, on a given netlink socket.</summary>
[SupportedOSPlatform("linux")]
static class RouteTables
{
    /// <summary>Returns the routes of the main table.</summary>
    /// <param name="netlink">The socket.</param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC for both.</param>
    /// <param name="flags">0, or flags of which a route must have at least one.</param>
    internal static RouteEntry[] Routes(RouteNetlink netlink, int family, int flags)
    {
        rtmsg request = new() { rtm_family = (byte)family };
        List<RouteEntry> routes = netlink.Dump<RouteEntry>(
            RTM_GETROUTE,
            BytesOf(request),
            (content, list) => RouteNetlinkDecoder.AddRoutes(content, list, isOfMainTable: true),
            "net_rt_dump");
        routes.RemoveAll(route => family != AF_UNSPEC && route.Destination.Family != family);
        if (flags != 0)
            routes.RemoveAll(route => (route.Flags & flags) == 0);
        return [.. routes];
    }

    /// <summary>Returns the interfaces with their addresses.</summary>
    /// <param name="netlink">The socket.</param>
    /// <param name="family">The family of the addresses: AF_INET, AF_INET6 or AF_UNSPEC for both.</param>
    /// <param name="ifindex">The index of the only interface, or 0 for all.</param>
    internal static InterfaceEntry[] Interfaces(RouteNetlink netlink, int family, uint ifindex)
    {
        ifinfomsg links = new() { ifi_family = (byte)AF_UNSPEC };
        ifaddrmsg request = new() { ifa_family = (byte)family };
        var interfaces = netlink.Dump<InterfaceEntry>(RTM_GETLINK, BytesOf(links), RouteNetlinkDecoder.AddInterface, "net_rt_iflist");
        var addresses = netlink.Dump<(uint Index, InterfaceEntryAddress Address)>(
            RTM_GETADDR, BytesOf(request), RouteNetlinkDecoder.AddAddress, "net_rt_iflist");
        if (ifindex != 0)
            interfaces.RemoveAll(one => one.Index != ifindex);
        var byIndex = interfaces.ToDictionary(one => one.Index);
        foreach (var (index, address) in addresses)
        {
            // An interface that has appeared between the two dumps is missing.
            if ((family == AF_UNSPEC || address.Address.Family == family) && byIndex.TryGetValue(index, out InterfaceEntry? owner))
                owner.AddressList.Add(address);
        }
        return [.. interfaces];
    }

    /// <summary>Returns the entry of the tables that the kernel uses for a destination.</summary>
    internal static RouteEntry Lookup(RouteNetlink netlink, in SockAddr destination)
    {
        SockAddr target = destination;
        Span<byte> ip = target.AddressBytes;
        uint scope = target.ScopeId;
        byte[] request =
        [
            .. BytesOf(new rtmsg
            {
                rtm_family = (byte)target.Family,
                rtm_dst_len = (byte)(ip.Length * 8),
                rtm_flags = (uint)RTM_F_FIB_MATCH,
            }),
            .. BytesOf(new rtattr { rta_len = (ushort)(4 + ip.Length), rta_type = (ushort)RTA_DST }),
            .. ip,
        ];
        if (scope != 0)
            request = [.. request, .. BytesOf(new rtattr { rta_len = 8, rta_type = (ushort)RTA_OIF }), .. BytesOf(scope)];
        var found = new List<RouteEntry>();
        netlink.Exchange(
            RTM_GETROUTE,
            flags: 0,
            request,
            content => RouteNetlinkDecoder.AddRoutes(content, found, isOfMainTable: false),
            "RTM_GET",
            target.Ntop(withPort: false));
        return found is [var route, ..] ? route : throw RouteNetlink.Damaged("RTM_GET");
    }

    static byte[] BytesOf<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
