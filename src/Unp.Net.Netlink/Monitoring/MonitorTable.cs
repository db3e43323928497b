namespace Unp.Net.Netlink;

/// <summary>The objects of one topic that a monitor knows, by their identity.</summary>
sealed class MonitorTable(MonitorTopics topic)
{
    Dictionary<object, object> items = [];

    internal MonitorTopics Topic => topic;

    internal IEnumerable<object> Items => items.Values;

    /// <summary>Enters an object, and returns the change, or null if nothing changed.</summary>
    internal NetlinkChange? Add(object item)
    {
        object identity = IdentityOf(item);
        bool isKnown = items.TryGetValue(identity, out object? previous);
        items[identity] = item;
        return !isKnown ? new NetlinkChange(NetlinkChangeKind.Added, item)
            : Equals(StateOf(previous!), StateOf(item)) ? null
            : new NetlinkChange(NetlinkChangeKind.Changed, item, previous);
    }

    /// <summary>Removes an object, and returns the change, or null if it was unknown.</summary>
    internal NetlinkChange? Remove(object item) =>
        items.Remove(IdentityOf(item), out object? last) ? new NetlinkChange(NetlinkChangeKind.Removed, last) : null;

    /// <summary>Returns the routes that a replacement can concern.</summary>
    internal List<Route> RoutesLike(Route route) => [.. items.Values.Cast<Route>().Where(other => KeyOf(other) == KeyOf(route))];

    /// <summary>Removes the objects that a list lacks.</summary>
    internal IEnumerable<NetlinkChange> RemoveOthers(IEnumerable<object> list)
    {
        HashSet<object> identities = [.. list.Select(IdentityOf)];
        foreach (object identity in items.Keys.Where(identity => !identities.Contains(identity)).ToList())
        {
            items.Remove(identity, out object? last);
            yield return new NetlinkChange(NetlinkChangeKind.Removed, last!);
        }
    }

    /// <summary>
    /// Returns the part of an object that tells it from others. Several IPv4 routes can have the same destination and metric, so a route is
    /// identified by all that it states.
    /// </summary>
    static object IdentityOf(object item) => item switch
    {
        Link link => link.Index,
        LinkAddress address => (address.Index, address.Address, address.PrefixLength, address.Peer),
        Neighbour neighbour => (neighbour.Index, neighbour.Address),
        Rule rule => rule with { Flags = 0 },
        Route route => route with
        {
            Flags = 0,
            Lifetime = null,
            NextHops = [.. route.NextHops.Select(WithoutFlags)],
        },
        _ => item,
    };

    /// <summary>Returns the part of an object whose change is reported: not the counters and the remaining lifetimes.</summary>
    static object StateOf(object item) => item switch
    {
        Link link => link with { Statistics = default },
        LinkAddress address => address with
        {
            PreferredLifetime = WithoutLength(address.PreferredLifetime),
            ValidLifetime = WithoutLength(address.ValidLifetime),
        },
        Route route => route with { Lifetime = WithoutLength(route.Lifetime) },
        _ => item,
    };

    static (uint Table, System.Net.IPNetwork Destination, System.Net.IPNetwork? Source, int TypeOfService, uint? Metric) KeyOf(
        Route route) =>
        (route.Table, route.Destination, route.Source, route.TypeOfService, route.Metric);

    static NextHop WithoutFlags(NextHop hop) => hop with { Flags = 0 };

    /// <summary>Keeps whether a lifetime is limited.</summary>
    static TimeSpan? WithoutLength(TimeSpan? lifetime) => lifetime is null ? null : TimeSpan.Zero;
}
