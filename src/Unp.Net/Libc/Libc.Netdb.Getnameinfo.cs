namespace Unp.Net;

public static unsafe partial class Libc
{
    /// <summary>Returns the host and service of a socket address as text (UNP 11.17, <c>getnameinfo(3)</c>).</summary>
    /// <param name="address">An address of any family.</param>
    /// <param name="host">The host's name, or its address as text if it has no name; empty on failure.</param>
    /// <param name="service">The service's name, or its port as text if it has no name; empty on failure.</param>
    /// <param name="flags">A combination of NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM, NI_NOFQDN.</param>
    /// <returns>0, or an EAI_* code; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnameinfo.3.html">getnameinfo(3)</seealso>
    public static int getnameinfo(in SockAddr address, out string host, out string service, int flags = 0)
    {
        byte* hostText = stackalloc byte[NI_MAXHOST];
        byte* serviceText = stackalloc byte[NI_MAXSERV];
        int error;
        fixed (SockAddr* p = &address)
            error = getnameinfo(p, (uint)address.Length, hostText, (uint)NI_MAXHOST, serviceText, (uint)NI_MAXSERV, flags);
        host = error == 0 ? Text(hostText) : "";
        service = error == 0 ? Text(serviceText) : "";
        return error;
    }
}
