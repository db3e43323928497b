using System.Net;
using System.Net.NetworkInformation;
using Unp.Net.Netlink;

namespace Unp.Samples.route;

/// <summary>The lines that <c>ip</c> prints for links, addresses, routes, neighbours and rules, without spaces at their ends.</summary>
/// <param name="linkOf">Returns the link of an index, or null if it is not known.</param>
sealed partial class IpText(Func<int, Link?> linkOf)
{
    static readonly (uint Bit, string Name)[] LinkFlags =
    [
        ((uint)IFF_LOOPBACK, "LOOPBACK"), ((uint)IFF_BROADCAST, "BROADCAST"), ((uint)IFF_POINTOPOINT, "POINTOPOINT"),
        ((uint)IFF_MULTICAST, "MULTICAST"), ((uint)IFF_NOARP, "NOARP"), ((uint)IFF_ALLMULTI, "ALLMULTI"), ((uint)IFF_PROMISC, "PROMISC"),
        ((uint)IFF_MASTER, "MASTER"), ((uint)IFF_SLAVE, "SLAVE"), ((uint)IFF_DEBUG, "DEBUG"), ((uint)IFF_DYNAMIC, "DYNAMIC"),
        ((uint)IFF_AUTOMEDIA, "AUTOMEDIA"), ((uint)IFF_PORTSEL, "PORTSEL"), ((uint)IFF_NOTRAILERS, "NOTRAILERS"), ((uint)IFF_UP, "UP"),
        ((uint)IFF_LOWER_UP, "LOWER_UP"), ((uint)IFF_DORMANT, "DORMANT"), ((uint)IFF_ECHO, "ECHO"),
    ];

    static readonly (uint Bit, string Name)[] AddressFlags =
    [
        ((uint)IFA_F_NODAD, "nodad"), ((uint)IFA_F_OPTIMISTIC, "optimistic"), ((uint)IFA_F_DADFAILED, "dadfailed"),
        ((uint)IFA_F_HOMEADDRESS, "home"), ((uint)IFA_F_DEPRECATED, "deprecated"), ((uint)IFA_F_TENTATIVE, "tentative"),
        ((uint)IFA_F_PERMANENT, "dynamic"), ((uint)IFA_F_MANAGETEMPADDR, "mngtmpaddr"), ((uint)IFA_F_NOPREFIXROUTE, "noprefixroute"),
        ((uint)IFA_F_MCAUTOJOIN, "autojoin"), ((uint)IFA_F_STABLE_PRIVACY, "stable-privacy"),
    ];

    static readonly (uint Bit, string Name)[] NeighbourFlags =
    [
        ((uint)NTF_ROUTER, "router"), ((uint)NTF_PROXY, "proxy"), ((uint)NTF_EXT_LEARNED, "extern_learn"),
        ((uint)NTF_OFFLOADED, "offload"),
    ];

    static readonly (uint Bit, string Name)[] NeighbourStates =
    [
        ((uint)NUD_INCOMPLETE, "INCOMPLETE"), ((uint)NUD_REACHABLE, "REACHABLE"), ((uint)NUD_STALE, "STALE"), ((uint)NUD_DELAY, "DELAY"),
        ((uint)NUD_PROBE, "PROBE"), ((uint)NUD_FAILED, "FAILED"), ((uint)NUD_NOARP, "NOARP"), ((uint)NUD_PERMANENT, "PERMANENT"),
    ];

    /// <summary>The kinds of links that always name a link below, or <c>NONE</c>.</summary>
    static readonly string[] KindsOverLink =
        ["veth", "netkit", "ipip", "sit", "gre", "gretap", "erspan", "vti", "vti6", "ip6tnl", "ip6gre", "ip6gretap"];

    /// <summary>Returns the lines of an object, of which only the last has no newline.</summary>
    public string Of(object item) => item switch
    {
        Link link => Of(link),
        LinkAddress address => Of(address),
        Route route => Of(route),
        Neighbour neighbour => Of(neighbour),
        Rule rule => Of(rule),
        _ => $"{item}",
    };

    string Of(Link link)
    {
        var first = new Words($"{link.Index}: {link.Name}{Below(link)}: <{string.Join(',', FlagsOf(link))}> mtu {link.Mtu}");
        first.Add("qdisc", link.QueueDiscipline);
        first.Add("master", link.Master is { } master ? NameOf(master) : "");
        first.Add("state", link.State.ToString().ToUpperInvariant());
        first.Add("group", IpNames.Groups.Of(link.Group));

        var second = new Words($"    link/{HardwareName(link.HardwareType)}");
        second.Add(HardwareText(link.HardwareAddress, link.HardwareType));
        bool isPair = (link.Flags & IFF_POINTOPOINT) != 0;
        second.Add(isPair ? "peer" : "brd", HardwareText(link.HardwareBroadcast, link.HardwareType));
        second.Add("link-netnsid", link.PeerNamespace is { } id ? $"{id}" : "");
        return $"{first}\n{second}{string.Concat(link.AlternativeNames.Select(name => $"\n    altname {name}"))}";
    }

