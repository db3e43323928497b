using System.Runtime.InteropServices;

// The structs of SCTP's options that contain an address. (RFC 6458) macOS has no SCTP.
// The neutral struct has FreeBSD's layout, where the address comes first. On Linux the association's id comes first, and the rest is
// packed.
namespace Unp.Net.Abi
{
    /// <summary>The primary address of the peer.</summary>
    struct sctp_setprim
    {
        public sockaddr_storage ssp_addr;
        public sctp_assoc_t ssp_assoc_id;
        uint __ssp_padding;
    }

    /// <summary>The address of this side that the peer must use as primary address.</summary>
    struct sctp_setpeerprim
    {
        public sockaddr_storage sspp_addr;
        public sctp_assoc_t sspp_assoc_id;
        uint __sspp_padding;
    }

    /// <summary>Settings for monitoring a peer address; times in milliseconds.</summary>
    struct sctp_paddrparams
    {
        public sockaddr_storage spp_address;
        public sctp_assoc_t spp_assoc_id;
        public uint spp_hbinterval;
        public uint spp_pathmtu;
        public uint spp_flags;
        public uint spp_ipv6_flowlabel;
        public ushort spp_pathmaxrxt;
        public byte spp_dscp;
    }

    /// <summary>The condition of a peer address; times in milliseconds.</summary>
    struct sctp_paddrinfo
    {
        public sockaddr_storage spinfo_address;
        public sctp_assoc_t spinfo_assoc_id;
        public int spinfo_state;
        public uint spinfo_cwnd;
        public uint spinfo_srtt;
        public uint spinfo_rto;
        public uint spinfo_mtu;
    }

    /// <summary>The condition of an association.</summary>
    struct sctp_status
    {
        public sctp_assoc_t sstat_assoc_id;
        public int sstat_state;
        public uint sstat_rwnd;
        public ushort sstat_unackdata;
        public ushort sstat_penddata;
        public ushort sstat_instrms;
        public ushort sstat_outstrms;
        public uint sstat_fragmentation_point;
        public sctp_paddrinfo sstat_primary;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>The primary address of the peer.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct sctp_setprim(in Abi.sctp_setprim neutral)
    {
        public sctp_assoc_t ssp_assoc_id = neutral.ssp_assoc_id;
        public sockaddr_storage ssp_addr = neutral.ssp_addr;

        public readonly Abi.sctp_setprim Neutral => new() { ssp_addr = ssp_addr, ssp_assoc_id = ssp_assoc_id };
    }

    /// <summary>The address of this side that the peer must use as primary address.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct sctp_setpeerprim(in Abi.sctp_setpeerprim neutral)
    {
        public sctp_assoc_t sspp_assoc_id = neutral.sspp_assoc_id;
        public sockaddr_storage sspp_addr = neutral.sspp_addr;
    }

    /// <summary>Settings for monitoring a peer address; times in milliseconds. The numbers are not aligned.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1, Size = 156)]
    struct sctp_paddrparams(in Abi.sctp_paddrparams neutral)
    {
        public sctp_assoc_t spp_assoc_id = neutral.spp_assoc_id;
        public sockaddr_storage spp_address = neutral.spp_address;
        public uint spp_hbinterval = neutral.spp_hbinterval;
        public ushort spp_pathmaxrxt = neutral.spp_pathmaxrxt;
        public uint spp_pathmtu = neutral.spp_pathmtu;

        /// <summary>The structure of FreeBSD has no such field.</summary>
        public uint spp_sackdelay;
        public uint spp_flags = neutral.spp_flags;
        public uint spp_ipv6_flowlabel = neutral.spp_ipv6_flowlabel;
        public byte spp_dscp = neutral.spp_dscp;

        public readonly Abi.sctp_paddrparams Neutral => new()
        {
            spp_address = spp_address,
            spp_assoc_id = spp_assoc_id,
            spp_hbinterval = spp_hbinterval,
            spp_pathmtu = spp_pathmtu,
            spp_flags = spp_flags,
            spp_ipv6_flowlabel = spp_ipv6_flowlabel,
            spp_pathmaxrxt = spp_pathmaxrxt,
            spp_dscp = spp_dscp,
        };
    }

    /// <summary>
    /// The condition of a peer address; times in milliseconds, except spinfo_srtt, which counts ticks of the kernel's clock.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct sctp_paddrinfo(in Abi.sctp_paddrinfo neutral)
    {
        public sctp_assoc_t spinfo_assoc_id = neutral.spinfo_assoc_id;
        public sockaddr_storage spinfo_address = neutral.spinfo_address;
        public int spinfo_state = neutral.spinfo_state;
        public uint spinfo_cwnd = neutral.spinfo_cwnd;
        public uint spinfo_srtt = neutral.spinfo_srtt;
        public uint spinfo_rto = neutral.spinfo_rto;
        public uint spinfo_mtu = neutral.spinfo_mtu;

        public readonly Abi.sctp_paddrinfo Neutral => new()
        {
            spinfo_address = spinfo_address,
            spinfo_assoc_id = spinfo_assoc_id,
            spinfo_state = spinfo_state,
            spinfo_cwnd = spinfo_cwnd,
            spinfo_srtt = spinfo_srtt,
            spinfo_rto = spinfo_rto,
            spinfo_mtu = spinfo_mtu,
        };
    }

    /// <summary>The condition of an association.</summary>
    struct sctp_status(in Abi.sctp_status neutral)
    {
        public sctp_assoc_t sstat_assoc_id = neutral.sstat_assoc_id;
        public int sstat_state = neutral.sstat_state;
        public uint sstat_rwnd = neutral.sstat_rwnd;
        public ushort sstat_unackdata = neutral.sstat_unackdata;
        public ushort sstat_penddata = neutral.sstat_penddata;
        public ushort sstat_instrms = neutral.sstat_instrms;
        public ushort sstat_outstrms = neutral.sstat_outstrms;
        public uint sstat_fragmentation_point = neutral.sstat_fragmentation_point;
        public sctp_paddrinfo sstat_primary = new(neutral.sstat_primary);

        public readonly Abi.sctp_status Neutral => new()
        {
            sstat_assoc_id = sstat_assoc_id,
            sstat_state = sstat_state,
            sstat_rwnd = sstat_rwnd,
            sstat_unackdata = sstat_unackdata,
            sstat_penddata = sstat_penddata,
            sstat_instrms = sstat_instrms,
            sstat_outstrms = sstat_outstrms,
            sstat_fragmentation_point = sstat_fragmentation_point,
            sstat_primary = sstat_primary.Neutral,
        };
    }
}
