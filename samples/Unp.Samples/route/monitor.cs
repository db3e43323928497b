using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>
/// Prints the changes of links, addresses, routes, neighbours and rules, as <c>ip monitor</c> does (UNP 18.2). The book's routing socket
/// receives messages about the same changes. When the kernel had to drop some, the program lists everything again and prints the
/// differences.
/// </summary>
static class monitor
{
    const string Arguments = "[-4 | -6] [all] [label] [link] [address] [route] [neigh] [rule]";

    /// <summary>The words of the command line, in the order in which <c>ip</c> compares abbreviations with them.</summary>
    static readonly (string Word, MonitorTopics Topics)[] Topics =
    [
        ("link", MonitorTopics.Links), ("address", MonitorTopics.Addresses), ("route", MonitorTopics.Routes),
        ("neighbor", MonitorTopics.Neighbours), ("neighbour", MonitorTopics.Neighbours), ("rule", MonitorTopics.Rules),
        ("label", MonitorTopics.None), ("all", MonitorTopics.All),
    ];

    public static void Main(string[] args, ProgramOptions options)
    {
        int family = AF_UNSPEC;
        MonitorTopics topics = MonitorTopics.None;
        bool hasLabels = false;
        foreach (string arg in args)
        {
            if (arg is "-4" or "-6")
            {
                family = arg == "-4" ? AF_INET : AF_INET6;
                continue;
            }
            if (arg.StartsWith('-'))
                options.Usage(Arguments);
            var (word, named) = Array.Find(Topics, topic => arg.Length > 0 && topic.Word.StartsWith(arg, StringComparison.Ordinal));
            if (word is null)
                err_quit($"{arg} is not something to watch: name link, address, route, neigh, rule or all");
            topics |= named;
            hasLabels |= word is "all" or "label";
        }
        if (topics == MonitorTopics.None)
            topics = MonitorTopics.All;

        Watch(topics, family, hasLabels);
    }

    static void Watch(MonitorTopics topics, int family, bool hasLabels)
    {
        // The links are always watched, because the lines of the other objects contain their names.
        using var monitor = new RtnetlinkMonitor(topics | MonitorTopics.Links);
        Dictionary<int, Link> links = monitor.Current.OfType<Link>().ToDictionary(link => link.Index);
        var text = new IpText(links.GetValueOrDefault);
        int overruns = 0;
        while (true)
        {
            NetlinkChange change = monitor.Read();
            if (monitor.Overruns != overruns)
            {
                err_msg("the kernel has dropped notifications, so the differences of all lists follow");
                overruns = monitor.Overruns;
            }

            // The name of a link that is gone is still needed, for its addresses and routes.
            if (change is { Item: Link link, Kind: not NetlinkChangeKind.Removed })
                links[link.Index] = link;
            var (topic, label) = Of(change.Item);
            if ((topics & topic) == 0 || (family != AF_UNSPEC && FamilyOf(change.Item) is { } its && its != family))
                continue;
            string deleted = change.Kind == NetlinkChangeKind.Removed ? "Deleted " : "";
            Console.WriteLine($"{(hasLabels ? $"[{label}]" : "")}{deleted}{text.Of(change.Item)}");
        }
    }

    static (MonitorTopics Topic, string Label) Of(object item) => item switch
    {
        Link => (MonitorTopics.Links, "LINK"),
        LinkAddress => (MonitorTopics.Addresses, "ADDR"),
        Route => (MonitorTopics.Routes, "ROUTE"),
        Neighbour => (MonitorTopics.Neighbours, "NEIGH"),
        _ => (MonitorTopics.Rules, "RULE"),
    };

    /// <summary>Returns the address family of an object, or null for a link, which has none.</summary>
    static int? FamilyOf(object item) => item switch
    {
        Route route => route.Family,
        Rule rule => rule.Family,
        LinkAddress { Address: var address } => FamilyOf(address),
        Neighbour { Address: var address } => FamilyOf(address),
        _ => null,
    };

    static int FamilyOf(System.Net.IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? AF_INET : AF_INET6;
}
