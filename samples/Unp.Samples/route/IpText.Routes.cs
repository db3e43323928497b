using System.Net;
using Unp.Net.Netlink;

namespace Unp.Samples.route;

// Routes and rules.
sealed partial class IpText
{
    static readonly (uint Bit, string Name)[] NextHopFlags =
    [
        ((uint)RTNH_F_DEAD, "dead"), ((uint)RTNH_F_ONLINK, "onlink"), ((uint)RTNH_F_PERVASIVE, "pervasive"),
        ((uint)RTNH_F_OFFLOAD, "offload"), ((uint)RTNH_F_TRAP, "trap"), ((uint)RTM_F_NOTIFY, "notify"),
        ((uint)RTNH_F_LINKDOWN, "linkdown"), ((uint)RTNH_F_UNRESOLVED, "unresolved"), ((uint)RTM_F_OFFLOAD, "rt_offload"),
        ((uint)RTM_F_TRAP, "rt_trap"), ((uint)RTM_F_OFFLOAD_FAILED, "rt_offload_failed"),
    ];

    static readonly string[] Preferences = ["medium", "high", "2", "low"];

    string Of(Route route)
    {
        var words = new Words(route.Kind == RTN_UNICAST ? "" : KindName(route.Kind));
        words.Add(Prefix(route.Destination, "default"));
        words.Add("from", route.Source is { } source ? $"{source}" : "");
        words.Add("nhid", route.NextHopId is { } id ? $"{id}" : "");
        words.Add("tos", route.TypeOfService == 0 ? "" : $"0x{route.TypeOfService:x2}");
        words.Add(Via(route.Gateway, route.Family));
        words.Add("dev", route.Index is { } index ? NameOf(index) : "");
        words.Add("table", route.Table == RT_TABLE_MAIN ? "" : IpNames.Tables.Of(route.Table));
        words.Add("proto", route.Protocol == RTPROT_BOOT ? "" : IpNames.Protocols.Of(route.Protocol));
        words.Add("scope", route.Scope is { } scope && scope != RT_SCOPE_UNIVERSE ? IpNames.Scopes.Of(scope) : "");
        words.Add("src", route.PreferredSource is { } preferred ? $"{preferred}" : "");
        words.Add("metric", route.Metric is { } metric ? $"{metric}" : "");
        uint flags = route.Flags;
        foreach (string flag in Names(NextHopFlags, ref flags))
            words.Add(flag);
        words.Add("expires", route.Lifetime is { } lifetime ? Seconds(lifetime) : "");
        AddMetrics(words, route.Metrics);
        words.Add("pref", route.Preference is { } preference ? Preferences.ElementAtOrDefault(preference) ?? $"{preference}" : "");
        return $"{words}{string.Concat(route.NextHops.Select(hop => $"\n\t{Of(hop, route.Family)}"))}";
    }

    string Of(NextHop hop, int family)
    {
        var words = new Words("nexthop");
        words.Add(Via(hop.Gateway, family));
        words.Add("dev", hop.Index == 0 ? "" : NameOf(hop.Index));
        words.Add("weight", $"{hop.Weight}");
        uint flags = (uint)hop.Flags;
        foreach (string flag in Names(NextHopFlags, ref flags))
            words.Add(flag);
        return $"{words}";
    }

