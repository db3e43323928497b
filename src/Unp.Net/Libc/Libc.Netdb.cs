using System.Runtime.InteropServices;

namespace Unp.Net;

// <netdb.h>
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>getaddrinfo(3)</c>: the socket addresses of a host and a service (UNP 11.6). <c>struct addrinfo</c> differs between systems: read it
    /// through <see cref="Libunp.Getaddrinfo"/>.
    /// </summary>
    /// <param name="node">A NUL-terminated host name or address, or null.</param>
    /// <param name="service">A NUL-terminated service name or port number, or null; not both null.</param>
    /// <param name="hints">A <c>struct addrinfo</c> of this system, or null.</param>
    /// <param name="res">Where the first result's address goes; freed by <see cref="freeaddrinfo"/>.</param>
    /// <returns>0, or one of EAI_*; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getaddrinfo(byte* node, byte* service, void* hints, void** res);

    /// <summary><c>freeaddrinfo(3)</c>: frees the whole list that getaddrinfo made.</summary>
    [LibraryImport(LibraryName)]
    public static partial void freeaddrinfo(void* res);

    /// <summary><c>gai_strerror(3)</c>: the text of an EAI_* error, static and NUL-terminated.</summary>
    [LibraryImport(LibraryName)]
    public static partial byte* gai_strerror(int errcode);

    /// <summary><c>getnameinfo(3)</c>: a socket address to host and service names (UNP 11.17).</summary>
    /// <param name="addr">The socket address.</param>
    /// <param name="addrlen">Its length in bytes.</param>
    /// <param name="host">Room for the host name, at most NI_MAXHOST bytes, or null.</param>
    /// <param name="hostlen">That room in bytes.</param>
    /// <param name="serv">Room for the service name, at most NI_MAXSERV bytes, or null.</param>
    /// <param name="servlen">That room in bytes.</param>
    /// <param name="flags">NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM, NI_NOFQDN ored.</param>
    /// <returns>0, or one of EAI_*; EAI_OVERFLOW where the room is too small.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getnameinfo(void* addr, uint addrlen, byte* host, uint hostlen, byte* serv, uint servlen, int flags);
}
