// The structs of SCTP's options that belong to the socket as a whole. (RFC 6458) macOS has no SCTP.
// The id of an association, signed on Linux only, is always 0 there: what is meant are those to come.
namespace Unp.Net.Abi
{
    /// <summary>A number for an association.</summary>
    struct sctp_assoc_value
    {
        uint __assoc_id;
        public uint assoc_value;
    }

    /// <summary>How an association starts; times in milliseconds.</summary>
    struct sctp_initmsg
    {
        public ushort sinit_num_ostreams;
        public ushort sinit_max_instreams;
        public ushort sinit_max_attempts;
        public ushort sinit_max_init_timeo;
    }

    /// <summary>Bounds of the retransmission time-out, milliseconds.</summary>
    struct sctp_rtoinfo
    {
        uint __srto_assoc_id;
        public uint srto_initial;
        public uint srto_max;
        public uint srto_min;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>Parameters of an association.</summary>
    struct sctp_assocparams
    {
        uint __sasoc_assoc_id;
        public ushort sasoc_asocmaxrxt;
        public ushort sasoc_number_peer_destinations;
        public uint sasoc_peer_rwnd;
        public uint sasoc_local_rwnd;
        public uint sasoc_cookie_life;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>Parameters of an association. Other than on Linux the short numbers come last.</summary>
    struct sctp_assocparams
    {
        uint __sasoc_assoc_id;
        public uint sasoc_peer_rwnd;
        public uint sasoc_local_rwnd;
        public uint sasoc_cookie_life;
        public ushort sasoc_asocmaxrxt;
        public ushort sasoc_number_peer_destinations;
    }
}
