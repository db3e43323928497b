using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Looks up the socket addresses of a host and a service, in the order to try them (UNP 11.6, <c>getaddrinfo(3)</c>).
    /// </summary>
    /// <param name="host">A host name or address. Null means the wildcard address with AI_PASSIVE, else loopback.</param>
    /// <param name="service">A service name or port number, or null; at least one of the two must not be null.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM..., or 0 for all types.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for any.</param>
    /// <param name="flags">A combination of AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV...</param>
    /// <exception cref="GaiException">
    /// EAI_NONAME, EAI_SERVICE (also for a port above 65535), EAI_AGAIN... The message names the host and the service.
    /// </exception>
    /// <exception cref="ArgumentException">A name contains a NUL.</exception>
    /// <example>
    /// Without a socket type, the result has each address once per type:
    /// <code>
    /// foreach (AddrInfo found in Getaddrinfo("localhost", "http", socktype: SOCK_STREAM))
    ///     Console.WriteLine(found.Address);        // [::1]:80, 127.0.0.1:80
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">getaddrinfo(3)</seealso>
    public static AddrInfo[] Getaddrinfo(
        string? host, string? service, int family = AF_UNSPEC, int socktype = 0, int protocol = 0, int flags = 0)
    {
        int error = LookUp(host, service, flags, family, socktype, protocol, out AddrInfo[] results);
        return error == 0 ? results : throw new GaiException(error, "getaddrinfo", host, service);
    }

    /// <summary>Returns the host and service of a socket address as text (UNP 11.17, <c>getnameinfo(3)</c>).</summary>
    /// <param name="address">An address of any family.</param>
    /// <param name="flags">A combination of NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM, NI_NOFQDN.</param>
    /// <returns>The names. The address or the port replaces a missing name, unless NI_NAMEREQD is given.</returns>
    /// <exception cref="GaiException">EAI_NONAME (with NI_NAMEREQD, the host has no name), EAI_FAMILY, EAI_AGAIN...</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnameinfo.3.html">getnameinfo(3)</seealso>
    public static (string Host, string Service) Getnameinfo(in SockAddr address, int flags = 0)
    {
        int error = getnameinfo(address, out string host, out string service, flags);
        if (error == 0)
            return (host, service);
        throw new GaiException(error, "getnameinfo", address.Ntop(withPort: false), address.HasPort ? $"{address.Port}" : null);
    }

    /// <summary>Looks up a host and service, with the host's canonical name in the first result (figure 11.9).</summary>
    /// <param name="host">A host name or address, or null for loopback.</param>
    /// <param name="service">A service name or port number, or null.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM, or 0 for all types.</param>
    /// <exception cref="GaiException">EAI_NONAME, EAI_SERVICE, EAI_AGAIN... The message names the host and the service.</exception>
    /// <exception cref="ArgumentException">A name contains a NUL.</exception>
    public static AddrInfo[] Host_serv(string? host, string? service, int family, int socktype) =>
        host_serv(host, service, family, socktype, out int gaiError) ?? throw new GaiException(gaiError, "host_serv", host, service);

    /// <summary>
    /// Works like <see cref="Host_serv"/>, but returns null instead of throwing <see cref="GaiException"/> (figure 11.9).
    /// </summary>
    /// <param name="host">A host name or address, or null for loopback.</param>
    /// <param name="service">A service name or port number, or null.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM, or 0 for all types.</param>
    /// <param name="gaiError">0, or the EAI_* code of getaddrinfo, which the book's function does not return.</param>
    public static AddrInfo[]? host_serv(string? host, string? service, int family, int socktype, out int gaiError)
    {
        int flags = host is null ? 0 : AI_CANONNAME; // without a host it would cause EAI_BADFLAGS
        gaiError = LookUp(host, service, flags, family, socktype, 0, out AddrInfo[] results);
        return gaiError == 0 ? results : null;
    }

    /// <summary>Checks the names under the callers' parameter names, then calls <c>getaddrinfo(3)</c>.</summary>
    static int LookUp(string? host, string? service, int flags, int family, int socktype, int protocol, out AddrInfo[] results)
    {
        CheckName(host);
        CheckName(service);
        return getaddrinfo(host, service, flags, family, socktype, protocol, out results);
    }
}