    /// <summary>Returns the link below, or the other end of a pair, with an @.</summary>
    string Below(Link link) =>
        link.Peer is not { } peer ? KindsOverLink.Contains(link.Kind) ? "@NONE" : ""
        : link.PeerNamespace is null ? $"@{NameOf(peer)}" : $"@if{peer}";

    IEnumerable<string> FlagsOf(Link link)
    {
        if ((link.Flags & IFF_UP) != 0 && (link.Flags & IFF_RUNNING) == 0)
            yield return "NO-CARRIER";
        uint rest = link.Flags & ~(uint)IFF_RUNNING;
        foreach (string name in Names(LinkFlags, ref rest))
            yield return name;
        if (rest != 0)
            yield return $"{rest:x}";
        if (link is { Peer: { } peer, PeerNamespace: null } && linkOf(peer) is { IsUp: false })
            yield return "M-DOWN";
    }

    string Of(LinkAddress address)
    {
        bool is6 = address.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        string prefix = address.Peer is { } peer
            ? $"{address.Address} peer {peer}/{address.PrefixLength}" : $"{address.Address}/{address.PrefixLength}";
        var first = new Words($"{address.Index}: {NameOf(address.Index)}    {(is6 ? "inet6" : "inet")} {prefix}");
        first.Add("metric", address.Metric is { } metric ? $"{metric}" : "");
        first.Add("brd", address.Broadcast is { } broadcast ? $"{broadcast}" : "");
        first.Add("scope", IpNames.Scopes.Of(address.Scope));

        uint rest = address.Flags ^ (uint)IFA_F_PERMANENT; // its absence has a name: dynamic
        if ((rest & (uint)IFA_F_SECONDARY) != 0)
            first.Add(is6 ? "temporary" : "secondary");
        rest &= ~(uint)IFA_F_SECONDARY;
        foreach (string flag in Names(AddressFlags, ref rest))
            first.Add(flag);
        first.Add("flags", rest != 0 ? $"{rest:x2}" : "");
        first.Add(address.Label ?? "");
        return $"{first}\n       valid_lft {Seconds(address.ValidLifetime)} preferred_lft {Seconds(address.PreferredLifetime)}";
    }

    string Of(Neighbour neighbour)
    {
        var words = new Words($"{neighbour.Address} dev {NameOf(neighbour.Index)}");
        words.Add("lladdr", HardwareText(neighbour.HardwareAddress, linkOf(neighbour.Index)?.HardwareType ?? ARPHRD_ETHER));
        uint flags = (uint)neighbour.Flags, state = (uint)neighbour.State;
        foreach (string name in Names(NeighbourFlags, ref flags).Concat(Names(NeighbourStates, ref state)))
            words.Add(name);
        return $"{words}";
    }

    string NameOf(int index) => linkOf(index)?.Name ?? $"if{index}";

    static string Seconds(TimeSpan? lifetime) => lifetime is { } time ? $"{(long)time.TotalSeconds}sec" : "forever";

    static string HardwareName(int type) =>
        type == ARPHRD_ETHER ? "ether"
        : type == ARPHRD_LOOPBACK ? "loopback"
        : type == ARPHRD_INFINIBAND ? "infiniband"
        : type == ARPHRD_PPP ? "ppp"
        : type == ARPHRD_TUNNEL ? "ipip"
        : type == ARPHRD_SIT ? "sit"
        : type == ARPHRD_IPGRE ? "gre"
        : type == ARPHRD_NONE ? "none"
        : $"[{type}]";

    /// <summary>Returns a hardware address. The one of a tunnel is the IP address of its end.</summary>
    static string HardwareText(PhysicalAddress? address, int type)
    {
        byte[] bytes = address?.GetAddressBytes() ?? [];
        bool isTunnel = type == ARPHRD_TUNNEL || type == ARPHRD_SIT || type == ARPHRD_IPGRE;
        return isTunnel && bytes.Length == 4 ? $"{new IPAddress(bytes)}" : string.Join(':', bytes.Select(part => $"{part:x2}"));
    }

    /// <summary>Returns the names of the bits that are set, and clears them.</summary>
    static List<string> Names((uint Bit, string Name)[] table, ref uint bits)
    {
        List<string> names = [];
        foreach (var (bit, name) in table)
        {
            if (bit == 0 || (bits & bit) == 0)
                continue;
            names.Add(name);
            bits &= ~bit;
        }
        return names;
    }

    /// <summary>A line of words. A value that is empty is left out, and its keyword with it.</summary>
    sealed class Words(string beginning)
    {
        string text = beginning;

        public void Add(string word) => text += word.Length == 0 ? "" : text.Length == 0 ? word : $" {word}";

        public void Add(string keyword, string value)
        {
            if (value.Length > 0)
                Add($"{keyword} {value}");
        }

        public override string ToString() => text;
    }
}
