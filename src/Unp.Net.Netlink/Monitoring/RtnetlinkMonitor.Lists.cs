using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Subscription, and the lists that follow it and each overrun.
public sealed partial class RtnetlinkMonitor
{
    /// <summary>Subscribes, and lists the objects afterwards.</summary>
    async ValueTask<bool> ListFirstAsync(NetlinkWait wait)
    {
        Subscribe();
        await ResynchronizeAsync(topics, wait).ConfigureAwait(false);
        changes.Clear();
        return true;
    }

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

    /// <summary>Lists the objects of some topics, and enters the difference. After a failure the topics are still stale.</summary>
    async ValueTask<bool> ResynchronizeAsync(MonitorTopics wanted, NetlinkWait wait)
    {
        List<(MonitorTable Table, List<object> Items)> lists = [];
        MonitorTopics interrupted = MonitorTopics.None;
        foreach (MonitorTable table in tables.Where(table => (table.Topic & wanted) != 0))
        {
            (List<object> items, bool wasInterrupted) = await ListAsync(table.Topic, wait).ConfigureAwait(false);
            lists.Add((table, items));

            // An interrupted list may lack objects that exist, so only a later list can tell which ones are gone.
            if (wasInterrupted)
                interrupted |= table.Topic;
        }
        stale = (stale & ~wanted) | interrupted;
        foreach ((MonitorTable table, List<object> items) in Enumerable.Reverse(lists).Where(list => (stale & list.Table.Topic) == 0))
            Enqueue(table.RemoveOthers(items));
        foreach ((MonitorTable table, List<object> items) in lists)
            Enqueue(items.Select(table.Add).OfType<NetlinkChange>());
        return true;
    }

    void Enqueue(IEnumerable<NetlinkChange> found)
    {
        foreach (NetlinkChange change in found)
            changes.Enqueue(change);
    }

    async ValueTask<(List<object> Items, bool WasInterrupted)> ListAsync(MonitorTopics topic, NetlinkWait wait)
    {
        switch (topic)
        {
            case MonitorTopics.Links:
                return await TakeAsync(LinkRequests.All, _ => true, wait).ConfigureAwait(false);
            case MonitorTopics.Addresses:
                return await TakeAsync(EntryRequests.Addresses(AF_UNSPEC, 0), _ => true, wait).ConfigureAwait(false);
            case MonitorTopics.Routes:
                // The kernel notifies before it removes routes of a link or address, and lists routes without its lock. A list of links
                // waits for the lock, so the routes are gone afterwards.
                await requests.Client.ListAsync(LinkRequests.All, wait).ConfigureAwait(false);
                return await TakeAsync(EntryRequests.Routes(AF_UNSPEC, 0), IsShown, wait).ConfigureAwait(false);
            case MonitorTopics.Neighbours:
                return await TakeAsync(EntryRequests.Neighbours(AF_UNSPEC, 0, false), IsShown, wait).ConfigureAwait(false);
            default:
                return await TakeAsync(EntryRequests.Rules(AF_UNSPEC), _ => true, wait).ConfigureAwait(false);
        }
    }

    async ValueTask<(List<object> Items, bool WasInterrupted)> TakeAsync<T>(
        NetlinkListRequest<T> list, Func<T, bool> isShown, NetlinkWait wait)
        where T : class
    {
        NetlinkDump<T> dump = await requests.Client.ListAsync(list, wait).ConfigureAwait(false);
        return ([.. dump.Where(isShown)], dump.IsInterrupted);
    }
}
