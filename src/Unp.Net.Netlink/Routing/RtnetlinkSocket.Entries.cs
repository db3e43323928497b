using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Addresses, routes, rules and neighbours.
public sealed partial class RtnetlinkSocket
{
    /// <summary>Returns the IPv4 and IPv6 addresses of the host.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="index">The index of a link, or 0 for all links.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one, or the index is negative.</exception>
    /// <exception cref="NetlinkException">ENODEV: no such link.</exception>
    public NetlinkDump<LinkAddress> GetAddresses(int family = AF_UNSPEC, int index = 0) =>
        client.List(EntryRequests.Addresses(family, index));

    /// <summary>Returns the IPv4 and IPv6 routes, without cached ones.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="table">The table, or 0 for all tables.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one.</exception>
    public NetlinkDump<Route> GetRoutes(int family = AF_UNSPEC, uint table = 0) => client.List(EntryRequests.Routes(family, table));

    /// <summary>Returns the rules that choose the routing table, in their order per family.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one.</exception>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel was built without rules.</exception>
    public NetlinkDump<Rule> GetRules(int family = AF_UNSPEC) => client.List(EntryRequests.Rules(family));

    /// <summary>Returns the neighbours that the host knows.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="index">The index of a link, or 0 for all links.</param>
    /// <param name="onlyProxies">Whether the proxy entries are returned, instead of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one, or the index is negative.</exception>
    public NetlinkDump<Neighbour> GetNeighbours(int family = AF_UNSPEC, int index = 0, bool onlyProxies = false) =>
        client.List(EntryRequests.Neighbours(family, index, onlyProxies));

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Add(LinkAddress address) => client.Execute(EntryRequests.Add(address));

    /// <summary>Adds an address to a link, or changes the lifetimes and flags of an existing one.</summary>
    /// <exception cref="NetlinkException">ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Replace(LinkAddress address) => client.Execute(EntryRequests.Replace(address));

    /// <summary>Removes an address.</summary>
    /// <exception cref="NetlinkException">EADDRNOTAVAIL: no such address. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Delete(LinkAddress address) => client.Execute(EntryRequests.Delete(address));

    /// <summary>Adds a route.</summary>
    /// <exception cref="NetlinkException">
    /// EEXIST: a route with this destination and metric is there. ENETUNREACH: the gateway is on no link. ENODEV: no such link. EPERM:
    /// CAP_NET_ADMIN is missing.
    /// </exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Add(Route route) => client.Execute(EntryRequests.Add(route));

    /// <summary>Adds a route, or replaces the one with its destination and metric.</summary>
    /// <exception cref="NetlinkException">ENETUNREACH, ENODEV, EPERM, as <see cref="Add(Route)"/>.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Replace(Route route) => client.Execute(EntryRequests.Replace(route));

    /// <summary>Replaces the existing route with the same destination and metric.</summary>
    /// <exception cref="NetlinkException">ENOENT: there is none. ENETUNREACH, ENODEV, EPERM, as <see cref="Add(Route)"/>.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Change(Route route) => client.Execute(EntryRequests.Change(route));

    /// <summary>Removes a route. Only what the argument states must be equal.</summary>
    /// <remarks>
    /// The kind and the origin are compared too. Their defaults are RTN_UNICAST and RTPROT_STATIC, and 0 stands for any. So a route that
    /// <c>ip route add</c> has made, whose origin is RTPROT_BOOT, needs <c>Protocol = 0</c>.
    /// </remarks>
    /// <exception cref="NetlinkException">ESRCH: no such route. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Delete(Route route) => client.Execute(EntryRequests.Delete(route));

    /// <summary>Adds a rule.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The action, the type of service or a protocol is not 0 to 255, or a port is not 0 to 65535.
    /// </exception>
    public void Add(Rule rule) => client.Execute(EntryRequests.Add(rule));

    /// <summary>Removes the first rule that has what the argument states.</summary>
    /// <remarks>
    /// The action and the origin are compared too. Their defaults are FR_ACT_TO_TBL and RTPROT_STATIC, and 0 stands for any, also for the
    /// table.
    /// </remarks>
    /// <exception cref="NetlinkException">ENOENT: no such rule. EPERM: CAP_NET_ADMIN is missing, or the rule is permanent.</exception>
    /// <exception cref="ArgumentException">
    /// The action, the type of service or a protocol is not 0 to 255, or a port is not 0 to 65535.
    /// </exception>
    public void Delete(Rule rule) => client.Execute(EntryRequests.Delete(rule));

    /// <summary>Adds a neighbour.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Add(Neighbour neighbour) => client.Execute(EntryRequests.Add(neighbour));

    /// <summary>Adds a neighbour, or replaces the one with its address.</summary>
    /// <exception cref="NetlinkException">ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Replace(Neighbour neighbour) => client.Execute(EntryRequests.Replace(neighbour));

    /// <summary>Changes an existing neighbour.</summary>
    /// <exception cref="NetlinkException">ENOENT: no such neighbour. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Change(Neighbour neighbour) => client.Execute(EntryRequests.Change(neighbour));

    /// <summary>Removes a neighbour.</summary>
    /// <exception cref="NetlinkException">ENOENT: no such neighbour. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Delete(Neighbour neighbour) => client.Execute(EntryRequests.Delete(neighbour));

    /// <summary>Returns the route that the kernel chooses for a packet to an address: what <c>ip route get</c> shows.</summary>
    /// <param name="destination">The address.</param>
    /// <exception cref="NetlinkException">
    /// ENETUNREACH, EHOSTUNREACH, EACCES: the packet would be refused with this error.
    /// </exception>
    public Route Lookup(IPAddress destination) => Lookup(new RouteLookup { Destination = destination });

    /// <summary>Returns the route that the kernel chooses for a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <exception cref="NetlinkException">
    /// ENETUNREACH, EHOSTUNREACH, EACCES: the packet would be refused with this error. EINVAL: the source address is none of the host's.
    /// ENODEV: no such link.
    /// </exception>
    /// <exception cref="ArgumentException">A port is not 0 to 65535, or the type of service or protocol is not 0 to 255.</exception>
    public Route Lookup(RouteLookup packet) => NetlinkWait.Result(LookupAsync(packet, NetlinkWait.Blocking));

    async ValueTask<Route> LookupAsync(RouteLookup packet, NetlinkWait wait)
    {
        NetlinkRequest<Route> request = EntryRequests.Lookup(packet);
        return await client.GetAsync(request, wait).ConfigureAwait(false)
            ?? throw new UnpException(Errno.EBADMSG, nameof(RTM_GETROUTE), request.Subject);
    }
}
