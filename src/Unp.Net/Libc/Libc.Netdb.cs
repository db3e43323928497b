using System.Runtime.InteropServices;

namespace Unp.Net;

// <netdb.h>
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>getaddrinfo(3)</c>: finds the socket addresses of a host and a service (UNP 11.6). <c>struct addrinfo</c> differs between
    /// systems;
    /// <see cref="Libunp.Getaddrinfo(string, string, int, int, int, int)"/> reads it on each of them.
    /// </summary>
    /// <param name="node">A NUL-terminated host name or address, or null.</param>
    /// <param name="service">A NUL-terminated service name or port number, or null; not both null.</param>
    /// <param name="hints">A <c>struct addrinfo</c> of this system, or null.</param>
    /// <param name="res">Receives the address of the first result. Free it with <see cref="freeaddrinfo"/>.</param>
    /// <returns>0, or one of EAI_*; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">getaddrinfo(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getaddrinfo(byte* node, byte* service, void* hints, void** res);

    /// <summary><c>freeaddrinfo(3)</c>: frees the whole list of getaddrinfo.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/freeaddrinfo.3.html">freeaddrinfo(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial void freeaddrinfo(void* res);

    /// <summary><c>gai_strerror(3)</c>: returns the static, NUL-terminated text of an EAI_* error.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/gai_strerror.3.html">gai_strerror(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial byte* gai_strerror(int errcode);

    /// <summary><c>getnameinfo(3)</c>: finds the host and service names of a socket address (UNP 11.17).</summary>
    /// <param name="addr">The socket address.</param>
    /// <param name="addrlen">The length of the address in bytes.</param>
    /// <param name="host">Receives the host name, at most NI_MAXHOST bytes, or null.</param>
    /// <param name="hostlen">The size of <paramref name="host"/> in bytes.</param>
    /// <param name="serv">Receives the service name, at most NI_MAXSERV bytes, or null.</param>
    /// <param name="servlen">The size of <paramref name="serv"/> in bytes.</param>
    /// <param name="flags">NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM, NI_NOFQDN combined.</param>
    /// <returns>0, or one of EAI_*; EAI_OVERFLOW if a buffer is too small.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnameinfo.3.html">getnameinfo(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getnameinfo(void* addr, uint addrlen, byte* host, uint hostlen, byte* serv, uint servlen, int flags);
}
