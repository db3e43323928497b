using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The addresses of a socket.
public static partial class Libunp
{
    /// <summary>Returns the local address, with the port that the kernel chose (UNP 4.10, <c>getsockname(2)</c>).</summary>
    /// <exception cref="UnpException">ENOTSOCK.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</seealso>
    public static SockAddr Getsockname(SafeHandle fd)
    {
        Check(fd);
        return getsockname(fd, out SockAddr address) == 0 ? address : throw Failed("getsockname", fd);
    }

    /// <summary>Returns the peer's address (UNP 4.10, <c>getpeername(2)</c>).</summary>
    /// <exception cref="UnpException">ENOTCONN, ENOTSOCK.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</seealso>
    public static SockAddr Getpeername(SafeHandle fd)
    {
        Check(fd);
        return getpeername(fd, out SockAddr address) == 0 ? address : throw Failed("getpeername", fd);
    }

    /// <summary>Binds the wildcard address and a port that the kernel chooses (UNP 3.8).</summary>
    /// <param name="fd">A socket that is not bound.</param>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <returns>The port, in network byte order.</returns>
    /// <exception cref="UnpException">EINVAL (the socket is already bound), EAFNOSUPPORT.</exception>
    public static int Sock_bind_wild(SafeHandle fd, int family)
    {
        int port = sock_bind_wild(fd, family);
        return port >= 0 ? port : throw Failed("sock_bind_wild", $"address family {family}");
    }

    /// <summary>
    /// Works like <see cref="Sock_bind_wild"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing (UNP 3.8).
    /// </summary>
    public static int sock_bind_wild(SafeHandle fd, int family)
    {
        Check(fd);
        if (family != AF_INET && family != AF_INET6)
            return Unsupported();
        return bind(fd, SockAddr.Any(family)) == 0 && getsockname(fd, out SockAddr address) == 0 ? sock_get_port(address) : -1;
    }

    /// <summary>Returns the address family of a socket (figure 4.19).</summary>
    /// <exception cref="UnpException">ENOTSOCK, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</seealso>
    public static int Sockfd_to_family(SafeHandle fd)
    {
        int family = sockfd_to_family(fd);
        return family >= 0 ? family : throw Failed("sockfd_to_family", fd);
    }

    /// <summary>Works like <see cref="Sockfd_to_family"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int sockfd_to_family(SafeHandle fd)
    {
        Check(fd);
        return getsockname(fd, out SockAddr address) == 0 ? address.Family : -1;
    }
}
