namespace Unp.Net.Abi.Linux;

/// <summary>
/// What newer kernels append to <see cref="tcp_info"/>. The headers that the ABI tests compile against (Linux 6.1) do not have it; it is nested here
/// so that they pass it over. A kernel that appends it never moves it.
/// </summary>
static class TcpInfoAppended
{
    /// <summary>Everything that TCP_INFO tells as of Linux 6.18.</summary>
    internal struct Whole
    {
        public tcp_info head;
        public Tail tail;
    }

    /// <summary>Linux 6.2: the first two; 6.7: <c>total_rto</c> and on; 6.18: <c>received_ce</c> and on.</summary>
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
