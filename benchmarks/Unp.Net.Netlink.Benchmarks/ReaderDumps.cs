using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>The same dumps by the message reader of Unp.Net.Netlink, without objects.</summary>
sealed class ReaderDumps : IDisposable
{
    readonly NetlinkSocket routing = new(NETLINK_ROUTE);
    readonly NetlinkSocket diagnostics = new(NETLINK_SOCK_DIAG);
    readonly NetlinkMessageWriter request = new();

    internal int Links(Span<LinkEntry> entries)
    {
        Begin(RTM_GETLINK, new ifinfomsg());
        int count = 0;
        foreach (NetlinkMessage message in routing.Query(request))
        {
            ref LinkEntry entry = ref entries[count++];
            entry = default;
            message.TryGetHeader(out ifinfomsg header);
            entry.Index = header.ifi_index;
            entry.Flags = header.ifi_flags;
            entry.HardwareType = header.ifi_type;
            foreach (NetlinkAttribute attribute in message.GetAttributes<ifinfomsg>())
            {
                int type = attribute.Type;
                if (type == IFLA_MTU)
                    attribute.TryRead(out entry.Mtu);
                else if (type == IFLA_MASTER)
                    attribute.TryRead(out entry.Master);
                else if (type == IFLA_LINK)
                    attribute.TryRead(out entry.Peer);
                else if (type == IFLA_LINK_NETNSID)
                    attribute.TryRead(out entry.PeerNamespace);
                else if (type == IFLA_TXQLEN)
                    attribute.TryRead(out entry.QueueLength);
                else if (type == IFLA_GROUP)
                    attribute.TryRead(out entry.Group);
                else if (type == IFLA_PROMISCUITY)
                    attribute.TryRead(out entry.Promiscuity);
                else if (type == IFLA_OPERSTATE)
                    attribute.TryRead(out entry.State);
                else if (type == IFLA_ADDRESS)
                    entry.AddressLength = (byte)Copy(attribute, entry.Address);
                else if (type == IFLA_BROADCAST)
                    Copy(attribute, entry.Broadcast);
                else if (type == IFLA_IFNAME)
                    Copy(attribute, entry.Name);
                else if (type == IFLA_QDISC)
                    Copy(attribute, entry.QueueDiscipline);
                else if (type == IFLA_IFALIAS)
                    Copy(attribute, entry.Alias);
                else if (type == IFLA_STATS64)
                    attribute.TryRead(out entry.Statistics);
                else if (type == IFLA_LINKINFO)
                    ReadKinds(attribute.Attributes, ref entry);
            }
        }
        return count;
    }

    internal int Addresses(Span<AddressEntry> entries)
    {
        Begin(RTM_GETADDR, new ifaddrmsg());
        int count = 0;
        foreach (NetlinkMessage message in routing.Query(request))
        {
            ref AddressEntry entry = ref entries[count++];
            entry = default;
            message.TryGetHeader(out ifaddrmsg header);
            entry.Index = (int)header.ifa_index;
            entry.Family = header.ifa_family;
            entry.PrefixLength = header.ifa_prefixlen;
            entry.Scope = header.ifa_scope;
            entry.Flags = header.ifa_flags;
            foreach (NetlinkAttribute attribute in message.GetAttributes<ifaddrmsg>())
            {
                int type = attribute.Type;
                if (type == IFA_FLAGS)
                    attribute.TryRead(out entry.Flags);
                else if (type == IFA_RT_PRIORITY)
                    attribute.TryRead(out entry.Metric);
                else if (type == IFA_LOCAL)
                    Copy(attribute, entry.Local);
                else if (type == IFA_ADDRESS)
                    Copy(attribute, entry.Address);
                else if (type == IFA_BROADCAST)
                    Copy(attribute, entry.Broadcast);
                else if (type == IFA_LABEL)
                    Copy(attribute, entry.Label);
                else if (type == IFA_CACHEINFO && attribute.TryRead(out ifa_cacheinfo times))
                    (entry.Preferred, entry.Valid) = (times.ifa_prefered, times.ifa_valid);
            }
        }
        return count;
    }

