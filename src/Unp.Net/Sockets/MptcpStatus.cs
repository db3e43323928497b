namespace Unp.Net;

/// <summary>How a connection of an MPTCP socket is carried: by subflows, or by plain TCP (<see cref="Libunp.GetMptcpStatus"/>).</summary>
/// <param name="Info">The counters of the MPTCP connection; null if it is plain TCP.</param>
/// <param name="Subflows">
/// The TCP connections that carry the data, the oldest first. Plain TCP has exactly one. An MPTCP socket that listens has one in the state
/// Listen, and before <c>connect</c> a socket has one that is closed, or none.
/// </param>
public sealed record MptcpStatus(MptcpInfo? Info, IReadOnlyList<MptcpSubflow> Subflows)
{
    /// <summary>
    /// Gets whether the connection is plain TCP. The kernel falls back to it if the peer does not support MPTCP, or if a host between
    /// removes the options of MPTCP.
    /// </summary>
    public bool IsFallback => Info is null;
}

/// <summary>A TCP connection that carries a part of an MPTCP connection (<see cref="MptcpStatus.Subflows"/>).</summary>
/// <param name="Id">The number of the subflow, unique in the connection. Null before Linux 6.5, and for plain TCP.</param>
/// <param name="Local">The local address.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Tcp">The state and the counters of the subflow.</param>
public readonly record struct MptcpSubflow(uint? Id, SockAddr Local, SockAddr Remote, TcpInfo Tcp)
{
    /// <summary>Returns the addresses, the state and the transferred bytes.</summary>
    public override string ToString() =>
        $"{Local} - {Remote}, {Tcp.State}, {Tcp.BytesSent} bytes sent, {Tcp.BytesReceived} bytes received";
}
