using static Unp.Net.Libc;

namespace Unp.Net;

// The UDP functions of chapter 11 with a port number instead of a service name.
public static partial class Libunp
{
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="port">The server's port, 0 to 65535.</param>
    /// <param name="server">The address for <see cref="Sendto"/>: the first one for which a socket can be created.</param>
    /// <inheritdoc cref="Udp_client(string, string, out SockAddr)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Udp_client(string host, int port, out SockAddr server) => Udp_client(host, Service(port), out server);

    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="port">The server's port, 0 to 65535.</param>
    /// <inheritdoc cref="Udp_connect(string, string)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Udp_connect(string host, int port) => Udp_connect(host, Service(port));

    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="port">The port, 0 to 65535. 0 lets the kernel choose (<see cref="Getsockname"/> returns it).</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for the first address that can be bound.</param>
    /// <inheritdoc cref="Udp_server(string, string, int)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Udp_server(string? host, int port, int family = AF_UNSPEC) => Udp_server(host, Service(port), family);

    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="port">The port, 0 to 65535. 0 lets the kernel choose (<see cref="Getsockname"/> returns it).</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for the first address that can be bound.</param>
    /// <inheritdoc cref="Udp_server_reuseaddr(string, string, int)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static Fd Udp_server_reuseaddr(string? host, int port, int family = AF_UNSPEC) =>
        Udp_server_reuseaddr(host, Service(port), family);
}
