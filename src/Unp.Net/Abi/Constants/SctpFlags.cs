using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Flags in SCTP's structs: SPP_* in spp_flags of sctp_paddrparams, SCTP_* in sinfo_flags of sctp_sndrcvinfo. (RFC 6458) macOS has no SCTP.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Send heartbeats. Not on macOS.</summary>
    public static int SPP_HB_ENABLE => Of(1, Absent, 1);

    /// <summary>Send no heartbeats. Not on macOS.</summary>
    public static int SPP_HB_DISABLE => Of(2, Absent, 2);

    /// <summary>Send one heartbeat immediately. Not on macOS.</summary>
    public static int SPP_HB_DEMAND => Of(4, Absent, 4);

    /// <summary>Discover the path MTU. Not on macOS.</summary>
    public static int SPP_PMTUD_ENABLE => Of(8, Absent, 8);

    /// <summary>Do not discover the path MTU, but use the given one. Not on macOS.</summary>
    public static int SPP_PMTUD_DISABLE => Of(0x10, Absent, 0x10);

    /// <summary>Delay acknowledgements. Linux only.</summary>
    public static int SPP_SACKDELAY_ENABLE => Of(0x20, Absent, Absent);

    /// <summary>Acknowledge immediately. Linux only.</summary>
    public static int SPP_SACKDELAY_DISABLE => Of(0x40, Absent, Absent);

    /// <summary>A heartbeat interval of 0 means 0, and not that it is missing. Not on macOS.</summary>
    public static int SPP_HB_TIME_IS_ZERO => Of(0x80, Absent, 0x80);

    /// <summary>The IPv6 flow label is given. Not on macOS.</summary>
    public static int SPP_IPV6_FLOWLABEL => Of(0x100, Absent, 0x100);

    /// <summary>The differentiated services code point is given. Not on macOS.</summary>
    public static int SPP_DSCP => Of(0x200, Absent, 0x200);

    /// <summary>Deliver the message on arrival, without waiting for earlier ones. Not on macOS.</summary>
    public static int SCTP_UNORDERED => Of(1, Absent, 0x400);

    /// <summary>Send to the given address, not to the primary one. Not on macOS.</summary>
    public static int SCTP_ADDR_OVER => Of(2, Absent, 0x800);

    /// <summary>Abort the association; the message is the reason. Not on macOS.</summary>
    public static int SCTP_ABORT => Of(4, Absent, 0x200);

    /// <summary>Ask the peer to acknowledge without delay. Not on macOS.</summary>
    public static int SCTP_SACK_IMMEDIATELY => Of(8, Absent, 0x4000);

    /// <summary>Send to every association of a one-to-many socket. Not on macOS.</summary>
    public static int SCTP_SENDALL => Of(0x40, Absent, 0x1000);

    /// <summary>Close the association when all is sent. Not on macOS.</summary>
    public static int SCTP_EOF => Of(0x200, Absent, 0x100);
}
