// Messages of routing sockets, each in front of its addresses. (route(4) on the BSDs)
namespace Unp.Net.Abi.Bsd
{
    /// <summary>An address of an interface: RTM_NEWADDR, RTM_DELADDR.</summary>
    struct ifa_msghdr
    {
        public ushort ifam_msglen;
        public byte ifam_version;
        public byte ifam_type;
        public int ifam_addrs;
        public int ifam_flags;
        public ushort ifam_index;
        ushort __ifam_spare1;
        public int ifam_metric;
    }

    /// <summary>A multicast group of an interface: RTM_NEWMADDR, RTM_DELMADDR.</summary>
    struct ifma_msghdr
    {
        public ushort ifmam_msglen;
        public byte ifmam_version;
        public byte ifmam_type;
        public int ifmam_addrs;
        public int ifmam_flags;
        public ushort ifmam_index;
        ushort __ifmam_spare1;
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>The metrics of a route.</summary>
    unsafe struct rt_metrics
    {
        public uint rmx_locks;
        public uint rmx_mtu;
        public uint rmx_hopcount;
        public int rmx_expire;
        public uint rmx_recvpipe;
        public uint rmx_sendpipe;
        public uint rmx_ssthresh;
        public uint rmx_rtt;
        public uint rmx_rttvar;
        public uint rmx_pksent;
        public uint rmx_state;
        public fixed uint rmx_filler[3];
    }

    /// <summary>A route: RTM_ADD, RTM_GET...</summary>
    struct rt_msghdr
    {
        public ushort rtm_msglen;
        public byte rtm_version;
        public byte rtm_type;
        public ushort rtm_index;
        public int rtm_flags;
        public int rtm_addrs;
        public int rtm_pid;
        public int rtm_seq;
        public int rtm_errno;
        public int rtm_use;
        public uint rtm_inits;
        public rt_metrics rtm_rmx;
    }

    /// <summary>Statistics of an interface.</summary>
    unsafe struct if_data
    {
        public byte ifi_type;
        public byte ifi_typelen;
        public byte ifi_physical;
        public byte ifi_addrlen;
        public byte ifi_hdrlen;
        public byte ifi_recvquota;
        public byte ifi_xmitquota;
        public byte ifi_unused1;
        public uint ifi_mtu;
        public uint ifi_metric;
        public uint ifi_baudrate;
        public uint ifi_ipackets;
        public uint ifi_ierrors;
        public uint ifi_opackets;
        public uint ifi_oerrors;
        public uint ifi_collisions;
        public uint ifi_ibytes;
        public uint ifi_obytes;
        public uint ifi_imcasts;
        public uint ifi_omcasts;
        public uint ifi_iqdrops;
        public uint ifi_noproto;
        public uint ifi_recvtiming;
        public uint ifi_xmittiming;
        fixed uint __ifi_lastchange[2];
        public uint ifi_unused2;
        public uint ifi_hwassist;
        public uint ifi_reserved1;
        public uint ifi_reserved2;
    }

    /// <summary>An interface: RTM_IFINFO.</summary>
    struct if_msghdr
    {
        public ushort ifm_msglen;
        public byte ifm_version;
        public byte ifm_type;
        public int ifm_addrs;
        public int ifm_flags;
        public ushort ifm_index;
        public if_data ifm_data;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>The metrics of a route.</summary>
    unsafe struct rt_metrics
    {
        public ulong rmx_locks;
        public ulong rmx_mtu;
        public ulong rmx_hopcount;
        public ulong rmx_expire;
        public ulong rmx_recvpipe;
        public ulong rmx_sendpipe;
        public ulong rmx_ssthresh;
        public ulong rmx_rtt;
        public ulong rmx_rttvar;
        public ulong rmx_pksent;
        public ulong rmx_weight;
        fixed ulong __rmx_filler[3];
    }

    /// <summary>A route: RTM_ADD, RTM_GET...</summary>
    struct rt_msghdr
    {
        public ushort rtm_msglen;
        public byte rtm_version;
        public byte rtm_type;
        public ushort rtm_index;
        ushort __rtm_spare1;
        public int rtm_flags;
        public int rtm_addrs;
        public int rtm_pid;
        public int rtm_seq;
        public int rtm_errno;
        public int rtm_fmask;
        public ulong rtm_inits;
        public rt_metrics rtm_rmx;
    }

    /// <summary>Statistics of an interface.</summary>
    unsafe struct if_data
    {
        public byte ifi_type;
        public byte ifi_physical;
        public byte ifi_addrlen;
        public byte ifi_hdrlen;
        public byte ifi_link_state;
        public byte ifi_vhid;
        public ushort ifi_datalen;
        public uint ifi_mtu;
        public uint ifi_metric;
        public ulong ifi_baudrate;
        public ulong ifi_ipackets;
        public ulong ifi_ierrors;
        public ulong ifi_opackets;
        public ulong ifi_oerrors;
        public ulong ifi_collisions;
        public ulong ifi_ibytes;
        public ulong ifi_obytes;
        public ulong ifi_imcasts;
        public ulong ifi_omcasts;
        public ulong ifi_iqdrops;
        public ulong ifi_oqdrops;
        public ulong ifi_noproto;
        public ulong ifi_hwassist;
        ulong __ifi_epoch;
        fixed ulong __ifi_lastchange[2];
    }

    /// <summary>An interface: RTM_IFINFO.</summary>
    struct if_msghdr
    {
        public ushort ifm_msglen;
        public byte ifm_version;
        public byte ifm_type;
        public int ifm_addrs;
        public int ifm_flags;
        public ushort ifm_index;
        ushort __ifm_spare1;
        public if_data ifm_data;
    }

    /// <summary>An interface appeared or disappeared: RTM_IFANNOUNCE.</summary>
    unsafe struct if_announcemsghdr
    {
        public ushort ifan_msglen;
        public byte ifan_version;
        public byte ifan_type;
        public ushort ifan_index;
        public fixed byte ifan_name[16];
        public ushort ifan_what;
    }
}
