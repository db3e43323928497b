using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/socket.h>: endpoints, addresses, options. Data transfer is in Libc.SocketData.cs.
public static unsafe partial class Libc
{
    /// <summary><c>socket(2)</c>: creates an endpoint (UNP 4.2).</summary>
    /// <param name="domain">AF_INET, AF_INET6, AF_UNIX...</param>
    /// <param name="type">SOCK_STREAM, SOCK_DGRAM..., on Linux and FreeBSD combined with SOCK_CLOEXEC and SOCK_NONBLOCK.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for the type's default.</param>
    /// <returns>The descriptor, or -1: EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EMFILE, EACCES (EPERM for raw sockets).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    /// <summary><c>socketpair(2)</c>: creates two endpoints connected to each other (UNP 15.3).</summary>
    /// <param name="domain">AF_UNIX.</param>
    /// <param name="type">SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET, with the flags of <see cref="socket"/>.</param>
    /// <param name="protocol">0.</param>
    /// <param name="sv">Receives two descriptors.</param>
    /// <returns>0, or -1: EOPNOTSUPP, EPROTONOSUPPORT, EMFILE.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* sv);

    /// <summary><c>bind(2)</c>: assigns the local address of the socket (UNP 4.4).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">The address; with port 0 the kernel chooses the port.</param>
    /// <param name="addrlen">The length of the address in bytes.</param>
    /// <returns>
    /// 0, or -1: EADDRINUSE, EADDRNOTAVAIL (not an address of this host), EACCES (a port below 1024), EINVAL (already bound), EAFNOSUPPORT.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int bind(int fd, void* addr, uint addrlen);

    /// <inheritdoc cref="bind(int, void*, uint)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int bind(SafeHandle fd, void* addr, uint addrlen);

    /// <inheritdoc cref="bind(int, void*, uint)"/>
    public static int bind(int fd, in SockAddr addr)
    {
        fixed (SockAddr* p = &addr)
            return bind(fd, p, (uint)addr.Length);
    }

    /// <inheritdoc cref="bind(int, void*, uint)"/>
    public static int bind(SafeHandle fd, in SockAddr addr)
    {
        fixed (SockAddr* p = &addr)
            return bind(fd, p, (uint)addr.Length);
    }

    /// <summary><c>connect(2)</c>: connects a stream socket, or sets the peer of a datagram socket (UNP 4.3).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">The peer.</param>
    /// <param name="addrlen">The length of the address in bytes.</param>
    /// <returns>
    /// 0, or -1: ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, EINPROGRESS (non-blocking), EISCONN. After EINTR the attempt continues; wait for it
    /// with poll.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int connect(int fd, void* addr, uint addrlen);

    /// <inheritdoc cref="connect(int, void*, uint)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int connect(SafeHandle fd, void* addr, uint addrlen);

    /// <inheritdoc cref="connect(int, void*, uint)"/>
    public static int connect(int fd, in SockAddr addr)
    {
        fixed (SockAddr* p = &addr)
            return connect(fd, p, (uint)addr.Length);
    }

    /// <inheritdoc cref="connect(int, void*, uint)"/>
    public static int connect(SafeHandle fd, in SockAddr addr)
    {
        fixed (SockAddr* p = &addr)
            return connect(fd, p, (uint)addr.Length);
    }

    /// <summary><c>listen(2)</c>: makes the socket accept connections (UNP 4.5).</summary>
    /// <param name="fd">A bound stream socket.</param>
    /// <param name="backlog">
    /// The maximum number of completed connections that wait for accept; the kernel limits it (Linux: net.core.somaxconn).
    /// </param>
    /// <returns>0, or -1: EADDRINUSE, EOPNOTSUPP, EDESTADDRREQ.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int listen(int fd, int backlog);

    /// <inheritdoc cref="listen(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int listen(SafeHandle fd, int backlog);

    /// <summary><c>accept(2)</c>: accepts the next completed connection (UNP 4.6). The new descriptor is not close-on-exec.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">Receives the address, or null.</param>
    /// <param name="addrlen">
    /// In: the size of <paramref name="addr"/> in bytes. Out: the length of the address; if it is greater, the address was truncated.
    /// </param>
    /// <returns>
    /// The connection, or -1: EAGAIN (non-blocking, no connection waits), EINTR, ECONNABORTED, EPROTO, EMFILE, ENFILE, EINVAL (not
    /// listening, or shut down).
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int accept(int fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="accept(int, void*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int accept(SafeHandle fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="accept(int, void*, uint*)"/>
    public static int accept(int fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(accept(fd, p, &length), length);
    }

    /// <inheritdoc cref="accept(int, void*, uint*)"/>
    public static int accept(SafeHandle fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(accept(fd, p, &length), length);
    }

    /// <summary><c>accept4(2)</c>: like accept, with flags for the new descriptor.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">Receives the address, or null.</param>
    /// <param name="addrlen">
    /// In: the size of <paramref name="addr"/> in bytes. Out: the length of the address; if it is greater, the address was truncated.
    /// </param>
    /// <param name="flags">SOCK_CLOEXEC and SOCK_NONBLOCK combined, or 0.</param>
    /// <returns>
    /// The connection, or -1: EAGAIN (non-blocking, no connection waits), EINTR, ECONNABORTED, EPROTO, EMFILE, ENFILE, EINVAL (not
    /// listening, or shut down).
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/accept4.2.html">accept4(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int accept4(int fd, void* addr, uint* addrlen, int flags);

    /// <inheritdoc cref="accept4(int, void*, uint*, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int accept4(SafeHandle fd, void* addr, uint* addrlen, int flags);

    /// <inheritdoc cref="accept4(int, void*, uint*, int)"/>
    [UnsupportedOSPlatform("macos")]
    public static int accept4(int fd, out SockAddr addr, int flags)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(accept4(fd, p, &length, flags), length);
    }

