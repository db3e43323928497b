using static Unp.Net.Libc;
using static Unp.Net.OptionForms;

namespace Unp.Net;

// Options of MPTCP, level SOL_MPTCP. The book has none of them.
public static partial class SocketOptions
{
    /// <summary>Counters and limits of an MPTCP connection.</summary>
    /// <remarks>
    /// Linux 5.16. It fails with EOPNOTSUPP (IPv4) or ENOPROTOOPT (IPv6) if the connection is plain TCP. <c>GetMptcpStatus</c> does not,
    /// and also returns the subflows. (RFC 8684, the kernel's mptcp.rst)
    /// </remarks>
    public static SocketOption<MptcpInfo> MptcpInfo =>
        field ?? Of(
            ref field, Mptcp, nameof(MPTCP_INFO), static () => MPTCP_INFO, MptcpCounters,
            on: OptionSystems.Linux, access: OptionAccess.ReadOnly, instead: "TCP_INFO");
}
