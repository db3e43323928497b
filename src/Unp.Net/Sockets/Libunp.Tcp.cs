using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Connects to a TCP server by name, trying each of its addresses in turn (figure 11.10).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE, EAI_AGAIN... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// No address answered. The error is that of the last address, as in the book. The message names the host and the service.
    /// </exception>
    public static Fd Tcp_connect(string host, string service)
    {
        return tcp_connect(host, service, out int gaiError) ?? throw NoneLeft("tcp_connect", host, service, gaiError);
    }

    /// <summary>Works like <see cref="Tcp_connect(string, string)"/>, but returns null instead of throwing (figure 11.10).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    public static Fd? tcp_connect(string host, string service, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_STREAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => TryConnect(fd, address), out _);
    }

    /// <summary>Creates a listening TCP socket (figure 11.12). SO_REUSEADDR lets a server restart at once.</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">
    /// A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> returns it).
    /// </param>
    /// <param name="family">
    /// AF_INET, AF_INET6, or AF_UNSPEC for the first address that can be bound. For a null host that is IPv4 on Linux and IPv6 on the BSDs.
    /// An AF_INET6 wildcard accepts IPv4 clients too, unless the system is configured otherwise (UNP 12.2).
    /// </param>
    /// <exception cref="GaiException">
    /// No address was found: EAI_NONAME, EAI_SERVICE... The message names the host and the service.
    /// </exception>
    /// <exception cref="UnpException">
    /// The last address tried failed: EADDRINUSE, EACCES... The message names the host and the service.
    /// </exception>
    public static Fd Tcp_listen(string? host, string service, int family = AF_UNSPEC)
    {
        return tcp_listen(host, service, out int gaiError, family) ?? throw NoneLeft("tcp_listen", host, service, gaiError);
    }

    /// <summary>Works like <see cref="Tcp_listen(string, string, int)"/>, but returns null instead of throwing (figure 11.12).</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">
    /// The EAI_* code if the lookup failed. If it is 0, <see cref="Errno.Last"/> has the reason for a failure.
    /// </param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? tcp_listen(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_STREAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) =>
            SetReuseAddress(fd) && bind(fd, address) == 0 && listen(fd, DefaultBacklog) == 0, out _);
    }

    static bool SetReuseAddress(Fd fd) => setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1) == 0;
}
