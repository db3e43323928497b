namespace Unp.Net.Packets;

/// <summary>The words of the language: its keywords, and the names of numbers.</summary>
static class FilterWords
{
    /// <summary>Names of offsets, types and flags.</summary>
    internal static readonly Dictionary<string, uint> Numbers = new()
    {
        ["icmptype"] = 0,
        ["icmpcode"] = 1,
        ["icmp-echoreply"] = 0,
        ["icmp-unreach"] = 3,
        ["icmp-sourcequench"] = 4,
        ["icmp-redirect"] = 5,
        ["icmp-echo"] = 8,
        ["icmp-routeradvert"] = 9,
        ["icmp-routersolicit"] = 10,
        ["icmp-timxceed"] = 11,
        ["icmp-paramprob"] = 12,
        ["icmp-tstamp"] = 13,
        ["icmp-tstampreply"] = 14,
        ["icmp-ireq"] = 15,
        ["icmp-ireqreply"] = 16,
        ["icmp-maskreq"] = 17,
        ["icmp-maskreply"] = 18,
        ["icmp6type"] = 0,
        ["icmp6code"] = 1,
        ["icmp6-destinationunreach"] = 1,
        ["icmp6-packettoobig"] = 2,
        ["icmp6-timeexceeded"] = 3,
        ["icmp6-parameterproblem"] = 4,
        ["icmp6-echo"] = 128,
        ["icmp6-echoreply"] = 129,
        ["icmp6-multicastlistenerquery"] = 130,
        ["icmp6-multicastlistenerreportv1"] = 131,
        ["icmp6-multicastlistenerdone"] = 132,
        ["icmp6-routersolicit"] = 133,
        ["icmp6-routeradvert"] = 134,
        ["icmp6-neighborsolicit"] = 135,
        ["icmp6-neighboradvert"] = 136,
        ["icmp6-redirect"] = 137,
        ["icmp6-routerrenum"] = 138,
        ["icmp6-nodeinformationquery"] = 139,
        ["icmp6-nodeinformationresponse"] = 140,
        ["icmp6-ineighbordiscoverysolicit"] = 141,
        ["icmp6-ineighbordiscoveryadvert"] = 142,
        ["icmp6-multicastlistenerreportv2"] = 143,
        ["icmp6-homeagentdiscoveryrequest"] = 144,
        ["icmp6-homeagentdiscoveryreply"] = 145,
        ["icmp6-mobileprefixsolicit"] = 146,
        ["icmp6-mobileprefixadvert"] = 147,
        ["icmp6-certpathsolicit"] = 148,
        ["icmp6-certpathadvert"] = 149,
        ["icmp6-multicastrouteradvert"] = 151,
        ["icmp6-multicastroutersolicit"] = 152,
        ["icmp6-multicastrouterterm"] = 153,
        ["tcpflags"] = 13,
        ["tcp-fin"] = 0x01,
        ["tcp-syn"] = 0x02,
        ["tcp-rst"] = 0x04,
        ["tcp-push"] = 0x08,
        ["tcp-ack"] = 0x10,
        ["tcp-urg"] = 0x20,
        ["tcp-ece"] = 0x40,
        ["tcp-cwr"] = 0x80,
    };

    /// <summary>Keywords of the language that this compiler does not have. As names they need a backslash, as in tcpdump.</summary>
    internal static readonly HashSet<string> Unsupported =
    [
        "aarp", "action", "addr1", "addr2", "addr3", "addr4", "address1", "address2", "address3", "address4", "atalk", "bcc", "byte",
        "clnp", "connectmsg", "csnp", "decnet", "dir", "direction", "dpc", "es-is", "esis", "fisu", "gateway", "geneve", "hdpc", "hfisu",
        "hlssu", "hmsu", "hopc", "hsio", "hsls", "ifindex", "ifname", "iih", "ilmic", "inbound", "ipx", "is-is", "isis", "iso", "l1", "l2",
        "lane", "lat", "llc", "lssu", "lsp", "lsu", "metac", "metaconnect", "mopdl", "moprc", "mpls", "msu", "netbeui", "oam", "oamf4",
        "oamf4ec", "oamf4sc", "on", "opc", "outbound", "pppoed", "pppoes", "protochain", "psnp", "ra", "radio", "reason", "rnr", "rset",
        "rulenum", "ruleset", "sc", "sca", "sio", "sls", "snp", "srnr", "stp", "subrulenum", "subtype", "ta", "type", "vci", "vpi",
    ];

    static readonly HashSet<string> Keywords =
    [
        "and", "broadcast", "dst", "greater", "host", "len", "length", "less", "mask", "multicast", "net", "not", "or", "port", "portrange",
        "proto", "src", "vlan",
    ];

    internal static bool IsKeyword(string word) =>
        Keywords.Contains(word) || FilterProtocol.ByName.ContainsKey(word) || Unsupported.Contains(word);
}
