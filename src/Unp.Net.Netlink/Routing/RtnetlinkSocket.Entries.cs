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
    public NetlinkDump<LinkAddress> GetAddresses(int family = AF_UNSPEC, int index = 0)
    {
        CheckFamily(family);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        writer.Begin(RTM_GETADDR, NLM_F_DUMP);
        writer.WriteHeader(new ifaddrmsg { ifa_family = (byte)family, ifa_index = (uint)index });
        return Dump<LinkAddress>(LinkAddress.TryParse, address => index == 0 || address.Index == index);
    }

    /// <summary>Returns the IPv4 and IPv6 routes, without cached ones.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="table">The table, or 0 for all tables.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one.</exception>
    public NetlinkDump<Route> GetRoutes(int family = AF_UNSPEC, uint table = 0)
    {
        CheckFamily(family);
        return DumpFamilies(
            family,
            one =>
            {
                writer.Begin(RTM_GETROUTE, NLM_F_DUMP);
                writer.WriteHeader(new rtmsg { rtm_family = (byte)one });
                if (table != 0)
                    writer.Write(RTA_TABLE, table);
            },
            (NetlinkMessage message, out Route? route) => Route.TryParse(message, out route),
            route => (table == 0 || route.Table == table) && (route.Flags & (uint)RTM_F_CLONED) == 0);
    }

    /// <summary>Returns the rules that choose the routing table, in their order per family.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one.</exception>
    /// <exception cref="NetlinkException">EOPNOTSUPP: the kernel was built without rules.</exception>
    public NetlinkDump<Rule> GetRules(int family = AF_UNSPEC)
    {
        CheckFamily(family);
        return DumpFamilies(
            family,
            one =>
            {
                writer.Begin(RTM_GETRULE, NLM_F_DUMP);
                writer.WriteHeader(new fib_rule_hdr { family = (byte)one });
            },
            (NetlinkMessage message, out Rule? rule) => Rule.TryParse(message, out rule),
            rule => family == AF_UNSPEC || rule.Family == family);
    }

    /// <summary>Returns the neighbours that the host knows.</summary>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="index">The index of a link, or 0 for all links.</param>
    /// <param name="onlyProxies">Whether the proxy entries are returned, instead of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The family is another one, or the index is negative.</exception>
    public NetlinkDump<Neighbour> GetNeighbours(int family = AF_UNSPEC, int index = 0, bool onlyProxies = false)
    {
        CheckFamily(family);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        writer.Begin(RTM_GETNEIGH, NLM_F_DUMP);
        writer.WriteHeader(new ndmsg { ndm_family = (byte)family, ndm_flags = (byte)(onlyProxies ? NTF_PROXY : 0) });
        if (index != 0)
            writer.Write(NDA_IFINDEX, index);
        return Dump<Neighbour>(
            Neighbour.TryParse,
            neighbour => (index == 0 || neighbour.Index == index) && ((neighbour.Flags & NTF_PROXY) != 0) == onlyProxies);
    }

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Add(LinkAddress address) => Execute(address, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>Adds an address to a link, or changes the lifetimes and flags of an existing one.</summary>
    /// <exception cref="NetlinkException">ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Replace(LinkAddress address) => Execute(address, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);

    /// <summary>Removes an address.</summary>
    /// <exception cref="NetlinkException">EADDRNOTAVAIL: no such address. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The prefix is longer than the address, the preferred lifetime is longer than the valid one, or the scope is not 0 to 255.
    /// </exception>
    public void Delete(LinkAddress address) => Execute(address, RTM_DELADDR, 0);

    /// <summary>Adds a route.</summary>
    /// <exception cref="NetlinkException">
    /// EEXIST: a route with this destination and metric is there. ENETUNREACH: the gateway is on no link. ENODEV: no such link. EPERM:
    /// CAP_NET_ADMIN is missing.
    /// </exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Add(Route route) => Execute(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>Adds a route, or replaces the one with its destination and metric.</summary>
    /// <exception cref="NetlinkException">ENETUNREACH, ENODEV, EPERM, as <see cref="Add(Route)"/>.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Replace(Route route) => Execute(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);

    /// <summary>Replaces the existing route with the same destination and metric.</summary>
    /// <exception cref="NetlinkException">ENOENT: there is none. ENETUNREACH, ENODEV, EPERM, as <see cref="Add(Route)"/>.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Change(Route route) => Execute(route, RTM_NEWROUTE, NLM_F_REPLACE);

    /// <summary>Removes a route. Only what the argument states must be equal.</summary>
    /// <remarks>
    /// The kind and the origin are compared too. Their defaults are RTN_UNICAST and RTPROT_STATIC, and 0 stands for any. So a route that
    /// <c>ip route add</c> has made, whose origin is RTPROT_BOOT, needs <c>Protocol = 0</c>.
    /// </remarks>
    /// <exception cref="NetlinkException">ESRCH: no such route. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The weight of a next hop is not 1 to 256, or another number has no room in its byte.</exception>
    public void Delete(Route route) => Execute(route, RTM_DELROUTE, 0);

    /// <summary>Adds a rule.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">
    /// The action, the type of service or a protocol is not 0 to 255, or a port is not 0 to 65535.
    /// </exception>
    public void Add(Rule rule) => Execute(rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>Removes the first rule that has what the argument states.</summary>
    /// <remarks>
    /// The action and the origin are compared too. Their defaults are FR_ACT_TO_TBL and RTPROT_STATIC, and 0 stands for any, also for the
    /// table.
    /// </remarks>
    /// <exception cref="NetlinkException">ENOENT: no such rule. EPERM: CAP_NET_ADMIN is missing, or the rule is permanent.</exception>
    /// <exception cref="ArgumentException">
    /// The action, the type of service or a protocol is not 0 to 255, or a port is not 0 to 65535.
    /// </exception>
    public void Delete(Rule rule) => Execute(rule, RTM_DELRULE, 0);

    /// <summary>Adds a neighbour.</summary>
    /// <exception cref="NetlinkException">EEXIST: it is there. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Add(Neighbour neighbour) => Execute(neighbour, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>Adds a neighbour, or replaces the one with its address.</summary>
    /// <exception cref="NetlinkException">ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Replace(Neighbour neighbour) => Execute(neighbour, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);

    /// <summary>Changes an existing neighbour.</summary>
    /// <exception cref="NetlinkException">ENOENT: no such neighbour. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Change(Neighbour neighbour) => Execute(neighbour, RTM_NEWNEIGH, NLM_F_REPLACE);

    /// <summary>Removes a neighbour.</summary>
    /// <exception cref="NetlinkException">ENOENT: no such neighbour. ENODEV: no such link. EPERM: CAP_NET_ADMIN is missing.</exception>
    /// <exception cref="ArgumentException">The state or the flags are not 0 to 255.</exception>
    public void Delete(Neighbour neighbour) => Execute(neighbour, RTM_DELNEIGH, 0);

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
    public Route Lookup(RouteLookup packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        WriteLookup(packet);
        Route? route = null;
        foreach (NetlinkMessage answer in Socket.Query(writer, $"{packet.Destination}"))
        {
            if (Route.TryParse(answer, out Route? found))
                route = found;
        }
        return route ?? throw new UnpException(Errno.EBADMSG, nameof(RTM_GETROUTE), $"{packet.Destination}");
    }

    void WriteLookup(RouteLookup packet)
    {
        ArgumentNullException.ThrowIfNull(packet.Destination);
        int family = AttributeValues.FamilyOf(packet.Destination), bits = AttributeValues.BitsOf(family);
        writer.Begin(RTM_GETROUTE);
        writer.WriteHeader(new rtmsg
        {
            rtm_family = (byte)family,
            rtm_dst_len = (byte)bits,
            rtm_src_len = (byte)(packet.Source is null ? 0 : bits),
            rtm_tos = AttributeValues.Byte(packet.TypeOfService, nameof(packet.TypeOfService)),
            rtm_flags = (uint)(packet.ReturnsTableEntry ? RTM_F_FIB_MATCH : family == AF_INET ? RTM_F_LOOKUP_TABLE : 0),
        });
        writer.Write(RTA_DST, packet.Destination);
        if (packet.Source is not null)
            writer.Write(RTA_SRC, packet.Source);
        if (packet.InputIndex is { } input)
            writer.Write(RTA_IIF, input);
        if (packet.OutputIndex is { } output)
            writer.Write(RTA_OIF, output);
        if (packet.Mark is { } mark)
            writer.Write(RTA_MARK, mark);
        if (packet.UserId is { } user)
            writer.Write(RTA_UID, user);
        if (packet.IpProtocol is { } protocol)
            writer.Write(RTA_IP_PROTO, AttributeValues.Byte(protocol, nameof(packet.IpProtocol)));
        WritePort(RTA_SPORT, packet.SourcePort);
        WritePort(RTA_DPORT, packet.DestinationPort);
    }

    /// <summary>Writes a port in network byte order.</summary>
    void WritePort(int type, int? port)
    {
        if (port is not { } number)
            return;
        if (number is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"The port {number} is not 0 to 65535.", nameof(port));
        writer.Write(type, [(byte)(number >> 8), (byte)number]);
    }

    void Execute(LinkAddress address, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(address);
        address.Write(writer, type, flags);
        Socket.Execute(writer, address.Subject);
    }

    void Execute(Route route, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(route);
        route.Write(writer, type, flags);
        Socket.Execute(writer, $"{route}");
    }

    void Execute(Rule rule, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Write(writer, type, flags);
        Socket.Execute(writer, $"{rule}");
    }

    void Execute(Neighbour neighbour, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        neighbour.Write(writer, type, flags);
        Socket.Execute(writer, neighbour.Subject);
    }
}
