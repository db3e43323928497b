using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Options of MPTCP, level SOL_MPTCP. (the kernel's mptcp.rst)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>An <c>mptcp_info</c>: counters and limits of the connection. Read only. Linux only.</summary>
    public static int MPTCP_INFO => Of(1, Absent, Absent);

    /// <summary>An <c>mptcp_subflow_data</c> and one <c>tcp_info</c> per subflow. Read only. Linux only.</summary>
    public static int MPTCP_TCPINFO => Of(2, Absent, Absent);

    /// <summary>An <c>mptcp_subflow_data</c> and one <c>mptcp_subflow_addrs</c> per subflow. Read only. Linux only.</summary>
    public static int MPTCP_SUBFLOW_ADDRS => Of(3, Absent, Absent);

    /// <summary>
    /// An <c>mptcp_full_info</c>, which points to the room for the data of the subflows: the other three options at one instant. Read only.
    /// Linux 6.5.
    /// </summary>
    public static int MPTCP_FULL_INFO => Of(4, Absent, Absent);

    /// <summary>Bit of <c>mptcpi_flags</c>: the connection is plain TCP. Linux only.</summary>
    public static int MPTCP_INFO_FLAG_FALLBACK => Of(1, Absent, Absent);

    /// <summary>Bit of <c>mptcpi_flags</c>: the peer's key has arrived, so subflows can be added. Linux only.</summary>
    public static int MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED => Of(2, Absent, Absent);
}
