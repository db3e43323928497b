using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Creates an unconnected UDP socket for a client, and looks up the server's address (figure 11.15).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="server">The address for <see cref="Sendto"/>: the first one for which a socket can be created.</param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE, EAI_AGAIN... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// No socket could be created: EMFILE, EAFNOSUPPORT. The message names the host and the service.
    /// </exception>
    public static Fd Udp_client(string host, string service, out SockAddr server)
    {
        return udp_client(host, service, out server, out int gaiError) ?? throw NoneLeft("udp_client", host, service, gaiError);
    }

    /// <summary>
    /// Works like <see cref="Udp_client(string, string, out SockAddr)"/>, but returns null instead of throwing (figure 11.15).
    /// </summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="server">The address for <see cref="Sendto"/>.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    public static Fd? udp_client(string host, string service, out SockAddr server, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => true, out server);
    }

    /// <summary>
    /// Creates a UDP socket connected to a server (figure 11.17). It sends to that server only, and reports its ICMP errors.
    /// </summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE, EAI_AGAIN... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// No address is reachable: ENETUNREACH... The call cannot detect whether a server exists there.
    /// </exception>
    public static Fd Udp_connect(string host, string service)
    {
        return udp_connect(host, service, out int gaiError) ?? throw NoneLeft("udp_connect", host, service, gaiError);
    }

    /// <summary>Works like <see cref="Udp_connect(string, string)"/>, but returns null instead of throwing (figure 11.17).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    public static Fd? udp_connect(string host, string service, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => TryConnect(fd, address), out _);
    }

    /// <summary>Creates a UDP socket bound to a service (figure 11.18).</summary>
    /// <remarks>SO_REUSEADDR is not set, because it would let a second server bind the same port.</remarks>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">
    /// A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> returns it).
    /// </param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC: the first address that can be bound.</param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// The last address tried failed: EADDRINUSE, EACCES... The message names the host and the service.
    /// </exception>
    public static Fd Udp_server(string? host, string service, int family = AF_UNSPEC)
    {
        return udp_server(host, service, out int gaiError, family) ?? throw NoneLeft("udp_server", host, service, gaiError);
    }

    /// <summary>Works like <see cref="Udp_server(string, string, int)"/>, but returns null instead of throwing (figure 11.18).</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? udp_server(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => bind(fd, address) == 0, out _);
    }

    /// <summary>Works like <see cref="Udp_server(string, string, int)"/>, but sets SO_REUSEADDR.</summary>
    /// <remarks>Several servers can then share a port, for multicasts or on different local addresses.</remarks>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">
    /// A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> returns it).
    /// </param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC: the first address that can be bound.</param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// The last address tried failed: EADDRINUSE, EACCES... The message names the host and the service.
    /// </exception>
    public static Fd Udp_server_reuseaddr(string? host, string service, int family = AF_UNSPEC)
    {
        return udp_server_reuseaddr(host, service, out int gaiError, family)
            ?? throw NoneLeft("udp_server_reuseaddr", host, service, gaiError);
    }

    /// <summary>Works like <see cref="Udp_server_reuseaddr(string, string, int)"/>, but returns null instead of throwing.</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? udp_server_reuseaddr(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => SetReuseAddress(fd) && bind(fd, address) == 0, out _);
    }
}
