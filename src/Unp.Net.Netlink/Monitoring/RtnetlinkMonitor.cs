using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>
/// A monitor of links, addresses, routes, neighbours and rules, like <c>ip monitor</c>, which misses no change (<c>rtnetlink(7)</c>).
/// </summary>
/// <remarks>
/// <para>The monitor subscribes first and lists the objects afterwards, so nothing is lost in between. <see cref="Current"/> is the list,
/// and each change says how to get from one state of the list to the next.</para>
/// <para>If notifications were lost, because the receive buffer was full (ENOBUFS), the monitor lists the objects again and reports the
/// difference. It does the same for IPv4 routes that the kernel removes without a notification, because their link or address is
/// gone.</para>
/// <para>Counters and remaining lifetimes are no change. A monitor must not be used by two threads at the same time.</para>
/// </remarks>
/// <example>
/// <code>
/// using var monitor = new RtnetlinkMonitor(MonitorTopics.Links | MonitorTopics.Addresses);
/// while (true)
/// {
///     NetlinkChange change = monitor.Read();
///     if (change.Item is Link { IsUp: false } link)
///         Console.WriteLine($"{link.Name} is down");
/// }
/// </code>
/// </example>
public sealed class RtnetlinkMonitor : IDisposable
{
    const int ListAttempts = 20;

    readonly MonitorTopics topics;
    readonly NetlinkSocket notifications;
    readonly RtnetlinkSocket requests;
    readonly MonitorTable[] tables;
    readonly Queue<NetlinkChange> changes = new();
    MonitorTopics stale;

    /// <summary>Watches the network namespace of the calling thread.</summary>
    /// <param name="topics">The objects to watch.</param>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS.</exception>
    public RtnetlinkMonitor(MonitorTopics topics = MonitorTopics.All)
        : this(topics, () => new NetlinkSocket(NETLINK_ROUTE))
    {
    }

