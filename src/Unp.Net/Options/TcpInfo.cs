namespace Unp.Net;

/// <summary>
/// The statistics of a connection from <see cref="SocketOptions.TcpInfo"/> (UNP 7.9, tcp(7)). The names are those of C's fields without
/// <c>tcpi_</c>.
/// </summary>
/// <remarks>
/// Each system, and each version of Linux, reports a part of them. If a summary names systems, the value is 0 on the others. <c>Snd</c> is
/// the direction away from this host, <c>Rcv</c> the direction to it.
/// </remarks>
public readonly record struct TcpInfo
{
    /// <summary>The state of the connection.</summary>
    public TcpState State { get; init; }

    /// <summary>The state of congestion control: TCP_CA_*. Linux.</summary>
    public int CaState { get; init; }

    /// <summary>How often the oldest unacknowledged segment was retransmitted. Linux.</summary>
    public int Retransmits { get; init; }

    /// <summary>Number of unanswered probes of a closed window or of keep-alive. Linux.</summary>
    public int Probes { get; init; }

    /// <summary>How often the time-out was doubled. Linux.</summary>
    public int Backoff { get; init; }

    /// <summary>The negotiated TCP options: bits TCPI_OPT_* (Linux, FreeBSD), TCPCI_OPT_* (macOS).</summary>
    public int Options { get; init; }

    /// <summary>The peer's window scale, the shift count of its windows.</summary>
    public int SndWscale { get; init; }

    /// <summary>This side's window scale.</summary>
    public int RcvWscale { get; init; }

    /// <summary>Whether the program, not the network, limited the <see cref="DeliveryRate"/>. Linux 4.9.</summary>
    public bool DeliveryRateAppLimited { get; init; }

    /// <summary>Why the client's fast open failed; 0: it succeeded or was not tried. Linux 5.5.</summary>
    public int FastOpenClientFail { get; init; }

    /// <summary>The retransmission time-out.</summary>
    public TimeSpan Rto { get; init; }

    /// <summary>The delay of acknowledgements. Linux.</summary>
    public TimeSpan Ato { get; init; }

    /// <summary>The largest segment that is sent, bytes.</summary>
    public uint SndMss { get; init; }

    /// <summary>The estimated largest segment that is received, bytes. Linux, FreeBSD.</summary>
    public uint RcvMss { get; init; }

    /// <summary>Number of unacknowledged segments; on a listener, of connections that wait for <c>accept</c>. Linux.</summary>
    public uint Unacked { get; init; }

    /// <summary>Number of selectively acknowledged segments; on a listener, its backlog. Linux.</summary>
    public uint Sacked { get; init; }

    /// <summary>Number of segments considered lost. Linux.</summary>
    public uint Lost { get; init; }

    /// <summary>Number of retransmitted segments that are not yet acknowledged. Linux.</summary>
    public uint Retrans { get; init; }

    /// <summary>Number of segments up to the highest selectively acknowledged one; 0 since Linux 4.15. Linux.</summary>
    public uint Fackets { get; init; }

    /// <summary>The time since data was last sent. Linux.</summary>
    public TimeSpan LastDataSent { get; init; }

    /// <summary>The time since an acknowledgement was last sent; Linux does not record it. Linux.</summary>
    public TimeSpan LastAckSent { get; init; }

    /// <summary>The time since data last arrived. Linux, FreeBSD.</summary>
    public TimeSpan LastDataRecv { get; init; }

    /// <summary>The time since an acknowledgement last arrived. Linux.</summary>
    public TimeSpan LastAckRecv { get; init; }

    /// <summary>The path MTU, bytes. Linux.</summary>
    public uint Pmtu { get; init; }

    /// <summary>The current limit for the growth of the receive window, bytes. Linux.</summary>
    public uint RcvSsthresh { get; init; }

    /// <summary>The smoothed round-trip time.</summary>
    public TimeSpan Rtt { get; init; }

    /// <summary>The smoothed deviation of round-trip times from <see cref="Rtt"/>.</summary>
    public TimeSpan RttVar { get; init; }

    /// <summary>The round-trip time of the last measurement. macOS.</summary>
    public TimeSpan RttCur { get; init; }

    /// <summary>The slow-start threshold: segments on Linux (0x7FFFFFFF: not known yet), bytes on the BSDs.</summary>
    public uint SndSsthresh { get; init; }

    /// <summary>The congestion window: segments on Linux, bytes on the BSDs.</summary>
    public uint SndCwnd { get; init; }

    /// <summary>The largest segment that this side announced, bytes. Linux.</summary>
    public uint AdvMss { get; init; }

    /// <summary>How far a segment may be out of order before it is considered lost. Linux.</summary>
    public uint Reordering { get; init; }

    /// <summary>The round-trip time measured by the receiver. Linux.</summary>
    public TimeSpan RcvRtt { get; init; }

    /// <summary>Bytes that the program reads per round trip (Linux), or the announced window (FreeBSD).</summary>
    public uint RcvSpace { get; init; }

    /// <summary>Number of retransmitted segments in total.</summary>
    public ulong TotalRetrans { get; init; }

    /// <summary>The pacing rate of segments, bytes per second. Linux 3.15.</summary>
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

    /// <summary>Bytes that the program has written and TCP has not yet sent. Linux 4.6.</summary>
    public uint NotSentBytes { get; init; }

    /// <summary>The shortest recent round-trip time. Linux 4.6.</summary>
    public TimeSpan MinRtt { get; init; }

    /// <summary>Received segments with data. Linux 4.6.</summary>
    public uint DataSegsIn { get; init; }

    /// <summary>Sent segments with data. Linux 4.6.</summary>
    public uint DataSegsOut { get; init; }

    /// <summary>The recent rate of delivery to the peer, bytes per second. Linux 4.9.</summary>
    public ulong DeliveryRate { get; init; }

    /// <summary>The time during which data was to be sent. Linux 4.10.</summary>
    public TimeSpan BusyTime { get; init; }

    /// <summary>The part of <see cref="BusyTime"/> in which the peer's window was the limit. Linux 4.10.</summary>
    public TimeSpan RwndLimited { get; init; }

    /// <summary>The part of <see cref="BusyTime"/> in which the send buffer was the limit. Linux 4.10.</summary>
    public TimeSpan SndBufLimited { get; init; }

    /// <summary>Segments delivered to the peer. Linux 4.18.</summary>
    public uint Delivered { get; init; }

    /// <summary>Delivered segments for which the peer reported a congestion mark. Linux 4.18.</summary>
    public uint DeliveredCe { get; init; }

    /// <summary>Bytes sent, including retransmissions. Linux 4.19, macOS.</summary>
    public ulong BytesSent { get; init; }

    /// <summary>Bytes retransmitted. Linux 4.19, macOS.</summary>
    public ulong BytesRetrans { get; init; }

    /// <summary>Segments that the peer reported as received twice. Linux 4.19.</summary>
    public uint DsackDups { get; init; }

    /// <summary>How often acknowledgements showed that segments had arrived out of order. Linux 4.19.</summary>
    public uint ReordSeen { get; init; }

    /// <summary>Segments that arrived out of order. Linux 5.4, FreeBSD.</summary>
    public uint RcvOooPack { get; init; }

    /// <summary>Bytes that arrived out of order. macOS.</summary>
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

    /// <summary>Time spent in recoveries from time-outs. Linux 6.7.</summary>
    public TimeSpan TotalRtoTime { get; init; }

    /// <summary>Received segments with a congestion mark. Linux 6.18.</summary>
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

    /// <summary>Accurate ECN: the failure of the negotiation. Linux 6.18.</summary>
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

    /// <summary>Reads the structure of this system from bytes, as a listing of sockets has it (<c>sock_diag(7)</c>).</summary>
    /// <param name="bytes">
    /// The structure. If a kernel has filled fewer bytes, the other members stay 0; more bytes than are known are ignored.
    /// </param>
    public static TcpInfo Read(ReadOnlySpan<byte> bytes) => OptionForms.Info.Decode(bytes);
}
