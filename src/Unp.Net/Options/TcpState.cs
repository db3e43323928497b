using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The state of a TCP connection (figure 2.4).</summary>
public enum TcpState
{
    /// <summary>No connection.</summary>
    Closed,

    /// <summary>Listening for connections.</summary>
    Listen,

    /// <summary><c>connect</c> has sent its SYN.</summary>
    SynSent,

    /// <summary>A SYN was received and answered.</summary>
    SynReceived,

    /// <summary>Connected.</summary>
    Established,

    /// <summary>Closed by the peer; this side may continue to send.</summary>
    CloseWait,

    /// <summary>Closed by this side; its FIN is not yet acknowledged.</summary>
    FinWait1,

    /// <summary>Closed by both sides at the same time; the FIN of this side is not yet acknowledged.</summary>
    Closing,

    /// <summary>Closed by both sides, the peer first; the FIN of this side is not yet acknowledged.</summary>
    LastAck,

    /// <summary>Closed by this side and acknowledged; the peer may continue to send.</summary>
    FinWait2,

    /// <summary>Closed by both sides, this side first; waiting until no segment can be in the network.</summary>
    TimeWait,
}

static class TcpStates
{
    /// <summary>Converts a state number of Linux.</summary>
    internal static TcpState OfLinux(int state) =>
        state == TCP_ESTABLISHED ? TcpState.Established
        : state == TCP_SYN_SENT ? TcpState.SynSent
        : state == TCP_SYN_RECV ? TcpState.SynReceived
        : state == TCP_FIN_WAIT1 ? TcpState.FinWait1
        : state == TCP_FIN_WAIT2 ? TcpState.FinWait2
        : state == TCP_TIME_WAIT ? TcpState.TimeWait
        : state == TCP_CLOSE_WAIT ? TcpState.CloseWait
        : state == TCP_LAST_ACK ? TcpState.LastAck
        : state == TCP_LISTEN ? TcpState.Listen
        : state == TCP_CLOSING ? TcpState.Closing
        : TcpState.Closed;

    /// <summary>Converts a state number of the BSDs, TCPS_*.</summary>
    internal static TcpState OfBsd(int state) =>
        state == TCPS_LISTEN ? TcpState.Listen
        : state == TCPS_SYN_SENT ? TcpState.SynSent
        : state == TCPS_SYN_RECEIVED ? TcpState.SynReceived
        : state == TCPS_ESTABLISHED ? TcpState.Established
        : state == TCPS_CLOSE_WAIT ? TcpState.CloseWait
        : state == TCPS_FIN_WAIT_1 ? TcpState.FinWait1
        : state == TCPS_CLOSING ? TcpState.Closing
        : state == TCPS_LAST_ACK ? TcpState.LastAck
        : state == TCPS_FIN_WAIT_2 ? TcpState.FinWait2
        : state == TCPS_TIME_WAIT ? TcpState.TimeWait
        : TcpState.Closed;
}