    internal int Routes(Span<RouteEntry> entries)
    {
        Begin(RTM_GETROUTE, new rtmsg { rtm_family = (byte)AF_INET });
        int count = 0;
        foreach (NetlinkMessage message in routing.Query(request))
        {
            ref RouteEntry entry = ref entries[count++];
            entry = default;
            message.TryGetHeader(out rtmsg header);
            entry.Family = header.rtm_family;
            entry.DestinationLength = header.rtm_dst_len;
            entry.SourceLength = header.rtm_src_len;
            entry.TypeOfService = header.rtm_tos;
            entry.Protocol = header.rtm_protocol;
            entry.Scope = header.rtm_scope;
            entry.Kind = header.rtm_type;
            entry.Flags = header.rtm_flags;
            entry.Table = header.rtm_table;
            foreach (NetlinkAttribute attribute in message.GetAttributes<rtmsg>())
            {
                int type = attribute.Type;
                if (type == RTA_TABLE)
                    attribute.TryRead(out entry.Table);
                else if (type == RTA_PRIORITY)
                    attribute.TryRead(out entry.Metric);
                else if (type == RTA_OIF)
                    attribute.TryRead(out entry.Index);
                else if (type == RTA_NH_ID)
                    attribute.TryRead(out entry.NextHopId);
                else if (type == RTA_PREF)
                    attribute.TryRead(out entry.Preference);
                else if (type == RTA_DST)
                    Copy(attribute, entry.Destination);
                else if (type == RTA_SRC)
                    Copy(attribute, entry.Source);
                else if (type == RTA_GATEWAY)
                    Copy(attribute, entry.Gateway);
                else if (type == RTA_PREFSRC)
                    Copy(attribute, entry.PreferredSource);
                else if (type == RTA_CACHEINFO && attribute.TryRead(out rta_cacheinfo times))
                    entry.Expires = (uint)times.rta_expires;
                else if (type == RTA_METRICS)
                    ReadMetrics(attribute.Attributes, ref entry);
            }
        }
        return count;
    }

    internal int Sockets(Span<SocketEntry> entries)
    {
        Begin(SOCK_DIAG_BY_FAMILY, new inet_diag_req_v2
        {
            sdiag_family = (byte)AF_INET,
            sdiag_protocol = (byte)IPPROTO_TCP,
            idiag_states = 0x1fff,
            idiag_ext = (byte)(Bit(INET_DIAG_INFO) | Bit(INET_DIAG_CONG) | Bit(INET_DIAG_TOS) | Bit(INET_DIAG_TCLASS)
                | Bit(INET_DIAG_SKMEMINFO) | Bit(INET_DIAG_SHUTDOWN)),
        });
        int count = 0;
        foreach (NetlinkMessage message in diagnostics.Query(request))
        {
            ref SocketEntry entry = ref entries[count++];
            entry = default;
            message.TryGetHeader(out entry.Header);
            foreach (NetlinkAttribute attribute in message.GetAttributes<inet_diag_msg>())
            {
                int type = attribute.Type;
                if (type == INET_DIAG_TOS)
                    attribute.TryRead(out entry.TypeOfService);
                else if (type == INET_DIAG_TCLASS)
                    attribute.TryRead(out entry.TrafficClass);
                else if (type == INET_DIAG_SKV6ONLY)
                    attribute.TryRead(out entry.V6Only);
                else if (type == INET_DIAG_SHUTDOWN)
                    attribute.TryRead(out entry.Shutdown);
                else if (type == INET_DIAG_MARK)
                    attribute.TryRead(out entry.Mark);
                else if (type == INET_DIAG_SKMEMINFO)
                    Copy(attribute, MemoryMarshal.AsBytes((Span<uint>)entry.Memory));
                else if (type == INET_DIAG_CONG)
                    Copy(attribute, entry.CongestionControl);
                else if (type == INET_DIAG_INFO)
                    Copy(attribute, entry.Info);
            }
        }
        return count;
    }

    public void Dispose()
    {
        routing.Dispose();
        diagnostics.Dispose();
    }

    static void ReadKinds(NetlinkAttributes attributes, ref LinkEntry entry)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == IFLA_INFO_KIND)
                Copy(attribute, entry.Kind);
            else if (attribute.Type == IFLA_INFO_SLAVE_KIND)
                Copy(attribute, entry.MasterKind);
        }
    }

    static void ReadMetrics(NetlinkAttributes metrics, ref RouteEntry entry)
    {
        foreach (NetlinkAttribute metric in metrics)
        {
            int type = metric.Type;
            if (type == RTAX_LOCK)
                metric.TryRead(out entry.Lock);
            else if (type == RTAX_MTU)
                metric.TryRead(out entry.Mtu);
            else if (type == RTAX_WINDOW)
                metric.TryRead(out entry.Window);
            else if (type == RTAX_ADVMSS)
                metric.TryRead(out entry.AdvertisedSegmentSize);
            else if (type == RTAX_HOPLIMIT)
                metric.TryRead(out entry.HopLimit);
            else if (type == RTAX_INITCWND)
                metric.TryRead(out entry.CongestionWindow);
            else if (type == RTAX_INITRWND)
                metric.TryRead(out entry.ReceiveWindow);
            else if (type == RTAX_RTO_MIN)
                metric.TryRead(out entry.MinimumTimeout);
        }
    }

    void Begin<T>(int type, in T header)
        where T : unmanaged
    {
        request.Begin(type, NLM_F_DUMP);
        request.WriteHeader(header);
    }

    static int Copy(NetlinkAttribute attribute, Span<byte> room)
    {
        ReadOnlySpan<byte> value = attribute.Value;
        if (value.Length > room.Length)
            value = value[..room.Length];
        value.CopyTo(room);
        return value.Length;
    }

    static int Bit(int attribute) => 1 << (attribute - 1);
}
