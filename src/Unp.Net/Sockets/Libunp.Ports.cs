using System.Globalization;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The functions of chapter 11 with a port number instead of a service name.
public static partial class Libunp
{
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="port">The server's port, 0 to 65535.</param>
    /// <inheritdoc cref="Tcp_connect(string, string)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Tcp_connect(string host, int port) => Tcp_connect(host, Service(port));

    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="port">The port, 0 to 65535. 0 lets the kernel choose (<see cref="Getsockname"/> returns it).</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for the first address that can be bound.</param>
    /// <inheritdoc cref="Tcp_listen(string, string, int)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Tcp_listen(string? host, int port, int family = AF_UNSPEC) => Tcp_listen(host, Service(port), family);

    /// <param name="host">A host name or address. Null means the wildcard address with AI_PASSIVE, else loopback.</param>
    /// <param name="port">The port of the results, 0 to 65535.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM..., or 0 for all types.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for any.</param>
    /// <param name="flags">A combination of AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST...</param>
    /// <inheritdoc cref="Getaddrinfo(string, string, int, int, int, int)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static AddrInfo[] Getaddrinfo(
        string? host, int port, int family = AF_UNSPEC, int socktype = 0, int protocol = 0, int flags = 0) =>
        Getaddrinfo(host, Service(port), family, socktype, protocol, flags);

    static string Service(int port, [CallerArgumentExpression(nameof(port))] string name = "") =>
        SockAddr.CheckPort(port, name).ToString(CultureInfo.InvariantCulture);
}
