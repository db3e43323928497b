using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Unp.Net.Abi;

namespace Unp.Net;

// getaddrinfo with text and a managed list: the only place that knows struct addrinfo.
public static unsafe partial class Libc
{
    /// <summary><c>getaddrinfo(3)</c>: the socket addresses of a host and a service, in the order to try them (section 11.6).</summary>
    /// <param name="node">A host name or address, or null: the wildcard with AI_PASSIVE, else loopback.</param>
    /// <param name="service">A service name or port number, or null; not both null.</param>
    /// <param name="flags">AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV... ored.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM..., or 0 for each.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for any.</param>
    /// <param name="results">At least one when 0 is returned, else none.</param>
    /// <returns>
    /// 0, or one of EAI_*; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>. What the C library would take for another port (one above 65535,
    /// a negative one) or for port 0 (an empty service) is EAI_SERVICE; digits and
    /// dots that it would take for another address (<c>"1.2.3"</c>) are EAI_NONAME.
    /// </returns>
    /// <exception cref="ArgumentException">A name has a NUL in it, behind which C would not look.</exception>
    public static int getaddrinfo(string? node, string? service, int flags, int family, int socktype, int protocol, out AddrInfo[] results)
    {
        results = [];
        if (IsMistakenForPort(service))
            return EAI_SERVICE;
        if (IsMistakenForAddress(node))
            return EAI_NONAME;

        var hints = new addrinfo(flags, family, socktype, protocol);
        addrinfo* list = null;
        int error;
        fixed (byte* n = CString(node))
        fixed (byte* s = CString(service))
            error = getaddrinfo(n, s, &hints, (void**)&list);
        if (error != 0)
            return error;
        try
        {
            results = Copy(list);
            return 0;
        }
        finally
        {
            freeaddrinfo(list);
        }
    }

    static AddrInfo[] Copy(addrinfo* list)
    {
        var results = new List<AddrInfo>();
        for (addrinfo* ai = list; ai != null; ai = ai->ai_next)
        {
            results.Add(new AddrInfo(
                ai->ai_family,
                ai->ai_socktype,
                ai->ai_protocol,
                new SockAddr(ai->ai_addr),
                Marshal.PtrToStringUTF8((nint)ai->ai_canonname)));
        }
        return [.. results];
    }

    /// <summary>Whether this is no service, but glibc would read a port in it with strtoul(3): nothing is 0, "+70000" and "-61072" are 4464.</summary>
    static bool IsMistakenForPort(string? service) =>
        service is { Length: 0 } or ['+' or '-' or ' ' or (>= '\t' and <= '\r'), ..]
        || (service is not null && !service.AsSpan().ContainsAnyExceptInRange('0', '9')
            && !ushort.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>Whether this is no address, but C would read one in it with inet_aton(3): "1.2.3" is 1.2.0.3, "1" is 0.0.0.1.</summary>
    static bool IsMistakenForAddress(string? node) =>
        !string.IsNullOrEmpty(node) && !node.AsSpan().ContainsAnyExceptInRange('.', '9') && inet_pton(AF_INET, node, stackalloc byte[4]) != 1;

    /// <summary>NUL-terminated UTF-8; null for null.</summary>
    static byte[]? CString(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        if (text is null)
            return null;
        if (text.Contains('\0'))
            throw new ArgumentException($"A name cannot have a NUL: {text.Replace("\0", "\\0")}", name);
        return Encoding.UTF8.GetBytes(text + "\0");
    }
}
