namespace Unp.Net;

/// <summary>
/// Settings for monitoring an SCTP peer address: heartbeats, retransmissions, path MTU (<see cref="SocketOptions.SctpPeerAddrParams"/>, UNP
/// 7.10). Setting the option leaves a value unchanged if its member is null or 0.
/// </summary>
/// <param name="Address">The peer's IPv4 or IPv6 address with its port; empty: all addresses of the association.</param>
/// <param name="AssociationId">The association's id; 0: future associations. A one-to-one socket ignores it.</param>
public readonly record struct SctpPeerAddrParams(SockAddr Address, int AssociationId = 0) : ISctpQuestion
{
    /// <summary>Whether heartbeats are sent while the address is idle. SPP_HB_ENABLE, SPP_HB_DISABLE.</summary>
    public bool? Heartbeat { get; init; }

    /// <summary>Sends a heartbeat immediately. Can only be set. SPP_HB_DEMAND.</summary>
    public bool HeartbeatNow { get; init; }

    /// <summary>
    /// The time between heartbeats, in whole milliseconds, rounded up. The kernel adds the retransmission time-out. Setting it turns
    /// heartbeats on; if <see cref="Heartbeat"/> is false, it has no effect.
    /// </summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>Number of failed retransmissions to this address after which it is inactive.</summary>
    public ushort PathMaxRetransmits { get; init; }

    /// <summary>Whether the kernel discovers the path MTU. SPP_PMTUD_ENABLE, SPP_PMTUD_DISABLE.</summary>
    public bool? PathMtuDiscovery { get; init; }

    /// <summary>
    /// The path MTU in bytes. Setting it turns discovery off; if <see cref="PathMtuDiscovery"/> is true, it has no effect.
    /// </summary>
    public uint PathMtu { get; init; }

    /// <summary>
    /// Whether acknowledgements are delayed, so one covers several chunks. Linux only, null elsewhere. SPP_SACKDELAY_ENABLE,
    /// SPP_SACKDELAY_DISABLE.
    /// </summary>
    public bool? DelayedSack { get; init; }

    /// <summary>
    /// The delay of acknowledgements, in whole milliseconds up to 0.5 seconds, rounded up. Linux only. Setting it turns the delay on; if
    /// <see cref="DelayedSack"/> is false, it has no effect.
    /// </summary>
    public TimeSpan SackDelay { get; init; }

    /// <summary>The IPv6 flow label, 20 bits; null: not set. SPP_IPV6_FLOWLABEL.</summary>
    public uint? Ipv6FlowLabel { get; init; }

    /// <summary>
    /// The differentiated services code point, in the upper six bits as in the byte of the header; null: not set. SPP_DSCP.
    /// </summary>
    public byte? Dscp { get; init; }
}

/// <summary>
/// The condition of an SCTP peer address (<see cref="SocketOptions.SctpGetPeerAddrInfo"/>, <see cref="SctpStatus.Primary"/>; UNP 7.10).
/// </summary>
/// <param name="Address">The peer's IPv4 or IPv6 address with its port.</param>
/// <param name="AssociationId">The association's id. In a question with 0, the address identifies the association.</param>
public readonly record struct SctpPeerAddrInfo(SockAddr Address, int AssociationId = 0) : ISctpQuestion
{
    /// <summary>Whether the address is reachable.</summary>
    public SctpPathState State { get; init; }

    /// <summary>The congestion window, bytes.</summary>
    public uint CongestionWindow { get; init; }

    /// <summary>
    /// The smoothed round-trip time. FreeBSD reports milliseconds, as RFC 6458 requires. Linux reports ticks of the kernel's clock
    /// (CONFIG_HZ). A program cannot know their length (1 to 10 ms), so each tick is taken as one millisecond.
    /// </summary>
    public TimeSpan SmoothedRtt { get; init; }

    /// <summary>The retransmission time-out, whole milliseconds.</summary>
    public TimeSpan RetransmissionTimeout { get; init; }

    /// <summary>The path MTU, bytes.</summary>
    public uint PathMtu { get; init; }
}

/// <summary>The condition of an SCTP association (<see cref="SocketOptions.SctpStatus"/>, UNP 7.10).</summary>
public readonly record struct SctpStatus : ISctpQuestion
{
    /// <summary>The association's id. A question needs only this; on a one-to-one socket it needs nothing.</summary>
    public int AssociationId { get; init; }

    /// <summary>The state of the association.</summary>
    public SctpState State { get; init; }

    /// <summary>The peer's window, bytes.</summary>
    public uint PeerWindow { get; init; }

    /// <summary>Number of sent DATA chunks that are not yet acknowledged.</summary>
    public ushort UnacknowledgedData { get; init; }

    /// <summary>Number of received DATA chunks that are not yet read.</summary>
    public ushort PendingData { get; init; }

    /// <summary>Number of incoming streams.</summary>
    public ushort InStreams { get; init; }

    /// <summary>Number of outgoing streams.</summary>
    public ushort OutStreams { get; init; }

    /// <summary>The maximum number of bytes of a message in one DATA chunk.</summary>
    public uint FragmentationPoint { get; init; }

    /// <summary>The primary address of the peer.</summary>
    public SctpPeerAddrInfo Primary { get; init; }

    SockAddr ISctpQuestion.Address => default;
}
