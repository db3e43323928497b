using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Unp.Net.Abi.Linux;

namespace Unp.Net;

/// <summary>
/// The form of TcpInfo: the structure of each system. Members that the structure, or an older kernel's shorter one, lacks stay 0.
/// </summary>
sealed class TcpInfoForm() : OptionForm<TcpInfo>("tcp_info", SizeHere)
{
    static int SizeHere =>
        Target.IsLinux ? Unsafe.SizeOf<TcpInfoAppended.Whole>()
        : Target.IsMacOS ? Unsafe.SizeOf<Abi.Darwin.tcp_connection_info>()
        : Unsafe.SizeOf<Abi.FreeBsd.tcp_info>();

    public override TcpInfo Decode(ReadOnlySpan<byte> bytes) =>
        Target.IsLinux ? OfLinux(bytes) : Target.IsMacOS ? OfMacOS(bytes) : OfFreeBsd(bytes);

    public override int Encode(TcpInfo value, Span<byte> bytes, SocketOption option) => throw new UnreachableException();

    internal static TcpInfo OfLinux(ReadOnlySpan<byte> bytes)
    {
        var whole = Padded<TcpInfoAppended.Whole>(bytes);
        ref tcp_info info = ref whole.head;
        ref TcpInfoAppended.Tail tail = ref whole.tail;
        return new()
        {
            State = TcpStates.OfLinux(info.tcpi_state),
            CaState = info.tcpi_ca_state,
            Retransmits = info.tcpi_retransmits,
            Probes = info.tcpi_probes,
            Backoff = info.tcpi_backoff,
            Options = info.tcpi_options,
            SndWscale = info.tcpi_snd_wscale,
            RcvWscale = info.tcpi_rcv_wscale,
            DeliveryRateAppLimited = info.tcpi_delivery_rate_app_limited,
            FastOpenClientFail = info.tcpi_fastopen_client_fail,
            Rto = Microseconds(info.tcpi_rto),
            Ato = Microseconds(info.tcpi_ato),
            SndMss = info.tcpi_snd_mss,
            RcvMss = info.tcpi_rcv_mss,
            Unacked = info.tcpi_unacked,
            Sacked = info.tcpi_sacked,
            Lost = info.tcpi_lost,
            Retrans = info.tcpi_retrans,
            Fackets = info.tcpi_fackets,
            LastDataSent = Milliseconds(info.tcpi_last_data_sent),
            LastAckSent = Milliseconds(info.tcpi_last_ack_sent),
            LastDataRecv = Milliseconds(info.tcpi_last_data_recv),
            LastAckRecv = Milliseconds(info.tcpi_last_ack_recv),
            Pmtu = info.tcpi_pmtu,
            RcvSsthresh = info.tcpi_rcv_ssthresh,
            Rtt = Microseconds(info.tcpi_rtt),
            RttVar = Microseconds(info.tcpi_rttvar),
            SndSsthresh = info.tcpi_snd_ssthresh,
            SndCwnd = info.tcpi_snd_cwnd,
            AdvMss = info.tcpi_advmss,
            Reordering = info.tcpi_reordering,
            RcvRtt = Microseconds(info.tcpi_rcv_rtt),
            RcvSpace = info.tcpi_rcv_space,
            TotalRetrans = info.tcpi_total_retrans,
            PacingRate = info.tcpi_pacing_rate,
            MaxPacingRate = info.tcpi_max_pacing_rate,
            BytesAcked = info.tcpi_bytes_acked,
            BytesReceived = info.tcpi_bytes_received,
            SegsOut = info.tcpi_segs_out,
            SegsIn = info.tcpi_segs_in,
            NotSentBytes = info.tcpi_notsent_bytes,

            // All ones means that it is not measured yet.
            MinRtt = info.tcpi_min_rtt == uint.MaxValue ? TimeSpan.Zero : Microseconds(info.tcpi_min_rtt),
            DataSegsIn = info.tcpi_data_segs_in,
            DataSegsOut = info.tcpi_data_segs_out,
            DeliveryRate = info.tcpi_delivery_rate,
            BusyTime = Microseconds(info.tcpi_busy_time),
            RwndLimited = Microseconds(info.tcpi_rwnd_limited),
            SndBufLimited = Microseconds(info.tcpi_sndbuf_limited),
            Delivered = info.tcpi_delivered,
            DeliveredCe = info.tcpi_delivered_ce,
            BytesSent = info.tcpi_bytes_sent,
            BytesRetrans = info.tcpi_bytes_retrans,
            DsackDups = info.tcpi_dsack_dups,
            ReordSeen = info.tcpi_reord_seen,
            RcvOooPack = info.tcpi_rcv_ooopack,
            SndWnd = info.tcpi_snd_wnd,
            RcvWnd = tail.tcpi_rcv_wnd,
            Rehash = tail.tcpi_rehash,
            TotalRto = tail.tcpi_total_rto,
            TotalRtoRecoveries = tail.tcpi_total_rto_recoveries,
            TotalRtoTime = Milliseconds(tail.tcpi_total_rto_time),
            ReceivedCe = tail.tcpi_received_ce,
            DeliveredE1Bytes = tail.tcpi_delivered_e1_bytes,
            DeliveredE0Bytes = tail.tcpi_delivered_e0_bytes,
            DeliveredCeBytes = tail.tcpi_delivered_ce_bytes,
            ReceivedE1Bytes = tail.tcpi_received_e1_bytes,
            ReceivedE0Bytes = tail.tcpi_received_e0_bytes,
            ReceivedCeBytes = tail.tcpi_received_ce_bytes,
            AccEcnFailMode = tail.tcpi_accecn_fail_mode,
            AccEcnOptSeen = tail.tcpi_accecn_opt_seen,
        };
    }

