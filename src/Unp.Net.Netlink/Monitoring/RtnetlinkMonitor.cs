using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Unp.Net.Pipelines;
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
/// gone. If a list fails or is cancelled, the next read requests it again.</para>
/// <para>A monitor of <see cref="OpenAsync(EventLoop, MonitorTopics, CancellationToken)"/> is awaited on an event loop.</para>
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
public sealed partial class RtnetlinkMonitor : IDisposable
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
        : this(open, topics)
    {
        try
        {
            NetlinkWait.Result(ListFirstAsync(NetlinkWait.Blocking));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Opens the sockets.</summary>
    RtnetlinkMonitor(Func<NetlinkSocket> open, MonitorTopics topics)
    {
        ArgumentNullException.ThrowIfNull(open);
        this.topics = topics & MonitorTopics.All;
        tables = [.. Enum.GetValues<MonitorTopics>().Where(IsWatched).Select(topic => new MonitorTable(topic))];
        notifications = open();
        NetlinkSocket? second = null;
        try
        {
            second = open();
            requests = new RtnetlinkSocket(second) { DumpAttempts = ListAttempts };
        }
        catch
        {
            notifications.Dispose();
            second?.Dispose();
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
    public NetlinkChange Read() => NetlinkWait.Result(NextAsync(NetlinkWait.Blocking))
        ?? throw new UnpException(Errno.ETIMEDOUT, "recvfrom", $"{Descriptor}");

    /// <summary>Returns the next change if there is one.</summary>
    /// <param name="change">The change, or null.</param>
    /// <returns>Whether something has changed.</returns>
    public bool TryRead([NotNullWhen(true)] out NetlinkChange? change)
    {
        while (!changes.TryDequeue(out change))
        {
            NetlinkSocket.Arrival arrival = notifications.ReceiveAvailable();
            if (arrival != NetlinkSocket.Arrival.Nothing)
                Process(arrival);
            else if (stale != MonitorTopics.None)
                NetlinkWait.Result(ResynchronizeAsync(stale, NetlinkWait.Blocking));
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

    /// <summary>Returns the next change, or null if a wait that blocks took too long.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<NetlinkChange?> NextAsync(NetlinkWait wait)
    {
        NetlinkChange? change;
        while (!changes.TryDequeue(out change))
        {
            // Waiting notifications are older than the list that repairs the stale topics, so they come first.
            bool isStale = stale != MonitorTopics.None;
            NetlinkSocket.Arrival arrival =
                isStale ? notifications.ReceiveAvailable() : await notifications.ReceiveDatagramAsync(wait).ConfigureAwait(false);
            if (arrival != NetlinkSocket.Arrival.Nothing)
                Process(arrival);
            else if (isStale)
                await ResynchronizeAsync(stale, wait).ConfigureAwait(false);
            else
                return null;
        }
        return change;
    }

    static bool IsShown(Route route) => (route.Flags & (uint)RTM_F_CLONED) == 0;

    /// <summary>Leaves out proxies, which are not listed, and the kernel's own entries, for which it sends no notification.</summary>
    static bool IsShown(Neighbour neighbour) => (neighbour.Flags & NTF_PROXY) == 0 && neighbour.State != NUD_NOARP;
}
