using System.Runtime.InteropServices;

namespace Unp.Net.Abi.Linux;

/// <summary>
/// The result of MPTCP_INFO, as of Linux 6.1. It is packed and its hole has a name, so that it ends at the end of its last field. Newer
/// kernels append fields there.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
struct mptcp_info
{
    public byte mptcpi_subflows;
    public byte mptcpi_add_addr_signal;
    public byte mptcpi_add_addr_accepted;
    public byte mptcpi_subflows_max;
    public byte mptcpi_add_addr_signal_max;
    public byte mptcpi_add_addr_accepted_max;
    ushort __hole;
    public uint mptcpi_flags;
    public uint mptcpi_token;
    public ulong mptcpi_write_seq;
    public ulong mptcpi_snd_una;
    public ulong mptcpi_rcv_nxt;
    public byte mptcpi_local_addr_used;
    public byte mptcpi_local_addr_max;
    public byte mptcpi_csum_enabled;
}

/// <summary>The head of the arrays of MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS.</summary>
struct mptcp_subflow_data
{
    public uint size_subflow_data;
    public uint num_subflows;
    public uint size_kernel;
    public uint size_user;
}

/// <summary>The addresses of a subflow.</summary>
struct mptcp_subflow_addrs
{
    public sockaddr_storage ss_local;
    public sockaddr_storage ss_remote;
}

/// <summary>
/// Structures of newer kernels. They are nested so that the ABI tests skip them, because the headers of those tests (Linux 6.1) do not have
/// them.
/// </summary>
static class MptcpAppended
{
    /// <summary>The complete result of MPTCP_INFO as of Linux 6.18.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Info
    {
        public mptcp_info head;
        public Tail tail;
    }

    /// <summary>
    /// The appended fields. Linux 6.5: up to <c>bytes_acked</c>; 6.8: <c>subflows_total</c>; 6.10: from <c>last_data_sent</c>; 6.18:
    /// <c>endp_laminar_max</c> and <c>endp_fullmesh_max</c>, in a hole.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Tail
    {
        byte __hole;
        public uint mptcpi_retransmits;
        public ulong mptcpi_bytes_retrans;
        public ulong mptcpi_bytes_sent;
        public ulong mptcpi_bytes_received;
        public ulong mptcpi_bytes_acked;
        public byte mptcpi_subflows_total;
        public byte mptcpi_endp_laminar_max;
        public byte mptcpi_endp_fullmesh_max;
        byte __reserved;
        public uint mptcpi_last_data_sent;
        public uint mptcpi_last_data_recv;
        public uint mptcpi_last_ack_recv;
    }

    /// <summary>C's <c>mptcp_subflow_info</c>. Linux 6.5.</summary>
    internal struct SubflowInfo
    {
        public uint id;
        public mptcp_subflow_addrs addrs;
    }

    /// <summary>C's <c>mptcp_full_info</c>. Linux 6.5.</summary>
    internal struct FullInfo
    {
        public uint size_tcpinfo_kernel;
        public uint size_tcpinfo_user;
        public uint size_sfinfo_kernel;
        public uint size_sfinfo_user;
        public uint num_subflows;
        public uint size_arrays_user;
        public ulong subflow_info;
        public ulong tcp_info;
        public Info mptcp_info;
    }
}
