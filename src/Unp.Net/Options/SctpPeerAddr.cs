namespace Unp.Net;

/// <summary>
/// How an address of an SCTP peer is watched: heartbeats, retransmissions, path MTU (<see cref="SocketOptions.SctpPeerAddrParams"/>, UNP 7.10).
/// To set, null or 0 is what is left as it was.
/// </summary>
/// <param name="Address">The peer's IPv4 or IPv6 address with its port; empty: all that the association has, or will have.</param>
/// <param name="AssociationId">The association's id; 0: the associations to come. A one-to-one socket takes no notice of it.</param>
public readonly record struct SctpPeerAddrParams(SockAddr Address, int AssociationId = 0) : ISctpQuestion
{
    /// <summary>Whether heartbeats are sent while the address is idle. SPP_HB_ENABLE, SPP_HB_DISABLE.</summary>
    public bool? Heartbeat { get; init; }

    /// <summary>Sends a heartbeat at once. Only set. SPP_HB_DEMAND.</summary>
    public bool HeartbeatNow { get; init; }

    /// <summary>
    /// The time between heartbeats, to which the kernel adds the retransmission time-out; whole milliseconds, rounded up. To set it turns heartbeats on,
    /// unless <see cref="Heartbeat"/> is false: then it has no effect.
    /// </summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>How often is sent again to this address before it counts as inactive.</summary>
    public ushort PathMaxRetransmits { get; init; }

    /// <summary>Whether the path MTU is looked for. SPP_PMTUD_ENABLE, SPP_PMTUD_DISABLE.</summary>
    public bool? PathMtuDiscovery { get; init; }

    /// <summary>
    /// The path MTU, bytes. To set it turns looking for it off, unless <see cref="PathMtuDiscovery"/> is true: then it has no effect.
    /// </summary>
    public uint PathMtu { get; init; }

    /// <summary>Whether acknowledgements wait for more to acknowledge. Linux only: elsewhere null. SPP_SACKDELAY_ENABLE, SPP_SACKDELAY_DISABLE.</summary>
    public bool? DelayedSack { get; init; }

    /// <summary>
    /// How long they wait; whole milliseconds up to 0.5 seconds, rounded up. Linux only. To set it turns waiting on, unless <see cref="DelayedSack"/> is false:
    /// then it has no effect.
    /// </summary>
    public TimeSpan SackDelay { get; init; }

    /// <summary>The IPv6 flow label, 20 bits; null: none was chosen. SPP_IPV6_FLOWLABEL.</summary>
    public uint? Ipv6FlowLabel { get; init; }

    /// <summary>The differentiated services code point, in the upper six bits as in the header's byte; null: none was chosen. SPP_DSCP.</summary>
    public byte? Dscp { get; init; }
}

/// <summary>How an address of an SCTP peer does (<see cref="SocketOptions.SctpGetPeerAddrInfo"/>, <see cref="SctpStatus.Primary"/>; UNP 7.10).</summary>
/// <param name="Address">The peer's IPv4 or IPv6 address with its port.</param>
/// <param name="AssociationId">The association's id. To ask with 0 leaves it to the address to tell the association.</param>
public readonly record struct SctpPeerAddrInfo(SockAddr Address, int AssociationId = 0) : ISctpQuestion
{
    /// <summary>Whether it can be reached.</summary>
    public SctpPathState State { get; init; }

    /// <summary>The congestion window, bytes.</summary>
    public uint CongestionWindow { get; init; }

    /// <summary>
    /// The smoothed round-trip time. RFC 6458 says milliseconds, and FreeBSD counts them; Linux counts ticks of the kernel's clock (CONFIG_HZ) instead, each
    /// of which is taken for a millisecond here, since a program can't know how long it is (1 to 10 ms).
    /// </summary>
    public TimeSpan SmoothedRtt { get; init; }

    /// <summary>The retransmission time-out, whole milliseconds.</summary>
    public TimeSpan RetransmissionTimeout { get; init; }

    /// <summary>The path MTU, bytes.</summary>
    public uint PathMtu { get; init; }
}

/// <summary>How an SCTP association does (<see cref="SocketOptions.SctpStatus"/>, UNP 7.10).</summary>
public readonly record struct SctpStatus : ISctpQuestion
{
    /// <summary>The association's id; all that a question needs, and a one-to-one socket not even that.</summary>
    public int AssociationId { get; init; }

    /// <summary>Where it is between INIT and SHUTDOWN.</summary>
    public SctpState State { get; init; }

    /// <summary>The peer's window, bytes.</summary>
    public uint PeerWindow { get; init; }

    /// <summary>DATA chunks that are sent and not acknowledged.</summary>
    public ushort UnacknowledgedData { get; init; }

    /// <summary>DATA chunks that are here and not read.</summary>
    public ushort PendingData { get; init; }

    /// <summary>Streams that the peer sends on.</summary>
    public ushort InStreams { get; init; }

    /// <summary>Streams that this side sends on.</summary>
    public ushort OutStreams { get; init; }

    /// <summary>The most bytes of a message in one DATA chunk.</summary>
    public uint FragmentationPoint { get; init; }

    /// <summary>The peer's address that is sent to first.</summary>
    public SctpPeerAddrInfo Primary { get; init; }

    SockAddr ISctpQuestion.Address => default;
}