    static string Of(Rule rule)
    {
        var words = new Words($"{rule.Priority}:\t{((rule.Flags & (uint)FIB_RULE_INVERT) != 0 ? "not " : "")}");
        words = new Words($"{words}from {(rule.Source is { } source ? Prefix(source, $"{source}") : "all")}");
        words.Add("to", rule.Destination is { } destination ? Prefix(destination, $"{destination}") : "");
        words.Add("tos", rule.TypeOfService == 0 ? "" : $"0x{rule.TypeOfService:x2}");
        if (rule.Mark is { } mark)
            words.Add("fwmark", rule.Mask is { } mask and not uint.MaxValue ? $"0x{mark:x}/0x{mask:x}" : $"0x{mark:x}");
        words.Add("iif", rule.InputInterface ?? "");
        words.Add((rule.Flags & (uint)FIB_RULE_IIF_DETACHED) != 0 ? "[detached]" : "");
        words.Add("oif", rule.OutputInterface ?? "");
        words.Add((rule.Flags & (uint)FIB_RULE_OIF_DETACHED) != 0 ? "[detached]" : "");
        words.Add("ipproto", rule.IpProtocol is { } protocol ? getprotobynumber(protocol)?.Name ?? $"{protocol}" : "");
        words.Add("lookup", rule.Table == 0 ? "" : IpNames.Tables.Of(rule.Table));
        words.Add("suppress_prefixlength", rule.SuppressedPrefixLength is { } length ? $"{length}" : "");
        words.Add(ActionOf(rule));
        bool hasOrigin = rule.Protocol != RTPROT_UNSPEC && rule.Protocol != RTPROT_KERNEL;
        words.Add("proto", hasOrigin ? IpNames.Protocols.Of(rule.Protocol) : "");
        return $"{words}";
    }

    static string ActionOf(Rule rule) =>
        rule.Action == FR_ACT_TO_TBL ? ""
        : rule.Action == FR_ACT_GOTO ? $"goto {rule.Goto}{((rule.Flags & (uint)FIB_RULE_UNRESOLVED) != 0 ? " [unresolved]" : "")}"
        : rule.Action == FR_ACT_NOP ? "nop"
        : KindName(rule.Action); // the other actions have the numbers of the kinds of routes

    static void AddMetrics(Words words, RouteMetrics metrics)
    {
        Add("mtu", RTAX_MTU, metrics.Mtu);
        Add("window", RTAX_WINDOW, metrics.Window);
        Add("advmss", RTAX_ADVMSS, metrics.AdvertisedSegmentSize);
        Add("hoplimit", RTAX_HOPLIMIT, metrics.HopLimit);
        Add("initcwnd", RTAX_INITCWND, metrics.InitialCongestionWindow);
        AddText("rto_min", RTAX_RTO_MIN, metrics.MinimumRetransmissionTimeout is { } time ? $"{(long)time.TotalMilliseconds}ms" : "");
        Add("initrwnd", RTAX_INITRWND, metrics.InitialReceiveWindow);
        AddText("congctl", RTAX_CC_ALGO, metrics.CongestionControl ?? "");

        void Add(string name, int type, uint? value) => AddText(name, type, value is { } number ? $"{number}" : "");

        void AddText(string name, int type, string value) =>
            words.Add((metrics.Locked & (1u << type)) != 0 ? $"{name} lock" : name, value);
    }

    static string Via(IPAddress? gateway, int family)
    {
        if (gateway is null)
            return "";
        bool is6 = gateway.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        return is6 == (family == AF_INET6) ? $"via {gateway}" : $"via {(is6 ? "inet6" : "inet")} {gateway}";
    }

    /// <summary>Returns a prefix; the one of a single address without its length.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="all">The text of the prefix of all addresses.</param>
    static string Prefix(IPNetwork prefix, string all) =>
        prefix.PrefixLength == 0 ? all
        : prefix.PrefixLength == prefix.BaseAddress.GetAddressBytes().Length * 8 ? $"{prefix.BaseAddress}"
        : $"{prefix}";

    static string KindName(int kind)
    {
        (int Kind, string Name)[] names =
        [
            (RTN_UNSPEC, "none"), (RTN_UNICAST, "unicast"), (RTN_LOCAL, "local"), (RTN_BROADCAST, "broadcast"), (RTN_ANYCAST, "anycast"),
            (RTN_MULTICAST, "multicast"), (RTN_BLACKHOLE, "blackhole"), (RTN_UNREACHABLE, "unreachable"), (RTN_PROHIBIT, "prohibit"),
            (RTN_THROW, "throw"), (RTN_NAT, "nat"), (RTN_XRESOLVE, "xresolve"),
        ];
        return Array.Find(names, one => one.Kind == kind).Name ?? $"{kind}";
    }
}
