namespace Unp.Net.Abi.Darwin;

/// <summary>
/// The result of TCP_CONNECTION_INFO. Times are in milliseconds, windows in bytes; <c>__tcpi_tfo</c> has bits of fast open.
/// </summary>
struct tcp_connection_info
{
    public byte tcpi_state;
    public byte tcpi_snd_wscale;
    public byte tcpi_rcv_wscale;
    public byte __pad1;
    public uint tcpi_options;
    public uint tcpi_flags;
    public uint tcpi_rto;
    public uint tcpi_maxseg;
    public uint tcpi_snd_ssthresh;
    public uint tcpi_snd_cwnd;
    public uint tcpi_snd_wnd;
    public uint tcpi_snd_sbbytes;
    public uint tcpi_rcv_wnd;
    public uint tcpi_rttcur;
    public uint tcpi_srtt;
    public uint tcpi_rttvar;
    public uint __tcpi_tfo;
    public ulong tcpi_txpackets;
    public ulong tcpi_txbytes;
    public ulong tcpi_txretransmitbytes;
    public ulong tcpi_rxpackets;
    public ulong tcpi_rxbytes;
    public ulong tcpi_rxoutoforderbytes;
    public ulong tcpi_txretransmitpackets;
}
