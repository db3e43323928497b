using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// <c>rresvport(3)</c>: creates a TCP socket bound to the wildcard address and the first free reserved port from
    /// <paramref name="port"/> down to 512. Old servers infer from the port that root started the client (UNP 2.9), which is no longer
    /// safe.
    /// </summary>
    /// <param name="port">The first port to try, 512 to 1023. It receives the bound port.</param>
    /// <param name="family">AF_INET, or AF_INET6 (C's rresvport_af).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 512 to 1023.</exception>
    /// <exception cref="ArgumentException"><paramref name="family"/> is neither AF_INET nor AF_INET6.</exception>
    /// <exception cref="UnpException">
    /// EACCES: the process lacks the right (root, or CAP_NET_BIND_SERVICE on Linux); EAGAIN: no port is free; EAFNOSUPPORT; EMFILE. The
    /// message names the ports.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/rresvport.3.html">rresvport(3)</seealso>
    public static Fd Rresvport(ref int port, int family = AF_INET)
    {
        const int Lowest = IPPORT_RESERVED / 2;
        if (port is < Lowest or >= IPPORT_RESERVED)
            throw new ArgumentOutOfRangeException(nameof(port), port, $"A reserved port must be {Lowest} to {IPPORT_RESERVED - 1}.");
        SockAddr address = SockAddr.Any(family, port);
        Fd fd = Socket(family, SOCK_STREAM);
        for (int number = port; number >= Lowest; number--)
        {
            address.Port = number;
            if (bind(fd, address) == 0)
            {
                port = number;
                return fd;
            }
            if (Errno.Last == Errno.EADDRINUSE)
                continue;
            UnpException failure = Failed("rresvport", $"port {number}");
            fd.Dispose();
            throw failure;
        }
        fd.Dispose();
        throw new UnpException(Errno.EAGAIN, "rresvport", $"ports {port} to {Lowest} are in use");
    }
}
