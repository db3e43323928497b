using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// The first few options of TCP and IPv6.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Send small segments at once (Nagle's algorithm off). int as boolean, level <see cref="IPPROTO_TCP"/>.</summary>
    public const int TCP_NODELAY = 1;

    /// <summary>Largest segment to send or announce, bytes. Level <see cref="IPPROTO_TCP"/>.</summary>
    public const int TCP_MAXSEG = 2;

    /// <summary>No IPv4 on this IPv6 socket. int as boolean, level <see cref="IPPROTO_IPV6"/>.</summary>
    public static int IPV6_V6ONLY => Of(26, 27, 27);
}
