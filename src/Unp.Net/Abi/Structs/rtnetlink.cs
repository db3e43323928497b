namespace Unp.Net;

/// <summary>The header of an attribute in a routing message. (rtnetlink(7)) Linux only.</summary>
public struct rtattr
{
    /// <summary>The length with this header, without padding.</summary>
    public ushort rta_len;

    /// <summary>The type, with <c>NLA_F_*</c> in its upper bits.</summary>
    public ushort rta_type;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rta_len={rta_len}, rta_type=0x{rta_type:x}}}";
}

/// <summary>The shortest request of a routing dump. (rtnetlink(7)) Linux only.</summary>
public struct rtgenmsg
{
    /// <summary>The address family; AF_UNSPEC for all.</summary>
    public byte rtgen_family;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rtgen_family={rtgen_family}}}";
}

/// <summary>A route, in front of its attributes. (rtnetlink(7)) Linux only.</summary>
public struct rtmsg
{
    /// <summary>The address family.</summary>
    public byte rtm_family;

    /// <summary>The length of the destination prefix in bits.</summary>
    public byte rtm_dst_len;

    /// <summary>The length of the source prefix in bits.</summary>
    public byte rtm_src_len;

    /// <summary>The type of service that packets must have.</summary>
    public byte rtm_tos;

    /// <summary><c>RT_TABLE_*</c>; the attribute <c>RTA_TABLE</c> has the whole number.</summary>
    public byte rtm_table;

    /// <summary>The origin: <c>RTPROT_*</c>.</summary>
    public byte rtm_protocol;

    /// <summary>The distance to the destination: <c>RT_SCOPE_*</c>.</summary>
    public byte rtm_scope;

    /// <summary>The kind: <c>RTN_*</c>.</summary>
    public byte rtm_type;

    /// <summary><c>RTM_F_*</c>, and <c>RTNH_F_*</c> of the only next hop.</summary>
    public uint rtm_flags;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rtm_family={rtm_family}, rtm_dst_len={rtm_dst_len}, rtm_src_len={rtm_src_len}, rtm_tos={rtm_tos}, rtm_table={rtm_table}, "
        + $"rtm_protocol={rtm_protocol}, rtm_scope={rtm_scope}, rtm_type={rtm_type}, rtm_flags=0x{rtm_flags:x}}}";
}

/// <summary>A next hop in <c>RTA_MULTIPATH</c>, in front of its attributes. (rtnetlink(7)) Linux only.</summary>
public struct rtnexthop
{
    /// <summary>The length with this header and the attributes.</summary>
    public ushort rtnh_len;

    /// <summary><c>RTNH_F_*</c>.</summary>
    public byte rtnh_flags;

    /// <summary>The weight, minus 1.</summary>
    public byte rtnh_hops;

    /// <summary>The index of the outgoing interface.</summary>
    public int rtnh_ifindex;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rtnh_len={rtnh_len}, rtnh_flags=0x{rtnh_flags:x}, rtnh_hops={rtnh_hops}, rtnh_ifindex={rtnh_ifindex}}}";
}

/// <summary>Use and age of a route, in <c>RTA_CACHEINFO</c>. (rtnetlink(7)) Linux only.</summary>
public struct rta_cacheinfo
{
    /// <summary>The number of references.</summary>
    public uint rta_clntref;

    /// <summary>The time since the last use, in clock ticks of 1/100 s.</summary>
    public uint rta_lastuse;

    /// <summary>The time until the end, in clock ticks of 1/100 s.</summary>
    public int rta_expires;

    /// <summary>An error number for unreachable routes.</summary>
    public uint rta_error;

    /// <summary>The number of uses.</summary>
    public uint rta_used;

    /// <summary>An identifier of the peer, no longer used.</summary>
    public uint rta_id;

    /// <summary>A time stamp of the peer, no longer used.</summary>
    public uint rta_ts;

    /// <summary>The age of the time stamp, no longer used.</summary>
    public uint rta_tsage;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{rta_clntref={rta_clntref}, rta_lastuse={rta_lastuse}, rta_expires={rta_expires}, rta_error={rta_error}, "
        + $"rta_used={rta_used}, rta_id={rta_id}, rta_ts={rta_ts}, rta_tsage={rta_tsage}}}";
}

/// <summary>A link, in front of its attributes. (rtnetlink(7)) Linux only.</summary>
public struct ifinfomsg
{
    /// <summary>AF_UNSPEC, or the family of the settings.</summary>
    public byte ifi_family;

