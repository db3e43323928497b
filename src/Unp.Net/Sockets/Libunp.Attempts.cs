using static Unp.Net.Libc;

namespace Unp.Net;

// The common part of the book's tcp_ and udp_ functions, which try the addresses of getaddrinfo in order.
public static partial class Libunp
{
    delegate bool Attempt(Fd fd, in SockAddr address);

    /// <summary>Creates a socket for each address in turn, and returns the first one for which the attempt succeeds.</summary>
    /// <returns>
    /// The socket, or null with the last failure in <see cref="Errno.Last"/>. The sockets of failed attempts are closed, which does not
    /// change <see cref="Errno.Last"/>.
    /// </returns>
    static Fd? FirstThatWorks(AddrInfo[] addresses, Attempt attempt, out SockAddr chosen)
    {
        foreach (AddrInfo ai in addresses)
        {
            int descriptor = socket(ai.Family, ai.SockType | CloseOnExecType, ai.Protocol);
            if (descriptor < 0)
                continue;
            Fd fd = Own(descriptor);
            chosen = ai.Address;
            if (attempt(fd, chosen))
                return fd;
            fd.Dispose();
        }
        chosen = default;
        return null;
    }

    /// <summary>Creates the exception for a search without success: either the lookup failed or the last attempt did.</summary>
    static Exception NoneLeft(string function, string? host, string service, int gaiError)
    {
        if (gaiError != 0)
            return new GaiException(gaiError, function, host, service);
        Errno reason = Errno.Last;
        string message = $"{function} error for {host ?? "(no hostname)"}, {service}: {reason.Message}";
        return new UnpException(message, reason, function);
    }
}
