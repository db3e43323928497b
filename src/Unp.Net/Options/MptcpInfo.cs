namespace Unp.Net;

/// <summary>
/// Counters and limits of an MPTCP connection from <see cref="SocketOptions.MptcpInfo"/>. The names are those of C's fields without
/// <c>mptcpi_</c>.
/// </summary>
/// <remarks>
/// A member is null if the kernel is older than the version in its summary. Limits and endpoints are settings of the network namespace,
/// which <c>ip mptcp</c> shows and changes.
/// </remarks>
public readonly record struct MptcpInfo
{
    /// <summary>Number of subflows beside the first one.</summary>
    public int Subflows { get; init; }

    /// <summary>Number of addresses announced to the peer.</summary>
    public int AddAddrSignal { get; init; }

    /// <summary>Number of accepted announcements of the peer.</summary>
    public int AddAddrAccepted { get; init; }

    /// <summary>The limit of <see cref="Subflows"/>.</summary>
    public int SubflowsMax { get; init; }

    /// <summary>Number of endpoints that are announced to the peer (<c>signal</c>).</summary>
    public int AddAddrSignalMax { get; init; }

    /// <summary>The limit of <see cref="AddAddrAccepted"/>.</summary>
    public int AddAddrAcceptedMax { get; init; }

    /// <summary>Bits MPTCP_INFO_FLAG_*. Use <see cref="MptcpStatus.IsFallback"/> to find out whether the connection is plain TCP.</summary>
    public int Flags { get; init; }

    /// <summary>The number that identifies the connection on this host, for netlink and <c>ss -M</c>.</summary>
    public uint Token { get; init; }

    /// <summary>The sequence number of the next byte that the program writes.</summary>
    public ulong WriteSeq { get; init; }

    /// <summary>The sequence number of the first byte that the peer has not acknowledged.</summary>
    public ulong SndUna { get; init; }

    /// <summary>The sequence number of the next byte that is expected from the peer.</summary>
    public ulong RcvNxt { get; init; }

    /// <summary>Number of local addresses from which additional subflows were created.</summary>
    public int LocalAddrUsed { get; init; }

    /// <summary>Number of endpoints from which subflows are created (<c>subflow</c>).</summary>
    public int LocalAddrMax { get; init; }

    /// <summary>Whether segments carry a checksum of MPTCP.</summary>
    public bool CsumEnabled { get; init; }

    /// <summary>How often data was sent again on another subflow. Linux 6.5.</summary>
    public uint? Retransmits { get; init; }

    /// <summary>Bytes sent again on another subflow. Linux 6.5.</summary>
    public ulong? BytesRetrans { get; init; }

    /// <summary>Bytes sent, without those sent again. Linux 6.5.</summary>
    public ulong? BytesSent { get; init; }

    /// <summary>Bytes received. Linux 6.5.</summary>
    public ulong? BytesReceived { get; init; }

    /// <summary>Bytes acknowledged by the peer. Linux 6.5.</summary>
    public ulong? BytesAcked { get; init; }

    /// <summary>Number of subflows, including the first one if it still exists. Linux 6.8.</summary>
    public int? SubflowsTotal { get; init; }

    /// <summary>Number of endpoints that serve only announced addresses of the peer (<c>laminar</c>). 0 before Linux 6.18.</summary>
    public int EndpLaminarMax { get; init; }

    /// <summary>Number of endpoints that are joined with every address of the peer (<c>fullmesh</c>). 0 before Linux 6.18.</summary>
    public int EndpFullmeshMax { get; init; }

    /// <summary>The time since data was last sent. Linux 6.10.</summary>
    public TimeSpan? LastDataSent { get; init; }

    /// <summary>The time since data last arrived. Linux 6.10.</summary>
    public TimeSpan? LastDataRecv { get; init; }

    /// <summary>The time since an acknowledgement last arrived. Linux 6.10.</summary>
    public TimeSpan? LastAckRecv { get; init; }
}
