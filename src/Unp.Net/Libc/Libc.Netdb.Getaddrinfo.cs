using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Unp.Net.Abi;

namespace Unp.Net;

// getaddrinfo with strings and a managed array. Only this file uses struct addrinfo.
public static unsafe partial class Libc
{
    /// <summary>
    /// Looks up the socket addresses of a host and a service, in the order to try them (UNP 11.6, <c>getaddrinfo(3)</c>).
    /// </summary>
    /// <param name="node">A host name or address. Null means the wildcard address with AI_PASSIVE, else loopback. See the remarks.</param>
    /// <param name="service">A service name or port number, or null; at least one of the two must not be null. See the remarks.</param>
    /// <param name="flags">A combination of AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV...</param>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="socktype">SOCK_STREAM, SOCK_DGRAM..., or 0 for all types.</param>
    /// <param name="protocol">IPPROTO_TCP..., or 0 for any.</param>
    /// <param name="results">At least one result if 0 is returned, otherwise none.</param>
    /// <returns>
    /// 0, or an EAI_* code; with EAI_SYSTEM the error is in <see cref="Errno.Last"/>. EAI_NONAME and EAI_SERVICE mean that the text is not
    /// a valid host or service by the rule below, or is unknown.
    /// </returns>
    /// <remarks>
    /// <para>One rule applies to all functions that take a host or a service, so no text means an unexpected address or port.</para>
    /// <para>A host is a name, or an address as <c>inet_pton(3)</c> reads it: four decimal numbers, or IPv6 with or without a scope. At
    /// least one label of a host name is not a number. So <c>"1.2.3"</c>, <c>"0x7f.1"</c> and <c>"127.1"</c>, which <c>inet_aton(3)</c>
    /// would read, are not hosts.</para>
    /// <para>A service is a decimal number from 0 to 65535, or a name. A service name does not begin with a sign.</para>
    /// <para>A name of either kind contains no blank or control character, and is not <c>"*"</c>.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">A name contains a NUL, which C would take for its end.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">getaddrinfo(3)</seealso>
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

    /// <summary>Returns the text as NUL-terminated UTF-8, or null for null.</summary>
    internal static byte[]? CString(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        CheckName(text, name);
        return text is null ? null : Encoding.UTF8.GetBytes(text + "\0");
    }

    /// <summary>Throws if a name contains a NUL, because C would take it for the end of the name.</summary>
    internal static void CheckName(string? text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        if (text?.Contains('\0') == true)
            throw new ArgumentException($"The name must not contain a NUL: {text.Replace("\0", "\\0")}", name);
    }
}