    /// <inheritdoc cref="accept4(int, void*, uint*, int)"/>
    [UnsupportedOSPlatform("macos")]
    public static int accept4(SafeHandle fd, out SockAddr addr, int flags)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(accept4(fd, p, &length, flags), length);
    }

    /// <summary><c>getsockname(2)</c>: reads the local address (UNP 4.10).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">Receives the address, or null.</param>
    /// <param name="addrlen">
    /// In: the size of <paramref name="addr"/> in bytes. Out: the length of the address; if it is greater, the address was truncated.
    /// </param>
    /// <returns>0, or -1: EBADF, ENOTSOCK.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getsockname(int fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="getsockname(int, void*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getsockname(SafeHandle fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="getsockname(int, void*, uint*)"/>
    public static int getsockname(int fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(getsockname(fd, p, &length), length);
    }

    /// <inheritdoc cref="getsockname(int, void*, uint*)"/>
    public static int getsockname(SafeHandle fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(getsockname(fd, p, &length), length);
    }

    /// <summary><c>getpeername(2)</c>: reads the peer's address (UNP 4.10).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="addr">Receives the address, or null.</param>
    /// <param name="addrlen">
    /// In: the size of <paramref name="addr"/> in bytes. Out: the length of the address; if it is greater, the address was truncated.
    /// </param>
    /// <returns>0, or -1: ENOTCONN, EBADF, ENOTSOCK.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getpeername(int fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="getpeername(int, void*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getpeername(SafeHandle fd, void* addr, uint* addrlen);

    /// <inheritdoc cref="getpeername(int, void*, uint*)"/>
    public static int getpeername(int fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(getpeername(fd, p, &length), length);
    }

    /// <inheritdoc cref="getpeername(int, void*, uint*)"/>
    public static int getpeername(SafeHandle fd, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (SockAddr* p = &addr)
            return (int)addr.Received(getpeername(fd, p, &length), length);
    }

    /// <summary>
    /// <c>shutdown(2)</c>: ends one or both directions of a connection for all its descriptors (UNP 6.6). It wakes threads that are blocked
    /// in a call on it.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="how">SHUT_RD, SHUT_WR or SHUT_RDWR.</param>
    /// <returns>0, or -1: ENOTCONN, EINVAL, ENOTSOCK.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int shutdown(int fd, int how);

    /// <inheritdoc cref="shutdown(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int shutdown(SafeHandle fd, int how);

    /// <summary><c>getsockopt(2)</c>: reads an option (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="optname">The option at that level.</param>
    /// <param name="optval">Receives the value.</param>
    /// <param name="optlen">In: the size of <paramref name="optval"/> in bytes. Out: the size of the value.</param>
    /// <returns>0, or -1: ENOPROTOOPT (no such option at that level), EINVAL, ENOTSOCK.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getsockopt(int fd, int level, int optname, void* optval, uint* optlen);

    /// <inheritdoc cref="getsockopt(int, int, int, void*, uint*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getsockopt(SafeHandle fd, int level, int optname, void* optval, uint* optlen);

    /// <inheritdoc cref="getsockopt(int, int, int, void*, uint*)"/>
    public static int getsockopt(int fd, int level, int optname, out int optval)
    {
        int value = 0;
        uint length = sizeof(int);
        int result = getsockopt(fd, level, optname, &value, &length);
        optval = value;
        return result;
    }

    /// <inheritdoc cref="getsockopt(int, int, int, void*, uint*)"/>
    public static int getsockopt(SafeHandle fd, int level, int optname, out int optval)
    {
        int value = 0;
        uint length = sizeof(int);
        int result = getsockopt(fd, level, optname, &value, &length);
        optval = value;
        return result;
    }

    /// <summary><c>setsockopt(2)</c>: sets an option (UNP 7.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...</param>
    /// <param name="optname">The option at that level.</param>
    /// <param name="optval">The value.</param>
    /// <param name="optlen">The size of the value in bytes.</param>
    /// <returns>
    /// 0, or -1: ENOPROTOOPT, EINVAL (the option does not accept the size or value), EDOM (a time-out out of range), EPERM, EISCONN.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setsockopt(int fd, int level, int optname, void* optval, uint optlen);

    /// <inheritdoc cref="setsockopt(int, int, int, void*, uint)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int setsockopt(SafeHandle fd, int level, int optname, void* optval, uint optlen);

    /// <inheritdoc cref="setsockopt(int, int, int, void*, uint)"/>
    public static int setsockopt(int fd, int level, int optname, int optval) => setsockopt(fd, level, optname, &optval, sizeof(int));

    /// <inheritdoc cref="setsockopt(int, int, int, void*, uint)"/>
    public static int setsockopt(SafeHandle fd, int level, int optname, int optval) =>
        setsockopt(fd, level, optname, &optval, sizeof(int));
}
