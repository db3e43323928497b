using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Makes an unconnected UDP socket for a server, and looks the server's address up (figure 11.15).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="server">Where to <see cref="Sendto"/>: the first address for which a socket can be made.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE, EAI_AGAIN...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">EMFILE, EAFNOSUPPORT: no socket; the message has host and service.</exception>
    public static Fd Udp_client(string host, string service, out SockAddr server)
    {
        return udp_client(host, service, out server, out int gaiError) ?? throw NoneLeft("udp_client", host, service, gaiError);
    }

    /// <summary>As <see cref="Udp_client"/>, but returns null where that throws (figure 11.15).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="server">Where to <see cref="Sendto"/>.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    public static Fd? udp_client(string host, string service, out SockAddr server, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => true, out server);
    }

    /// <summary>Makes a UDP socket that is connected to a server: it sends nowhere else and hears of the server's ICMP errors (figure 11.17).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE, EAI_AGAIN...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">ENETUNREACH...: no address can be reached from here; that there is a server is not known before it answers.</exception>
    public static Fd Udp_connect(string host, string service)
    {
        return udp_connect(host, service, out int gaiError) ?? throw NoneLeft("udp_connect", host, service, gaiError);
    }

    /// <summary>As <see cref="Udp_connect"/>, but returns null where that throws (figure 11.17).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    public static Fd? udp_connect(string host, string service, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => TryConnect(fd, address), out _);
    }

    /// <summary>Makes a UDP socket that is bound to a service (figure 11.18). SO_REUSEADDR is not set: of two servers both would be bound.</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> tells which).</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC: the first address that can be bound.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">EADDRINUSE, EACCES...: of the last address tried; the message has host and service.</exception>
    public static Fd Udp_server(string? host, string service, int family = AF_UNSPEC)
    {
        return udp_server(host, service, out int gaiError, family) ?? throw NoneLeft("udp_server", host, service, gaiError);
    }

    /// <summary>As <see cref="Udp_server"/>, but returns null where that throws (figure 11.18).</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? udp_server(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => bind(fd, address) == 0, out _);
    }

    /// <summary>As <see cref="Udp_server"/>, with SO_REUSEADDR: several servers can share a port, for multicasts, or on addresses of their own.</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> tells which).</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC: the first address that can be bound.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">EADDRINUSE, EACCES...: of the last address tried; the message has host and service.</exception>
    public static Fd Udp_server_reuseaddr(string? host, string service, int family = AF_UNSPEC)
    {
        return udp_server_reuseaddr(host, service, out int gaiError, family) ?? throw NoneLeft("udp_server_reuseaddr", host, service, gaiError);
    }

    /// <summary>As <see cref="Udp_server_reuseaddr"/>, but returns null where that throws.</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? udp_server_reuseaddr(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_DGRAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => SetReuseAddress(fd) && bind(fd, address) == 0, out _);
    }
}
