using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The requests about addresses, routes, rules and neighbours.</summary>
static class EntryRequests
{
    internal static NetlinkListRequest<LinkAddress> Addresses(int family, int index)
    {
        CheckFamily(family);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new NetlinkListRequest<LinkAddress>(
            new NetlinkRequest<LinkAddress>(
                writer =>
                {
                    writer.Begin(RTM_GETADDR, NLM_F_DUMP);
                    writer.WriteHeader(new ifaddrmsg { ifa_family = (byte)family, ifa_index = (uint)index });
                },
                LinkAddress.TryParse),
            address => index == 0 || address.Index == index);
    }

    internal static NetlinkListRequest<Route> Routes(int family, uint table) => PerFamily<Route>(
        family,
        (writer, one) =>
        {
            writer.Begin(RTM_GETROUTE, NLM_F_DUMP);
            writer.WriteHeader(new rtmsg { rtm_family = (byte)one });
            if (table != 0)
                writer.Write(RTA_TABLE, table);
        },
        Route.TryParse,
        route => (table == 0 || route.Table == table) && (route.Flags & (uint)RTM_F_CLONED) == 0,
        isEmptyIfAbsent: true); // a table that does not exist has no routes

    internal static NetlinkListRequest<Rule> Rules(int family) => PerFamily<Rule>(
        family,
        static (writer, one) =>
        {
            writer.Begin(RTM_GETRULE, NLM_F_DUMP);
            writer.WriteHeader(new fib_rule_hdr { family = (byte)one });
        },
        Rule.TryParse,
        rule => family == AF_UNSPEC || rule.Family == family);

    internal static NetlinkListRequest<Neighbour> Neighbours(int family, int index, bool onlyProxies)
    {
        CheckFamily(family);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new NetlinkListRequest<Neighbour>(
            new NetlinkRequest<Neighbour>(
                writer =>
                {
                    writer.Begin(RTM_GETNEIGH, NLM_F_DUMP);
                    writer.WriteHeader(
                        new ndmsg { ndm_family = (byte)family, ndm_flags = (byte)(onlyProxies ? NTF_PROXY : 0) });
                    if (index != 0)
                        writer.Write(NDA_IFINDEX, index);
                },
                Neighbour.TryParse),
            neighbour => (index == 0 || neighbour.Index == index) && ((neighbour.Flags & NTF_PROXY) != 0) == onlyProxies);
    }

    internal static NetlinkRequest Add(LinkAddress address) => Change(address, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);

    internal static NetlinkRequest Replace(LinkAddress address) => Change(address, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);

    internal static NetlinkRequest Delete(LinkAddress address) => Change(address, RTM_DELADDR, 0);

    internal static NetlinkRequest Add(Route route) => Change(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);

    internal static NetlinkRequest Replace(Route route) => Change(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);

    internal static NetlinkRequest Change(Route route) => Change(route, RTM_NEWROUTE, NLM_F_REPLACE);

    internal static NetlinkRequest Delete(Route route) => Change(route, RTM_DELROUTE, 0);

    internal static NetlinkRequest Add(Rule rule) => Change(rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);

    internal static NetlinkRequest Delete(Rule rule) => Change(rule, RTM_DELRULE, 0);

    internal static NetlinkRequest Add(Neighbour neighbour) => Change(neighbour, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL);

    internal static NetlinkRequest Replace(Neighbour neighbour) => Change(neighbour, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);

    internal static NetlinkRequest Change(Neighbour neighbour) => Change(neighbour, RTM_NEWNEIGH, NLM_F_REPLACE);

    internal static NetlinkRequest Delete(Neighbour neighbour) => Change(neighbour, RTM_DELNEIGH, 0);

    internal static NetlinkRequest<Route> Lookup(RouteLookup packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(packet.Destination);
        return new NetlinkRequest<Route>(packet.Write, Route.TryParse, $"{packet.Destination}");
    }

    static NetlinkRequest Change(LinkAddress address, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new NetlinkRequest(writer => address.Write(writer, type, flags), address.Subject);
    }

    static NetlinkRequest Change(Route route, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new NetlinkRequest(writer => route.Write(writer, type, flags), $"{route}");
    }

    static NetlinkRequest Change(Rule rule, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new NetlinkRequest(writer => rule.Write(writer, type, flags), $"{rule}");
    }

    static NetlinkRequest Change(Neighbour neighbour, int type, int flags)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        return new NetlinkRequest(writer => neighbour.Write(writer, type, flags), neighbour.Subject);
    }

    /// <summary>Returns the request for a list that the kernel has once per family.</summary>
    static NetlinkListRequest<T> PerFamily<T>(
        int family, Action<NetlinkMessageWriter, int> write, NetlinkParser<T> parse, Func<T, bool> isWanted, bool isEmptyIfAbsent = false)
        where T : class
    {
        CheckFamily(family);
        int[] families = family == AF_UNSPEC ? [AF_INET, AF_INET6] : [family];
        return new NetlinkListRequest<T>(
            [.. families.Select(one => new NetlinkRequest<T>(writer => write(writer, one), parse) { IsEmptyIfAbsent = isEmptyIfAbsent })],
            isWanted);
    }

    static void CheckFamily(int family)
    {
        if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6)
            throw new ArgumentOutOfRangeException(nameof(family), family, "The family must be AF_UNSPEC, AF_INET or AF_INET6.");
    }
}