    readonly byte __ifi_pad;

    /// <summary>The type of the device: <c>ARPHRD_*</c>.</summary>
    public ushort ifi_type;

    /// <summary>The index of the link.</summary>
    public int ifi_index;

    /// <summary><c>IFF_*</c>.</summary>
    public uint ifi_flags;

    /// <summary>The flags that a request changes.</summary>
    public uint ifi_change;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{ifi_family={ifi_family}, ifi_type={ifi_type}, ifi_index={ifi_index}, ifi_flags=0x{ifi_flags:x}, ifi_change=0x{ifi_change:x}}}";
}

/// <summary>An address of an interface, in front of its attributes. (rtnetlink(7)) Linux only.</summary>
public struct ifaddrmsg
{
    /// <summary>The address family.</summary>
    public byte ifa_family;

    /// <summary>The length of the prefix in bits.</summary>
    public byte ifa_prefixlen;

    /// <summary>The lower 8 bits of <c>IFA_F_*</c>; the attribute <c>IFA_FLAGS</c> has all of them.</summary>
    public byte ifa_flags;

    /// <summary><c>RT_SCOPE_*</c>.</summary>
    public byte ifa_scope;

    /// <summary>The index of the link.</summary>
    public uint ifa_index;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{ifa_family={ifa_family}, ifa_prefixlen={ifa_prefixlen}, ifa_flags=0x{ifa_flags:x}, ifa_scope={ifa_scope}, "
        + $"ifa_index={ifa_index}}}";
}

/// <summary>Lifetimes and time stamps of an address, in <c>IFA_CACHEINFO</c>. (rtnetlink(7)) Linux only.</summary>
public struct ifa_cacheinfo
{
    /// <summary>The preferred lifetime in seconds; all bits set: unlimited.</summary>
    public uint ifa_prefered;

    /// <summary>The valid lifetime in seconds; all bits set: unlimited.</summary>
    public uint ifa_valid;

    /// <summary>The time of creation, in 1/100 s since the start of the system.</summary>
    public uint cstamp;

    /// <summary>The time of the last change, in 1/100 s since the start of the system.</summary>
    public uint tstamp;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{ifa_prefered={ifa_prefered}, ifa_valid={ifa_valid}, cstamp={cstamp}, tstamp={tstamp}}}";
}

/// <summary>A neighbour, in front of its attributes. (rtnetlink(7)) Linux only.</summary>
public struct ndmsg
{
    /// <summary>The address family.</summary>
    public byte ndm_family;

    readonly byte __ndm_pad1;

    readonly ushort __ndm_pad2;

    /// <summary>The index of the link.</summary>
    public int ndm_ifindex;

    /// <summary>The state: <c>NUD_*</c>.</summary>
    public ushort ndm_state;

    /// <summary><c>NTF_*</c>.</summary>
    public byte ndm_flags;

    /// <summary><c>RTN_*</c> of a proxy entry.</summary>
    public byte ndm_type;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{ndm_family={ndm_family}, ndm_ifindex={ndm_ifindex}, ndm_state=0x{ndm_state:x}, ndm_flags=0x{ndm_flags:x}, "
        + $"ndm_type={ndm_type}}}";
}

/// <summary>Use and age of a neighbour, in <c>NDA_CACHEINFO</c>. (rtnetlink(7)) Linux only.</summary>
public struct nda_cacheinfo
{
    /// <summary>The time since the last confirmation, in clock ticks of 1/100 s.</summary>
    public uint ndm_confirmed;

    /// <summary>The time since the last use, in clock ticks of 1/100 s.</summary>
    public uint ndm_used;

    /// <summary>The time since the last change, in clock ticks of 1/100 s.</summary>
    public uint ndm_updated;

    /// <summary>The number of references.</summary>
    public uint ndm_refcnt;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{ndm_confirmed={ndm_confirmed}, ndm_used={ndm_used}, ndm_updated={ndm_updated}, ndm_refcnt={ndm_refcnt}}}";
}
