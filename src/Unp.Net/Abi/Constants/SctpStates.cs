using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// States of SCTP's associations and of their addresses, in sctp_status and sctp_paddrinfo. (RFC 6458) macOS has no SCTP.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>No association, not even an ended one. Linux only.</summary>
    public static int SCTP_EMPTY => Of(0, Absent, Absent);

    /// <summary>No association. Not on macOS.</summary>
    public static int SCTP_CLOSED => Of(1, Absent, 0);

    /// <summary>An endpoint with an address and no association. FreeBSD only.</summary>
    public static int SCTP_BOUND => Of(Absent, Absent, 0x1000);

    /// <summary>A listening endpoint. FreeBSD only.</summary>
    public static int SCTP_LISTEN => Of(Absent, Absent, 0x2000);

    /// <summary>INIT is sent; the answer with the cookie has not arrived. Not on macOS.</summary>
    public static int SCTP_COOKIE_WAIT => Of(2, Absent, 2);

    /// <summary>The cookie is sent back but not yet acknowledged. Not on macOS.</summary>
    public static int SCTP_COOKIE_ECHOED => Of(3, Absent, 4);

    /// <summary>The association is established. Not on macOS.</summary>
    public static int SCTP_ESTABLISHED => Of(4, Absent, 8);

    /// <summary>Closed by this side; some data is not yet acknowledged. Not on macOS.</summary>
    public static int SCTP_SHUTDOWN_PENDING => Of(5, Absent, 0x80);

    /// <summary>SHUTDOWN is sent but not yet acknowledged. Not on macOS.</summary>
    public static int SCTP_SHUTDOWN_SENT => Of(6, Absent, 0x10);

    /// <summary>The peer sent SHUTDOWN; some data of this side is not yet acknowledged. Not on macOS.</summary>
    public static int SCTP_SHUTDOWN_RECEIVED => Of(7, Absent, 0x20);

    /// <summary>The peer's SHUTDOWN is acknowledged; SHUTDOWN-COMPLETE has not arrived. Not on macOS.</summary>
    public static int SCTP_SHUTDOWN_ACK_SENT => Of(8, Absent, 0x40);

    /// <summary>An address that does not answer. Not on macOS.</summary>
    public static int SCTP_INACTIVE => Of(0, Absent, 2);

    /// <summary>An address that failed and may become <see cref="SCTP_INACTIVE"/>. Linux only.</summary>
    public static int SCTP_PF => Of(1, Absent, Absent);

    /// <summary>An address that data can be sent to. Not on macOS.</summary>
    public static int SCTP_ACTIVE => Of(2, Absent, 1);

    /// <summary>An address that the peer announced but no heartbeat has confirmed. Not on macOS.</summary>
    public static int SCTP_UNCONFIRMED => Of(3, Absent, 0x200);

    /// <summary>A given address whose state is not yet known. Linux only.</summary>
    public static int SCTP_UNKNOWN => Of(0xFFFF, Absent, Absent);
}
