namespace Unp.Net;

/// <summary>
/// What <see cref="SocketOptions.TcpInfo"/> tells of a connection (UNP 7.9, tcp(7)). The names are those of C's fields without <c>tcpi_</c>.
/// </summary>
/// <remarks>
/// Each system, and each version of Linux, tells its part: where a summary names systems the others leave 0. <c>Snd</c> is the direction away from
/// this host, <c>Rcv</c> the direction to it.
/// </remarks>
public readonly struct TcpInfo
{
    /// <summary>The state of the connection.</summary>
    public TcpState State { get; init; }

    /// <summary>What congestion control is doing: TCP_CA_*. Linux.</summary>
    public int CaState { get; init; }

    /// <summary>How often the segment that waits longest was sent again without answer. Linux.</summary>
    public int Retransmits { get; init; }

    /// <summary>Probes of a closed window, or of keep-alive, without answer. Linux.</summary>
    public int Probes { get; init; }

    /// <summary>How often the time-out was doubled. Linux.</summary>
    public int Backoff { get; init; }

    /// <summary>What was negotiated: bits TCPI_OPT_* (Linux, FreeBSD), TCPCI_OPT_* (macOS).</summary>
    public int Options { get; init; }

    /// <summary>The peer's window scale: its windows are shifted by that.</summary>
    public int SndWscale { get; init; }

    /// <summary>This side's window scale.</summary>
    public int RcvWscale { get; init; }

    /// <summary>Whether <see cref="DeliveryRate"/> was what the program sent, not what the network could do. Linux 4.9.</summary>
    public bool DeliveryRateAppLimited { get; init; }

    /// <summary>Why the client's fast open did not work, 0: it did, or was not tried. Linux 5.5.</summary>
    public int FastOpenClientFail { get; init; }

    /// <summary>The time-out after which is sent again.</summary>
    public TimeSpan Rto { get; init; }

    /// <summary>How long an acknowledgement is delayed. Linux.</summary>
    public TimeSpan Ato { get; init; }

    /// <summary>The largest segment that is sent, bytes.</summary>
    public uint SndMss { get; init; }

    /// <summary>The largest segment that is received, as far as known, bytes. Linux, FreeBSD.</summary>
    public uint RcvMss { get; init; }

    /// <summary>Segments without acknowledgement yet; on a listener, connections that wait for <c>accept</c>. Linux.</summary>
    public uint Unacked { get; init; }

    /// <summary>Segments acknowledged selectively; on a listener, its backlog. Linux.</summary>
    public uint Sacked { get; init; }

    /// <summary>Segments taken for lost. Linux.</summary>
    public uint Lost { get; init; }

    /// <summary>Segments sent again that have no acknowledgement yet. Linux.</summary>
    public uint Retrans { get; init; }

    /// <summary>Segments up to the highest acknowledged selectively; 0 since Linux 4.15. Linux.</summary>
    public uint Fackets { get; init; }

    /// <summary>Since data were last sent. Linux.</summary>
    public TimeSpan LastDataSent { get; init; }

    /// <summary>Since an acknowledgement was last sent; Linux does not remember it. Linux.</summary>
    public TimeSpan LastAckSent { get; init; }

    /// <summary>Since data last came. Linux, FreeBSD.</summary>
    public TimeSpan LastDataRecv { get; init; }

    /// <summary>Since an acknowledgement last came. Linux.</summary>
    public TimeSpan LastAckRecv { get; init; }

    /// <summary>The path MTU, bytes. Linux.</summary>
    public uint Pmtu { get; init; }

    /// <summary>The most that the window may grow to for now, bytes. Linux.</summary>
    public uint RcvSsthresh { get; init; }

    /// <summary>The round trip time, smoothed.</summary>
    public TimeSpan Rtt { get; init; }

    /// <summary>How far round trip times are from that, smoothed.</summary>
    public TimeSpan RttVar { get; init; }

    /// <summary>The round trip time last measured. macOS.</summary>
    public TimeSpan RttCur { get; init; }

    /// <summary>Where slow start ends: segments on Linux (0x7FFFFFFF: not known yet), bytes on the BSDs.</summary>
    public uint SndSsthresh { get; init; }

    /// <summary>The congestion window: segments on Linux, bytes on the BSDs.</summary>
    public uint SndCwnd { get; init; }

    /// <summary>The largest segment that this side announced, bytes. Linux.</summary>
    public uint AdvMss { get; init; }

    /// <summary>How far segments may come out of order before they count as lost. Linux.</summary>
    public uint Reordering { get; init; }

    /// <summary>The round trip time as a receiver sees it. Linux.</summary>
    public TimeSpan RcvRtt { get; init; }

    /// <summary>How much the program reads in a round trip (Linux), or the window announced (FreeBSD), bytes.</summary>
    public uint RcvSpace { get; init; }

    /// <summary>Segments sent again, in all.</summary>
    public ulong TotalRetrans { get; init; }

    /// <summary>Bytes a second at which segments are spaced. Linux 3.15.</summary>
    public ulong PacingRate { get; init; }

    /// <summary><see cref="SocketOptions.MaxPacingRate"/>. Linux 3.15.</summary>
    public ulong MaxPacingRate { get; init; }

    /// <summary>Bytes acknowledged by the peer. Linux 4.1.</summary>
    public ulong BytesAcked { get; init; }

    /// <summary>Bytes received in order (Linux 4.1), or at all (macOS).</summary>
    public ulong BytesReceived { get; init; }

    /// <summary>Segments sent. Linux 4.2, macOS.</summary>
    public ulong SegsOut { get; init; }

    /// <summary>Segments received. Linux 4.2, macOS.</summary>
    public ulong SegsIn { get; init; }

    /// <summary>Bytes written by the program that were never sent yet. Linux 4.6.</summary>
    public uint NotSentBytes { get; init; }

    /// <summary>The shortest round trip time of late. Linux 4.6.</summary>
    public TimeSpan MinRtt { get; init; }

    /// <summary>Segments received that had data. Linux 4.6.</summary>
    public uint DataSegsIn { get; init; }

    /// <summary>Segments sent that had data. Linux 4.6.</summary>
    public uint DataSegsOut { get; init; }

    /// <summary>Bytes a second that have lately reached the peer. Linux 4.9.</summary>
    public ulong DeliveryRate { get; init; }

    /// <summary>Time during which there was something to send. Linux 4.10.</summary>
    public TimeSpan BusyTime { get; init; }

    /// <summary>Time thereof when the peer's window was the limit. Linux 4.10.</summary>
    public TimeSpan RwndLimited { get; init; }

    /// <summary>Time thereof when the send buffer was the limit. Linux 4.10.</summary>
    public TimeSpan SndBufLimited { get; init; }

    /// <summary>Segments that have reached the peer. Linux 4.18.</summary>
    public uint Delivered { get; init; }

    /// <summary>Segments thereof that met congestion, as the peer says. Linux 4.18.</summary>
    public uint DeliveredCe { get; init; }

    /// <summary>Bytes sent, those sent again too. Linux 4.19, macOS.</summary>
    public ulong BytesSent { get; init; }

    /// <summary>Bytes sent again. Linux 4.19, macOS.</summary>
    public ulong BytesRetrans { get; init; }

    /// <summary>Segments that the peer says it got twice. Linux 4.19.</summary>
    public uint DsackDups { get; init; }

    /// <summary>How often acknowledgements showed that segments had come out of order. Linux 4.19.</summary>
    public uint ReordSeen { get; init; }

    /// <summary>Segments that came out of order. Linux 5.4, FreeBSD.</summary>
    public uint RcvOooPack { get; init; }

    /// <summary>Bytes that came out of order. macOS.</summary>
    public ulong RcvOooBytes { get; init; }

    /// <summary>The peer's window, bytes. Linux 5.4, the BSDs.</summary>
    public uint SndWnd { get; init; }

    /// <summary>The window announced to the peer, bytes. Linux 6.2, macOS.</summary>
    public uint RcvWnd { get; init; }

    /// <summary>How often another path through the network was tried. Linux 6.2.</summary>
    public uint Rehash { get; init; }

    /// <summary>Time-outs. Linux 6.7.</summary>
    public int TotalRto { get; init; }

    /// <summary>Recoveries from time-outs. Linux 6.7.</summary>
    public int TotalRtoRecoveries { get; init; }

    /// <summary>Time spent in them. Linux 6.7.</summary>
    public TimeSpan TotalRtoTime { get; init; }

    /// <summary>Segments received that met congestion. Linux 6.18.</summary>
    public uint ReceivedCe { get; init; }

    /// <summary>Accurate ECN: bytes that reached the peer as ECT(1). Linux 6.18.</summary>
    public uint DeliveredE1Bytes { get; init; }

    /// <summary>Accurate ECN: bytes that reached the peer as ECT(0). Linux 6.18.</summary>
    public uint DeliveredE0Bytes { get; init; }

    /// <summary>Accurate ECN: bytes that reached the peer marked by congestion. Linux 6.18.</summary>
    public uint DeliveredCeBytes { get; init; }

    /// <summary>Accurate ECN: bytes received as ECT(1). Linux 6.18.</summary>
    public uint ReceivedE1Bytes { get; init; }

    /// <summary>Accurate ECN: bytes received as ECT(0). Linux 6.18.</summary>
    public uint ReceivedE0Bytes { get; init; }

    /// <summary>Accurate ECN: bytes received marked by congestion. Linux 6.18.</summary>
    public uint ReceivedCeBytes { get; init; }

    /// <summary>Accurate ECN: what went wrong in negotiation. Linux 6.18.</summary>
    public int AccEcnFailMode { get; init; }

    /// <summary>Accurate ECN: whether its TCP option was seen. Linux 6.18.</summary>
    public int AccEcnOptSeen { get; init; }

    /// <summary>The next sequence number to send. FreeBSD.</summary>
    public uint SndNxt { get; init; }

    /// <summary>The next sequence number to receive. FreeBSD.</summary>
    public uint RcvNxt { get; init; }

    /// <summary>How often this side announced a closed window. FreeBSD.</summary>
    public uint SndZeroWin { get; init; }

    /// <summary>Bytes in the send buffer. macOS.</summary>
    public uint SndSbBytes { get; init; }
}
