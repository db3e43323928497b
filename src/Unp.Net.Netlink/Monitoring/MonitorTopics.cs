namespace Unp.Net.Netlink;

/// <summary>The kinds of objects that <see cref="RtnetlinkMonitor"/> watches.</summary>
[Flags]
public enum MonitorTopics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links: <see cref="Link"/>.</summary>
    Links = 1,

    /// <summary>Addresses: <see cref="LinkAddress"/>.</summary>
    Addresses = 2,

    /// <summary>Routes: <see cref="Route"/>.</summary>
    Routes = 4,

    /// <summary>Neighbours: <see cref="Neighbour"/>.</summary>
    Neighbours = 8,

    /// <summary>Rules: <see cref="Rule"/>.</summary>
    Rules = 16,

    /// <summary>All of them.</summary>
    All = Links | Addresses | Routes | Neighbours | Rules,
}
