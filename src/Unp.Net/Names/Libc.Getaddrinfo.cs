using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Unp.Net.Abi;

namespace Unp.Net;

// getaddrinfo with text and a managed list: the only place that knows struct addrinfo.
public static unsafe partial class Libc
{
    /// <summary><c>getaddrinfo(3)</c>: the socket addresses of a host and a service, in the order to try them (section 11.6).</summary>
    /// <param name="node">A host name or address, or null: the wildcard with AI_PASSIVE, else loopback. See the remarks.</param>
    /// <param name="service">A service name or port number, or null; not both null. See the remarks.</param>
    /// <param name="flags">AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV... ored.</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM..., or 0 for each.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for any.</param>
    /// <param name="results">At least one when 0 is returned, else none.</param>
    /// <returns>
    /// 0, or one of EAI_*; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>. EAI_NONAME and EAI_SERVICE: the text is no host or no service by the
    /// rule below, or is not known.
    /// </returns>
    /// <remarks>
    /// One rule holds for all functions that take a host or a service, so that no text means another address or port than it says. A host is an address as
    /// <c>inet_pton(3)</c> reads it (four decimal numbers, or IPv6 with or without a scope), or a name. A name has a label that is no number, contains
    /// no blank or control character, and is not <c>"*"</c>. So <c>"1.2.3"</c>, <c>"0x7f.1"</c> and <c>"127.1"</c>, which <c>inet_aton(3)</c> would read, are no
    /// hosts. A service is a decimal number from 0 to 65535, or a name. A name contains no blank or control character, is not <c>"*"</c>, and begins with no sign.
    /// </remarks>
    /// <exception cref="ArgumentException">A name has a NUL in it, behind which C would not look.</exception>
    public static int getaddrinfo(string? node, string? service, int flags, int family, int socktype, int protocol, out AddrInfo[] results)
    {
        results = [];
        CheckName(node);
        CheckName(service);
        if (service is not null && !NetworkNames.IsService(service))
            return EAI_SERVICE;
        if (node is not null && !NetworkNames.IsHost(node))
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

    /// <summary>NUL-terminated UTF-8; null for null.</summary>
    static byte[]? CString(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        CheckName(text, name);
        return text is null ? null : Encoding.UTF8.GetBytes(text + "\0");
    }

    /// <summary>Refuses a name that contains a NUL, behind which C would not look.</summary>
    internal static void CheckName(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        if (text?.Contains('\0') == true)
            throw new ArgumentException($"A name cannot have a NUL: {text.Replace("\0", "\\0")}", name);
    }
}
