using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Reads routes, links and addresses from the content of netlink messages. (rtnetlink(7))</summary>
[SupportedOSPlatform("linux")]
static class RouteNetlinkDecoder
{
    const int ARPHRD_LOOPBACK = 772;

    /// <summary>Adds the routes of a message: one per next hop.</summary>
    /// <param name="content">An <c>rtmsg</c> with its attributes.</param>
    /// <param name="routes">Receives the routes.</param>
    /// <param name="isOfMainTable">Whether routes of other tables, and cached ones, are skipped.</param>
    /// <exception cref="UnpException">EBADMSG: the message ends before its header.</exception>
    internal static void AddRoutes(ReadOnlySpan<byte> content, List<RouteEntry> routes, bool isOfMainTable)
    {
        if (!NetlinkLayout.TryReadFixed(content, out rtmsg header, out ReadOnlySpan<byte> attributes))
            throw RouteNetlink.Damaged("rtnetlink");
        int family = header.rtm_family;
        if (family != AF_INET && family != AF_INET6)
            return;
        uint table = header.rtm_table, metric = 0, mtu = 0;
        SockAddr destination = SockAddr.Any(family);
        SockAddr? source = null;
        ReadOnlySpan<byte> hops = default;
        Hop only = new() { IsDead = ((int)header.rtm_flags & RTNH_F_DEAD) != 0 };
        for (ReadOnlySpan<byte> rest = attributes; NetlinkLayout.TryReadAttribute(ref rest, out int type, out ReadOnlySpan<byte> value);)
        {
            if (type == RTA_DST)
                destination = RouteMask.Address(family, value);
            else if (type == RTA_PREFSRC)
                source = RouteMask.Address(family, value);
            else if (type == RTA_TABLE)
                table = Number(value);
            else if (type == RTA_PRIORITY)
                metric = Number(value);
            else if (type == RTA_METRICS)
                mtu = Mtu(value);
            else if (type == RTA_MULTIPATH)
                hops = value;
            else
                only.Read(family, type, value);
        }
        if (isOfMainTable && (table != RT_TABLE_MAIN || (header.rtm_flags & RTM_F_CLONED) != 0))
            return;
        if (hops.IsEmpty)
        {
            routes.Add(Entry(only));
            return;
        }
        while (TryReadHop(ref hops, family, out Hop hop))
            routes.Add(Entry(hop));

        RouteEntry Entry(Hop hop) => new(destination, header.rtm_dst_len)
        {
            Gateway = hop.ScopedGateway,
            Source = source,
            Flags = Flags(header, hop),
            InterfaceIndex = hop.Index,
            Metric = metric,
            Mtu = (int)mtu,
        };
    }

    /// <summary>Adds the interface of a message.</summary>
    /// <param name="content">An <c>ifinfomsg</c> with its attributes.</param>
    /// <param name="interfaces">Receives the interface.</param>
    /// <exception cref="UnpException">EBADMSG: the message ends before its header.</exception>
    internal static void AddInterface(ReadOnlySpan<byte> content, List<InterfaceEntry> interfaces)
    {
        if (!NetlinkLayout.TryReadFixed(content, out ifinfomsg header, out ReadOnlySpan<byte> rest))
            throw RouteNetlink.Damaged("rtnetlink");
        string name = "";
        uint mtu = 0;
        PhysicalAddress? hardware = null;
        while (NetlinkLayout.TryReadAttribute(ref rest, out int type, out ReadOnlySpan<byte> value))
        {
            if (type == IFLA_IFNAME)
                name = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
            else if (type == IFLA_MTU)
                mtu = Number(value);
            else if (type == IFLA_ADDRESS && header.ifi_type != ARPHRD_LOOPBACK)
                hardware = new PhysicalAddress(value.ToArray());
        }
        interfaces.Add(new InterfaceEntry((uint)header.ifi_index, name)
        {
            Flags = (int)header.ifi_flags,
            Mtu = (int)mtu,
            Type = header.ifi_type,
            HardwareAddress = hardware,
        });
    }

