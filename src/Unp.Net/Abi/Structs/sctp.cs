// The structs of SCTP's options that contain only numbers. (RFC 6458) macOS has no SCTP.
// If systems differ, the neutral struct has FreeBSD's layout.
namespace Unp.Net.Abi
{
    /// <summary>The id of an association, signed on Linux only. 0 means future associations.</summary>
    readonly struct sctp_assoc_t(int value)
    {
        readonly int __value = value;

        public static implicit operator int(sctp_assoc_t id) => id.__value;

        public static implicit operator sctp_assoc_t(int id) => new(id);
    }

    /// <summary>A number for an association.</summary>
    struct sctp_assoc_value
    {
        public sctp_assoc_t assoc_id;
        public uint assoc_value;
    }

    /// <summary>Parameters for the start of an association; times in milliseconds.</summary>
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
        public sctp_assoc_t srto_assoc_id;
        public uint srto_initial;
        public uint srto_max;
        public uint srto_min;
    }

    /// <summary>Parameters of an association.</summary>
    struct sctp_assocparams
    {
        public sctp_assoc_t sasoc_assoc_id;
        public uint sasoc_peer_rwnd;
        public uint sasoc_local_rwnd;
        public uint sasoc_cookie_life;
        public ushort sasoc_asocmaxrxt;
        public ushort sasoc_number_peer_destinations;
    }

    /// <summary>Parameters of a message. FreeBSD reserves space at the end for future fields.</summary>
    unsafe struct sctp_sndrcvinfo
    {
        public ushort sinfo_stream;
        public ushort sinfo_ssn;
        public ushort sinfo_flags;
        public uint sinfo_ppid;
        public uint sinfo_context;
        public uint sinfo_timetolive;
        public uint sinfo_tsn;
        public uint sinfo_cumtsn;
        public sctp_assoc_t sinfo_assoc_id;
        public ushort sinfo_keynumber;
        public ushort sinfo_keynumber_valid;
        fixed byte __reserve_pad[92];
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>Parameters of an association. Unlike on FreeBSD, the short numbers come first.</summary>
    struct sctp_assocparams(in Abi.sctp_assocparams neutral)
    {
        public sctp_assoc_t sasoc_assoc_id = neutral.sasoc_assoc_id;
        public ushort sasoc_asocmaxrxt = neutral.sasoc_asocmaxrxt;
        public ushort sasoc_number_peer_destinations = neutral.sasoc_number_peer_destinations;
        public uint sasoc_peer_rwnd = neutral.sasoc_peer_rwnd;
        public uint sasoc_local_rwnd = neutral.sasoc_local_rwnd;
        public uint sasoc_cookie_life = neutral.sasoc_cookie_life;

        public readonly Abi.sctp_assocparams Neutral => new()
        {
            sasoc_assoc_id = sasoc_assoc_id,
            sasoc_peer_rwnd = sasoc_peer_rwnd,
            sasoc_local_rwnd = sasoc_local_rwnd,
            sasoc_cookie_life = sasoc_cookie_life,
            sasoc_asocmaxrxt = sasoc_asocmaxrxt,
            sasoc_number_peer_destinations = sasoc_number_peer_destinations,
        };
    }

    /// <summary>Parameters of a message.</summary>
    struct sctp_sndrcvinfo(in Abi.sctp_sndrcvinfo neutral)
    {
        public ushort sinfo_stream = neutral.sinfo_stream;
        public ushort sinfo_ssn = neutral.sinfo_ssn;
        public ushort sinfo_flags = neutral.sinfo_flags;
        public uint sinfo_ppid = neutral.sinfo_ppid;
        public uint sinfo_context = neutral.sinfo_context;
        public uint sinfo_timetolive = neutral.sinfo_timetolive;
        public uint sinfo_tsn = neutral.sinfo_tsn;
        public uint sinfo_cumtsn = neutral.sinfo_cumtsn;
        public sctp_assoc_t sinfo_assoc_id = neutral.sinfo_assoc_id;

        public readonly Abi.sctp_sndrcvinfo Neutral => new()
        {
            sinfo_stream = sinfo_stream,
            sinfo_ssn = sinfo_ssn,
            sinfo_flags = sinfo_flags,
            sinfo_ppid = sinfo_ppid,
            sinfo_context = sinfo_context,
            sinfo_timetolive = sinfo_timetolive,
            sinfo_tsn = sinfo_tsn,
            sinfo_cumtsn = sinfo_cumtsn,
            sinfo_assoc_id = sinfo_assoc_id,
        };
    }

    /// <summary>One byte per event, 1 to report it. Older kernels know fewer events.</summary>
    struct sctp_event_subscribe
    {
        public byte sctp_data_io_event;
        public byte sctp_association_event;
        public byte sctp_address_event;
        public byte sctp_send_failure_event;
        public byte sctp_peer_error_event;
        public byte sctp_shutdown_event;
        public byte sctp_partial_delivery_event;
        public byte sctp_adaptation_layer_event;
        public byte sctp_authentication_event;
        public byte sctp_sender_dry_event;
        public byte sctp_stream_reset_event;
        public byte sctp_assoc_reset_event;
        public byte sctp_stream_change_event;
        public byte sctp_send_failure_event_event;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>One byte per event, 1 to report it.</summary>
    struct sctp_event_subscribe
    {
        public byte sctp_data_io_event;
        public byte sctp_association_event;
        public byte sctp_address_event;
        public byte sctp_send_failure_event;
        public byte sctp_peer_error_event;
        public byte sctp_shutdown_event;
        public byte sctp_partial_delivery_event;
        public byte sctp_adaptation_layer_event;
        public byte sctp_authentication_event;
        public byte sctp_sender_dry_event;
        public byte sctp_stream_reset_event;
    }
}
