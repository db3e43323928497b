using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// <c>rresvport(3)</c>: a TCP socket bound to the wildcard address and a reserved port, the first that is free from <paramref name="port"/> down to 512:
    /// by it old servers know that root has started a client (section 2.9). Nobody should trust that any more.
    /// </summary>
    /// <param name="port">Where to begin, 512 to 1023; afterwards the port.</param>
    /// <param name="family">AF_INET, or AF_INET6 (C's rresvport_af).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not one of those.</exception>
    /// <exception cref="ArgumentException"><paramref name="family"/> is another one.</exception>
    /// <exception cref="UnpException">
    /// EACCES: this process may not (it takes root, or CAP_NET_BIND_SERVICE on Linux); EAGAIN: none is free; EAFNOSUPPORT; EMFILE. The message has the ports.
    /// </exception>
    public static Fd Rresvport(ref int port, int family = AF_INET)
    {
        const int Lowest = IPPORT_RESERVED / 2;
        if (port is < Lowest or >= IPPORT_RESERVED)
            throw new ArgumentOutOfRangeException(nameof(port), port, $"A reserved port that can be had is {Lowest} to {IPPORT_RESERVED - 1}.");
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
        throw new UnpException(Errno.EAGAIN, "rresvport", $"ports {port} to {Lowest} are taken");
    }
}