    internal static TcpInfo OfMacOS(ReadOnlySpan<byte> bytes)
    {
        var info = Padded<Abi.Darwin.tcp_connection_info>(bytes);
        return new()
        {
            State = TcpStates.OfBsd(info.tcpi_state),
            Options = (int)info.tcpi_options,
            SndWscale = info.tcpi_snd_wscale,
            RcvWscale = info.tcpi_rcv_wscale,
            Rto = Milliseconds(info.tcpi_rto),
            SndMss = info.tcpi_maxseg,
            Rtt = Milliseconds(info.tcpi_srtt),
            RttVar = Milliseconds(info.tcpi_rttvar),
            RttCur = Milliseconds(info.tcpi_rttcur),
            SndSsthresh = info.tcpi_snd_ssthresh,
            SndCwnd = info.tcpi_snd_cwnd,
            TotalRetrans = info.tcpi_txretransmitpackets,
            BytesReceived = info.tcpi_rxbytes,
            SegsOut = info.tcpi_txpackets,
            SegsIn = info.tcpi_rxpackets,
            BytesSent = info.tcpi_txbytes,
            BytesRetrans = info.tcpi_txretransmitbytes,
            RcvOooBytes = info.tcpi_rxoutoforderbytes,
            SndWnd = info.tcpi_snd_wnd,
            RcvWnd = info.tcpi_rcv_wnd,
            SndSbBytes = info.tcpi_snd_sbbytes,
        };
    }

    internal static TcpInfo OfFreeBsd(ReadOnlySpan<byte> bytes)
    {
        var info = Padded<Abi.FreeBsd.tcp_info>(bytes);
        return new()
        {
            State = TcpStates.OfBsd(info.tcpi_state),
            Options = info.tcpi_options,
            SndWscale = info.tcpi_snd_wscale,
            RcvWscale = info.tcpi_rcv_wscale,
            Rto = Microseconds(info.tcpi_rto),
            SndMss = info.tcpi_snd_mss,
            RcvMss = info.tcpi_rcv_mss,
            LastDataRecv = Microseconds(info.tcpi_last_data_recv),
            Rtt = Microseconds(info.tcpi_rtt),
            RttVar = Microseconds(info.tcpi_rttvar),
            SndSsthresh = info.tcpi_snd_ssthresh,
            SndCwnd = info.tcpi_snd_cwnd,
            RcvSpace = info.tcpi_rcv_space,
            TotalRetrans = info.tcpi_snd_rexmitpack,
            RcvOooPack = info.tcpi_rcv_ooopack,
            SndWnd = info.tcpi_snd_wnd,
            SndNxt = info.tcpi_snd_nxt,
            RcvNxt = info.tcpi_rcv_nxt,
            SndZeroWin = info.tcpi_snd_zerowin,
        };
    }

    /// <summary>Reads the structure from bytes that may be fewer or more than its size.</summary>
    static T Padded<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        T info = default;
        bytes[..Math.Min(bytes.Length, Unsafe.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref info)));
        return info;
    }

    static TimeSpan Microseconds(ulong count) =>
        TimeSpan.FromTicks((long)Math.Min(count, long.MaxValue / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);

    static TimeSpan Milliseconds(uint count) => TimeSpan.FromMilliseconds((long)count);
}
