namespace Unp.Net.Abi.Linux
{
    /// <summary>
    /// The result of TCP_INFO, as of Linux 6.1. Newer kernels add fields at the end; an older kernel fills fewer fields and reports their
    /// length.
    /// Times are in microseconds, times since an event in milliseconds, rates in bytes per second, all others in segments or bytes.
    /// </summary>
    struct tcp_info
    {
        public byte tcpi_state;
        public byte tcpi_ca_state;
        public byte tcpi_retransmits;
        public byte tcpi_probes;
        public byte tcpi_backoff;
        public byte tcpi_options;
        public byte __tcpi_wscale;
        public byte __tcpi_limits;
        public uint tcpi_rto;
        public uint tcpi_ato;
        public uint tcpi_snd_mss;
        public uint tcpi_rcv_mss;
        public uint tcpi_unacked;
        public uint tcpi_sacked;
        public uint tcpi_lost;
        public uint tcpi_retrans;
        public uint tcpi_fackets;
        public uint tcpi_last_data_sent;
        public uint tcpi_last_ack_sent;
        public uint tcpi_last_data_recv;
        public uint tcpi_last_ack_recv;
        public uint tcpi_pmtu;
        public uint tcpi_rcv_ssthresh;
        public uint tcpi_rtt;
        public uint tcpi_rttvar;
        public uint tcpi_snd_ssthresh;
        public uint tcpi_snd_cwnd;
        public uint tcpi_advmss;
        public uint tcpi_reordering;
        public uint tcpi_rcv_rtt;
        public uint tcpi_rcv_space;
        public uint tcpi_total_retrans;
        public ulong tcpi_pacing_rate;
        public ulong tcpi_max_pacing_rate;
        public ulong tcpi_bytes_acked;
        public ulong tcpi_bytes_received;
        public uint tcpi_segs_out;
        public uint tcpi_segs_in;
        public uint tcpi_notsent_bytes;
        public uint tcpi_min_rtt;
        public uint tcpi_data_segs_in;
        public uint tcpi_data_segs_out;
        public ulong tcpi_delivery_rate;
        public ulong tcpi_busy_time;
        public ulong tcpi_rwnd_limited;
        public ulong tcpi_sndbuf_limited;
        public uint tcpi_delivered;
        public uint tcpi_delivered_ce;
        public ulong tcpi_bytes_sent;
        public ulong tcpi_bytes_retrans;
        public uint tcpi_dsack_dups;
        public uint tcpi_reord_seen;
        public uint tcpi_rcv_ooopack;
        public uint tcpi_snd_wnd;

        public readonly int tcpi_snd_wscale => __tcpi_wscale & 0xF;

        public readonly int tcpi_rcv_wscale => __tcpi_wscale >> 4;

        public readonly bool tcpi_delivery_rate_app_limited => (__tcpi_limits & 1) != 0;

        public readonly int tcpi_fastopen_client_fail => (__tcpi_limits >> 1) & 3;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>
    /// The result of TCP_INFO, with the fields that all versions have. FreeBSD copied Linux's structure, leaves some fields unused, and
    /// fills a shorter buffer.
    /// Times are in microseconds, windows in bytes.
    /// </summary>
    struct tcp_info
    {
        public byte tcpi_state;
        public byte __tcpi_ca_state;
        public byte __tcpi_retransmits;
        public byte __tcpi_probes;
        public byte __tcpi_backoff;
        public byte tcpi_options;
        public byte __tcpi_wscale;
        public uint tcpi_rto;
        public uint __tcpi_ato;
        public uint tcpi_snd_mss;
        public uint tcpi_rcv_mss;
        public uint __tcpi_unacked;
        public uint __tcpi_sacked;
        public uint __tcpi_lost;
        public uint __tcpi_retrans;
        public uint __tcpi_fackets;
        public uint __tcpi_last_data_sent;
        public uint __tcpi_last_ack_sent;
        public uint tcpi_last_data_recv;
        public uint __tcpi_last_ack_recv;
        public uint __tcpi_pmtu;
        public uint __tcpi_rcv_ssthresh;
        public uint tcpi_rtt;
        public uint tcpi_rttvar;
        public uint tcpi_snd_ssthresh;
        public uint tcpi_snd_cwnd;
        public uint __tcpi_advmss;
        public uint __tcpi_reordering;
        public uint __tcpi_rcv_rtt;
        public uint tcpi_rcv_space;
        public uint tcpi_snd_wnd;
        public uint tcpi_snd_bwnd;
        public uint tcpi_snd_nxt;
        public uint tcpi_rcv_nxt;
        public uint tcpi_toe_tid;
        public uint tcpi_snd_rexmitpack;
        public uint tcpi_rcv_ooopack;
        public uint tcpi_snd_zerowin;

        public readonly int tcpi_snd_wscale => __tcpi_wscale & 0xF;

        public readonly int tcpi_rcv_wscale => __tcpi_wscale >> 4;
    }
}
