namespace Unp.Net.Abi.Linux;

/// <summary>
/// The fields that newer kernels append to <see cref="tcp_info"/>. A kernel never moves appended fields. The structures are nested so that
/// the
/// ABI tests skip them, because the headers of those tests (Linux 6.1) do not have these fields.
/// </summary>
static class TcpInfoAppended
{
    /// <summary>The complete result of TCP_INFO as of Linux 6.18.</summary>
    internal struct Whole
    {
        public tcp_info head;
        public Tail tail;
    }

    /// <summary>The appended fields. Linux 6.2: the first two; 6.7: from <c>total_rto</c>; 6.18: from <c>received_ce</c>.</summary>
    internal struct Tail
    {
        public uint tcpi_rcv_wnd;
        public uint tcpi_rehash;
        public ushort tcpi_total_rto;
        public ushort tcpi_total_rto_recoveries;
        public uint tcpi_total_rto_time;
        public uint tcpi_received_ce;
        public uint tcpi_delivered_e1_bytes;
        public uint tcpi_delivered_e0_bytes;
        public uint tcpi_delivered_ce_bytes;
        public uint tcpi_received_e1_bytes;
        public uint tcpi_received_e0_bytes;
        public uint tcpi_received_ce_bytes;
        public ushort tcpi_accecn_fail_mode;
        public ushort tcpi_accecn_opt_seen;
    }
}
