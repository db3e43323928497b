using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The state of an SCTP association (figure 2.8).</summary>
public enum SctpState
{
    /// <summary>No association. SCTP_CLOSED, and Linux's SCTP_EMPTY.</summary>
    Closed,

    /// <summary>An endpoint with an address and no association. SCTP_BOUND, on FreeBSD only.</summary>
    Bound,

    /// <summary>An endpoint that waits for associations. SCTP_LISTEN, on FreeBSD only.</summary>
    Listen,

    /// <summary>INIT is sent; its answer with the cookie is not here yet. SCTP_COOKIE_WAIT.</summary>
    CookieWait,

    /// <summary>The cookie is sent back and not acknowledged yet. SCTP_COOKIE_ECHOED.</summary>
    CookieEchoed,

    /// <summary>Associated. SCTP_ESTABLISHED.</summary>
    Established,

    /// <summary>Closed here, with data that is not acknowledged yet. SCTP_SHUTDOWN_PENDING.</summary>
    ShutdownPending,

    /// <summary>SHUTDOWN is sent and not acknowledged yet. SCTP_SHUTDOWN_SENT.</summary>
    ShutdownSent,

    /// <summary>The peer sent SHUTDOWN; data of this side is not acknowledged yet. SCTP_SHUTDOWN_RECEIVED.</summary>
    ShutdownReceived,

    /// <summary>The peer's SHUTDOWN is acknowledged; the last word is the peer's. SCTP_SHUTDOWN_ACK_SENT.</summary>
    ShutdownAckSent,
}

/// <summary>Whether an address of an SCTP peer can be reached (UNP 7.10).</summary>
public enum SctpPathState
{
    /// <summary>Nothing is known of it yet. SCTP_UNKNOWN, on Linux only.</summary>
    Unknown,

    /// <summary>It does not answer. SCTP_INACTIVE.</summary>
    Inactive,

    /// <summary>It failed, and others are taken until it answers or is inactive. SCTP_PF, on Linux only.</summary>
    PotentiallyFailed,

    /// <summary>Data can be sent to it. SCTP_ACTIVE.</summary>
    Active,

    /// <summary>The peer named it, and no heartbeat has reached it yet. SCTP_UNCONFIRMED.</summary>
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