    /// <summary>Adds the address of a message, with the index of its interface.</summary>
    /// <param name="content">An <c>ifaddrmsg</c> with its attributes.</param>
    /// <param name="addresses">Receives the address.</param>
    /// <exception cref="UnpException">EBADMSG: the message ends before its header.</exception>
    internal static void AddAddress(ReadOnlySpan<byte> content, List<(uint Index, InterfaceEntryAddress Address)> addresses)
    {
        if (!NetlinkLayout.TryReadFixed(content, out ifaddrmsg header, out ReadOnlySpan<byte> rest))
            throw RouteNetlink.Damaged("rtnetlink");
        int family = header.ifa_family;
        if (family != AF_INET && family != AF_INET6)
            return;
        SockAddr? local = null, address = null, broadcast = null;
        while (NetlinkLayout.TryReadAttribute(ref rest, out int type, out ReadOnlySpan<byte> value))
        {
            if (type == IFA_LOCAL)
                local = Scoped(family, value, header.ifa_index);
            else if (type == IFA_ADDRESS)
                address = Scoped(family, value, header.ifa_index);
            else if (type == IFA_BROADCAST)
                broadcast = RouteMask.Address(family, value);
        }
        if ((local ?? address) is not { } own)
            return;
        addresses.Add((header.ifa_index, new InterfaceEntryAddress(own, header.ifa_prefixlen)
        {
            BroadcastAddress = broadcast,
            DestinationAddress = address is { } peer && peer != own ? peer : (SockAddr?)null,
        }));
    }

    /// <summary>Reads the next hop at the start of RTA_MULTIPATH and removes it.</summary>
    static unsafe bool TryReadHop(ref ReadOnlySpan<byte> hops, int family, out Hop hop)
    {
        hop = new Hop();
        if (!MemoryMarshal.TryRead(hops, out rtnexthop header) || header.rtnh_len < sizeof(rtnexthop) || header.rtnh_len > hops.Length)
            return false;
        hop.Index = (uint)header.rtnh_ifindex;
        hop.IsDead = (header.rtnh_flags & RTNH_F_DEAD) != 0;
        ReadOnlySpan<byte> rest = hops[sizeof(rtnexthop)..header.rtnh_len];
        while (NetlinkLayout.TryReadAttribute(ref rest, out int type, out ReadOnlySpan<byte> value))
            hop.Read(family, type, value);
        hops = hops[Math.Min(NetlinkLayout.Align(header.rtnh_len), hops.Length)..];
        return true;
    }

    /// <summary>Returns the flags that <c>/proc/net/route</c> shows.</summary>
    static int Flags(in rtmsg header, Hop hop)
    {
        int type = header.rtm_type;
        int flags = hop.IsDead ? 0 : RTF_UP;
        if (hop.Gateway != null)
            flags |= RTF_GATEWAY;
        if (header.rtm_dst_len == RouteMask.Bits(header.rtm_family))
            flags |= RTF_HOST;
        if (header.rtm_protocol == RTPROT_REDIRECT)
            flags |= RTF_DYNAMIC;
        if (type == RTN_UNREACHABLE || type == RTN_PROHIBIT || type == RTN_BLACKHOLE)
            flags |= RTF_REJECT;
        return flags;
    }

    static uint Mtu(ReadOnlySpan<byte> metrics)
    {
        while (NetlinkLayout.TryReadAttribute(ref metrics, out int type, out ReadOnlySpan<byte> value))
        {
            if (type == RTAX_MTU)
                return Number(value);
        }
        return 0;
    }

    static uint Number(ReadOnlySpan<byte> value) => MemoryMarshal.TryRead(value, out uint number) ? number : 0;

    /// <summary>Returns an address whose scope is the interface if it is a link-local IPv6 address.</summary>
    static SockAddr Scoped(int family, ReadOnlySpan<byte> ip, uint index)
    {
        bool isLinkLocal = family == AF_INET6 && ip is [0xFE, >= 0x80 and <= 0xBF, ..];
        return RouteMask.Address(family, ip, isLinkLocal ? index : 0);
    }

    /// <summary>A next hop: of the route itself, or one of several.</summary>
    struct Hop
    {
        internal uint Index;
        internal SockAddr? Gateway;
        internal bool IsDead;

        /// <summary>Gets the gateway, with the interface as the scope of a link-local address.</summary>
        internal readonly SockAddr? ScopedGateway =>
            Gateway is { } address ? Scoped(address.Family, address.AddressBytesReadOnly, Index) : (SockAddr?)null;

        internal void Read(int family, int type, scoped ReadOnlySpan<byte> value)
        {
            if (type == RTA_OIF)
                Index = Number(value);
            else if (type == RTA_GATEWAY)
                Gateway = RouteMask.Address(family, value);
            else if (type == RTA_VIA && MemoryMarshal.TryRead(value, out ushort via) && (via == AF_INET || via == AF_INET6))
                Gateway = RouteMask.Address(via, value[sizeof(ushort)..]);
        }
    }
}
