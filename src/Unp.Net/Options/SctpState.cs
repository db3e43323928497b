using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The state of an SCTP association (figure 2.8).</summary>
public enum SctpState
{
    /// <summary>No association. SCTP_CLOSED, and Linux's SCTP_EMPTY.</summary>
    Closed,

    /// <summary>An endpoint with an address and no association. SCTP_BOUND, on FreeBSD only.</summary>
    Bound,

    /// <summary>A listening endpoint. SCTP_LISTEN, on FreeBSD only.</summary>
    Listen,

    /// <summary>INIT is sent; the answer with the cookie has not arrived. SCTP_COOKIE_WAIT.</summary>
    CookieWait,

    /// <summary>The cookie is sent back but not yet acknowledged. SCTP_COOKIE_ECHOED.</summary>
    CookieEchoed,

    /// <summary>The association is established. SCTP_ESTABLISHED.</summary>
    Established,

    /// <summary>Closed by this side; some data is not yet acknowledged. SCTP_SHUTDOWN_PENDING.</summary>
    ShutdownPending,

    /// <summary>SHUTDOWN is sent but not yet acknowledged. SCTP_SHUTDOWN_SENT.</summary>
    ShutdownSent,

    /// <summary>The peer sent SHUTDOWN; some data of this side is not yet acknowledged. SCTP_SHUTDOWN_RECEIVED.</summary>
    ShutdownReceived,

    /// <summary>The peer's SHUTDOWN is acknowledged; SHUTDOWN-COMPLETE has not arrived. SCTP_SHUTDOWN_ACK_SENT.</summary>
    ShutdownAckSent,
}

/// <summary>The reachability of an SCTP peer address (UNP 7.10).</summary>
public enum SctpPathState
{
    /// <summary>Not yet known. SCTP_UNKNOWN, on Linux only.</summary>
    Unknown,

    /// <summary>The address does not answer. SCTP_INACTIVE.</summary>
    Inactive,

    /// <summary>The address failed. Other addresses are used until it answers or becomes inactive. SCTP_PF, on Linux only.</summary>
    PotentiallyFailed,

    /// <summary>Data can be sent to the address. SCTP_ACTIVE.</summary>
    Active,

    /// <summary>The peer announced the address, but no heartbeat has confirmed it. SCTP_UNCONFIRMED.</summary>
    Unconfirmed,
}

static class SctpStates
{
    internal static SctpState Of(int state) =>
        state == SCTP_COOKIE_WAIT ? SctpState.CookieWait
        : state == SCTP_COOKIE_ECHOED ? SctpState.CookieEchoed
        : state == SCTP_ESTABLISHED ? SctpState.Established
        : state == SCTP_SHUTDOWN_PENDING ? SctpState.ShutdownPending
        : state == SCTP_SHUTDOWN_SENT ? SctpState.ShutdownSent
        : state == SCTP_SHUTDOWN_RECEIVED ? SctpState.ShutdownReceived
        : state == SCTP_SHUTDOWN_ACK_SENT ? SctpState.ShutdownAckSent
        : !Abi.Target.IsLinux && state == SCTP_BOUND ? SctpState.Bound
        : !Abi.Target.IsLinux && state == SCTP_LISTEN ? SctpState.Listen
        : SctpState.Closed;

    internal static SctpPathState OfPath(int state) =>
        state == SCTP_ACTIVE ? SctpPathState.Active
        : state == SCTP_INACTIVE ? SctpPathState.Inactive
        : state == SCTP_UNCONFIRMED ? SctpPathState.Unconfirmed
        : Abi.Target.IsLinux && state == SCTP_PF ? SctpPathState.PotentiallyFailed
        : SctpPathState.Unknown;
}