    /// <summary>Watches a network namespace by sockets that are made in it.</summary>
    /// <param name="topics">The objects to watch.</param>
    /// <param name="open">
    /// Opens a socket of NETLINK_ROUTE. It is called twice, because notifications and answers need a socket each. The monitor owns the
    /// sockets. The first one's <see cref="NetlinkSocket.Timeout"/> limits <see cref="Read"/>.
    /// </param>
    /// <exception cref="ArgumentException">A socket has another protocol.</exception>
    public RtnetlinkMonitor(MonitorTopics topics, Func<NetlinkSocket> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        this.topics = topics & MonitorTopics.All;
        tables = [.. Enum.GetValues<MonitorTopics>().Where(IsWatched).Select(topic => new MonitorTable(topic))];
        notifications = open();
        try
        {
            requests = new RtnetlinkSocket(open()) { DumpAttempts = ListAttempts };
            Subscribe();
            Resynchronize(this.topics);
            changes.Clear();
        }
        catch
        {
            notifications.Dispose();
            requests?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets the descriptor of the notifications, for a <see cref="Poller"/>. Before a wait, call <see cref="TryRead"/> until it returns
    /// false, because one notification can cause several changes. Do not close it.
    /// </summary>
    public Fd Descriptor => notifications.Descriptor;

    /// <summary>Gets the objects after all changes that the monitor knows, including those that were not read yet.</summary>
    public IEnumerable<object> Current => tables.SelectMany(table => table.Items);

    /// <summary>Gets how often the kernel dropped notifications, so that the monitor listed the objects again.</summary>
    public int Overruns { get; private set; }

    /// <summary>Waits for the next change, at most the <see cref="NetlinkSocket.Timeout"/> of the first socket.</summary>
    /// <exception cref="UnpException">ETIMEDOUT: nothing has changed in time.</exception>
    public NetlinkChange Read()
    {
        NetlinkChange? change;
        while (!TryRead(out change))
        {
            NetlinkSocket.Arrival arrival = notifications.ReceiveDatagram();
            if (arrival == NetlinkSocket.Arrival.Nothing)
                throw new UnpException(Errno.ETIMEDOUT, "recvfrom", $"{Descriptor}");
            Process(arrival);
        }
        return change;
    }

    /// <summary>Returns the next change if there is one.</summary>
    /// <param name="change">The change, or null.</param>
    /// <returns>Whether something has changed.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NetlinkChange? change)
    {
        while (!changes.TryDequeue(out change))
        {
            NetlinkSocket.Arrival arrival = notifications.ReceiveAvailable();
            if (arrival != NetlinkSocket.Arrival.Nothing)
                Process(arrival);
            else if (stale != MonitorTopics.None)
                Resynchronize(stale);
            else
                return false;
        }
        return true;
    }

    /// <summary>Closes both sockets.</summary>
    public void Dispose()
    {
        notifications.Dispose();
        requests.Dispose();
    }

    /// <summary>Returns the topics and the descriptor.</summary>
    public override string ToString() => $"monitor of {topics} by {notifications}";

    bool IsWatched(MonitorTopics topic) => topic != MonitorTopics.All && (topics & topic) != 0;

    void Subscribe()
    {
        bool hasRoutes = IsWatched(MonitorTopics.Routes);
        if (hasRoutes || IsWatched(MonitorTopics.Links))
            notifications.Join(RTNLGRP_LINK);
        if (hasRoutes || IsWatched(MonitorTopics.Addresses))
            Join(RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR);
        if (hasRoutes)
            Join(RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE);
        if (IsWatched(MonitorTopics.Neighbours))
            notifications.Join(RTNLGRP_NEIGH);
        if (IsWatched(MonitorTopics.Rules))
            Join(RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE);
    }

    void Join(int first, int second)
    {
        notifications.Join(first);
        notifications.Join(second);
    }

    void Process(NetlinkSocket.Arrival arrival)
    {
        if (arrival == NetlinkSocket.Arrival.Overrun)
        {
            // Waiting notifications are older than the list that follows. The kernel drops new ones until the buffer has room.
            while (notifications.ReceiveAvailable() != NetlinkSocket.Arrival.Nothing)
            {
            }
            Overruns++;
            stale = topics;
            return;
        }
        foreach (NetlinkMessage message in new NetlinkMessages(notifications.Received))
            Process(message);
    }

    void Process(NetlinkMessage message)
    {
        int type = message.Type;
        if (Link.TryParse(message, out Link? link))
        {
            Enter(MonitorTopics.Links, link, isNew: type == RTM_NEWLINK);
            if (type == RTM_DELLINK || !link.IsUp)
                stale |= topics & MonitorTopics.Routes;
        }
        else if (LinkAddress.TryParse(message, out LinkAddress? address))
        {
            Enter(MonitorTopics.Addresses, address, isNew: type == RTM_NEWADDR);
            if (type == RTM_DELADDR)
                stale |= topics & MonitorTopics.Routes;
        }
        else if (Route.TryParse(message, out Route? route))
        {
            ProcessRoute(route, type == RTM_NEWROUTE, message.Flags);
        }
        else if (Neighbour.TryParse(message, out Neighbour? neighbour) && IsShown(neighbour))
        {
            Enter(MonitorTopics.Neighbours, neighbour, isNew: type == RTM_NEWNEIGH);
        }
        else if (Rule.TryParse(message, out Rule? rule))
        {
            Enter(MonitorTopics.Rules, rule, isNew: type == RTM_NEWRULE);
        }
    }

    void ProcessRoute(Route route, bool isNew, int flags)
    {
        if (Table(MonitorTopics.Routes) is not { } table || !IsShown(route))
            return;
        if (!isNew)
        {
            // If an IPv6 route loses one of its next hops, the kernel may report only that next hop.
            if (table.Remove(route) is { } removed)
                changes.Enqueue(removed);
            else
                stale |= MonitorTopics.Routes;
            return;
        }
        bool isReplacement = (flags & NLM_F_REPLACE) != 0 || ((flags & NLM_F_APPEND) != 0 && route.Family == AF_INET6);
        List<Route> replaced = isReplacement ? table.RoutesLike(route) : [];
        if (replaced.Count > 1)
        {
            stale |= MonitorTopics.Routes; // the notification does not say which one is replaced
            return;
        }
        NetlinkChange? old = replaced.Count == 1 ? table.Remove(replaced[0]) : null;
        NetlinkChange? change = table.Add(route);
        if (old is not null)
            change = Equals(old.Item, route) ? null : new NetlinkChange(NetlinkChangeKind.Changed, route, old.Item);
        if (change is not null)
            changes.Enqueue(change);
    }

    void Enter(MonitorTopics topic, object item, bool isNew)
    {
        if (Table(topic) is { } table && (isNew ? table.Add(item) : table.Remove(item)) is { } change)
            changes.Enqueue(change);
    }

    MonitorTable? Table(MonitorTopics topic) => Array.Find(tables, table => table.Topic == topic);

    /// <summary>Lists the objects of some topics, and enters the difference.</summary>
    void Resynchronize(MonitorTopics wanted)
    {
        stale &= ~wanted;
        List<(MonitorTable Table, List<object> Items)> lists = [];
        foreach (MonitorTable table in tables.Where(table => (table.Topic & wanted) != 0))
        {
            List<object> items = List(table.Topic, out bool wasInterrupted);
            lists.Add((table, items));

            // An interrupted list may lack objects that exist, so only a later list can tell which ones are gone.
            if (wasInterrupted)
                stale |= table.Topic;
        }
        foreach ((MonitorTable table, List<object> items) in Enumerable.Reverse(lists).Where(list => (stale & list.Table.Topic) == 0))
            Enqueue(table.RemoveOthers(items));
        foreach ((MonitorTable table, List<object> items) in lists)
            Enqueue(items.Select(table.Add).OfType<NetlinkChange>());
    }

    void Enqueue(IEnumerable<NetlinkChange> found)
    {
        foreach (NetlinkChange change in found)
            changes.Enqueue(change);
    }

    List<object> List(MonitorTopics topic, out bool wasInterrupted)
    {
        switch (topic)
        {
            case MonitorTopics.Links:
                return Taken(requests.GetLinks(), _ => true, out wasInterrupted);
            case MonitorTopics.Addresses:
                return Taken(requests.GetAddresses(), _ => true, out wasInterrupted);
            case MonitorTopics.Routes:
                // The kernel notifies before it removes routes of a link or address, and lists routes without its lock. A list of links
                // waits for the lock, so the routes are gone afterwards.
                requests.GetLinks();
                return Taken(requests.GetRoutes(), IsShown, out wasInterrupted);
            case MonitorTopics.Neighbours:
                return Taken(requests.GetNeighbours(), IsShown, out wasInterrupted);
            default:
                return Taken(requests.GetRules(), _ => true, out wasInterrupted);
        }
    }

    static List<object> Taken<T>(NetlinkDump<T> dump, Func<T, bool> isShown, out bool wasInterrupted)
    {
        wasInterrupted = dump.IsInterrupted;
        return [.. dump.Where(isShown).Cast<object>()];
    }

    static bool IsShown(Route route) => (route.Flags & (uint)RTM_F_CLONED) == 0;

    /// <summary>Leaves out proxies, which are not listed, and the kernel's own entries, for which it sends no notification.</summary>
    static bool IsShown(Neighbour neighbour) => (neighbour.Flags & NTF_PROXY) == 0 && neighbour.State != NUD_NOARP;
}
