using static Unp.Net.Libc;

namespace Unp.Net;

// What the book's tcp_ and udp_ functions have in common: trying the addresses that getaddrinfo gave.
public static partial class Libunp
{
    delegate bool Attempt(Fd fd, in SockAddr address);

    /// <summary>
    /// The first of the addresses for which a socket can be made and the attempt succeeds; null, with the last reason in
    /// <see cref="Errno.Last"/>, when there is none. The sockets of failed attempts are closed, which leaves that as it is.
    /// </summary>
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

    /// <summary>Why there was none: the look-up failed, or the last attempt did.</summary>
    static Exception NoneLeft(string function, string? host, string service, int gaiError)
    {
        if (gaiError != 0)
            return new GaiException(gaiError, function, host, service);
        Errno reason = Errno.Last;
        return new UnpException(reason, function, $"{function} error for {host ?? "(no hostname)"}, {service}: {reason.Message}", bytesTransferred: 0);
    }
}
