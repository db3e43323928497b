namespace Unp.Net.Netlink;

/// <summary>The timer that runs for a TCP connection. The values are the kernel's (<c>sock_diag(7)</c>).</summary>
public enum SocketTimer
{
    /// <summary>No timer.</summary>
    None,

    /// <summary>Retransmission, or an early retransmission.</summary>
    Retransmission,

    /// <summary>Keep-alive.</summary>
    KeepAlive,

    /// <summary>The end of TIME_WAIT.</summary>
    TimeWait,

    /// <summary>The next probe of the peer's closed window.</summary>
    WindowProbe,
}
