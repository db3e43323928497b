using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Connects to a TCP server by name, trying each of its addresses in turn (figure 11.10).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE, EAI_AGAIN...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">No address answered. The error is that of the last one, as in the book; the message has host and service.</exception>
    public static Fd Tcp_connect(string host, string service)
    {
        return tcp_connect(host, service, out int gaiError) ?? throw NoneLeft("tcp_connect", host, service, gaiError);
    }

    /// <summary>As <see cref="Tcp_connect"/>, but returns null where that throws (figure 11.10).</summary>
    /// <param name="host">A host name or an IPv4 or IPv6 address.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    public static Fd? tcp_connect(string host, string service, out int gaiError)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, 0, AF_UNSPEC, SOCK_STREAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) => TryConnect(fd, address), out _);
    }

    /// <summary>Makes a listening TCP socket, with SO_REUSEADDR so that a server can be started again at once (figure 11.12).</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number; <c>"0"</c> lets the kernel choose (<see cref="Getsockname"/> tells which).</param>
    /// <param name="family">
    /// AF_INET, AF_INET6, or AF_UNSPEC: the first address that can be bound, which for a null host is IPv4 on Linux and IPv6 on the BSDs. An AF_INET6
    /// wildcard takes IPv4 clients too, unless the system is set otherwise (section 12.2).
    /// </param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE...: no addresses; the message has host and service.</exception>
    /// <exception cref="UnpException">EADDRINUSE, EACCES...: of the last address tried; the message has host and service.</exception>
    public static Fd Tcp_listen(string? host, string service, int family = AF_UNSPEC)
    {
        return tcp_listen(host, service, out int gaiError, family) ?? throw NoneLeft("tcp_listen", host, service, gaiError);
    }

    /// <summary>As <see cref="Tcp_listen"/>, but returns null where that throws (figure 11.12).</summary>
    /// <param name="host">A local host name or address, or null for all interfaces.</param>
    /// <param name="service">A service name or port number.</param>
    /// <param name="gaiError">One of EAI_* when the look-up failed; 0 otherwise, and then a failure's reason is in <see cref="Errno.Last"/>.</param>
    /// <param name="family">AF_INET, AF_INET6 or AF_UNSPEC.</param>
    public static Fd? tcp_listen(string? host, string service, out int gaiError, int family = AF_UNSPEC)
    {
        ArgumentNullException.ThrowIfNull(service);
        gaiError = LookUp(host, service, AI_PASSIVE, family, SOCK_STREAM, 0, out AddrInfo[] addresses);
        return FirstThatWorks(addresses, static (fd, in address) =>
            SetReuseAddress(fd) && bind(fd, address) == 0 && listen(fd, BacklogOverride ?? LISTENQ) == 0, out _);
    }

    static unsafe bool SetReuseAddress(Fd fd)
    {
        int on = 1;
        return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(int)) == 0;
    }
}
