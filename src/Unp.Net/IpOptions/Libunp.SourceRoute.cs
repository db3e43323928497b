using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// The book's functions for source routes of IPv4 (UNP 27.3). C keeps the route in static variables. Here the buffer contains all of it:
// a NOP, the type, the length without the NOP, a pointer to the first address, the addresses.
public static partial class Libunp
{
    const int MaxRouteAddresses = 9, RouteHeader = 4;

    /// <summary>Starts a source route for <see cref="SocketOptions.IpOptions"/>, without addresses (UNP 27.3).</summary>
    /// <remarks>
    /// Routers and hosts drop packets with a source route by default. On Linux <c>accept_source_route</c> of the interface and of
    /// <c>all</c> must be 1 on each host of the route. Recent kernels let only a process with CAP_NET_RAW set the option (EPERM).
    /// </remarks>
    /// <param name="options">Room for the route: 4 bytes, and 4 per address, so 40 for the longest one.</param>
    /// <param name="type">0 for a loose route (LSRR), any other number for a strict one (SSRR).</param>
    /// <returns>The bytes used so far, 4.</returns>
    /// <exception cref="UnpException">EINVAL: the buffer is too small.</exception>
    /// <example><code>
    /// Span&lt;byte&gt; options = stackalloc byte[40];
    /// Inet_srcrt_init(options, 0);
    /// Inet_srcrt_add(options, SockAddr.Inet("198.18.1.2", 0)); // the router
    /// int len = Inet_srcrt_add(options, SockAddr.Inet("198.18.2.1", 0)); // the destination
    /// Setsockopt(fd, SocketOptions.IpOptions, options[..len].ToArray());
    /// </code></example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</seealso>
    public static int Inet_srcrt_init(Span<byte> options, int type)
    {
        int len = inet_srcrt_init(options, type);
        return len >= 0 ? len : throw Failed("inet_srcrt_init", $"a buffer of {options.Length} bytes");
    }

    /// <summary>
    /// Works like <see cref="Inet_srcrt_init"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int inet_srcrt_init(Span<byte> options, int type)
    {
        if (options.Length < RouteHeader)
            return InvalidArgument();
        options[0] = IPOPT_NOP;
        options[1] = (byte)(type == 0 ? IPOPT_LSRR : IPOPT_SSRR);
        options[2] = RouteHeader - 1;
        options[3] = IPOPT_MINOFF;
        return RouteHeader;
    }

    /// <summary>Adds an address to a source route (UNP 27.3). The destination is the last one.</summary>
    /// <param name="options">The buffer that <see cref="Inet_srcrt_init"/> has filled.</param>
    /// <param name="address">The IPv4 address of a router or of the destination. The port is ignored.</param>
    /// <returns>The bytes used so far, which are the length of the socket option.</returns>
    /// <exception cref="UnpException">
    /// EAFNOSUPPORT (not an IPv4 address), EINVAL (the buffer has no route), ENOBUFS (the route has 9 addresses, or the buffer is full).
    /// </exception>
    public static int Inet_srcrt_add(Span<byte> options, in SockAddr address)
    {
        int len = inet_srcrt_add(options, address);
        return len >= 0 ? len : throw Failed("inet_srcrt_add", $"{address.Ntop(withPort: false)}");
    }

    /// <inheritdoc cref="Inet_srcrt_add(Span{byte}, in SockAddr)"/>
    /// <param name="options"><inheritdoc cref="Inet_srcrt_add(Span{byte}, in SockAddr)" path="/param[@name='options']"/></param>
    /// <param name="host">The name or IPv4 address of a router or of the destination. The first address of a name counts.</param>
    /// <exception cref="GaiException">The host is not found, or it has no IPv4 address.</exception>
    public static int Inet_srcrt_add(Span<byte> options, string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Inet_srcrt_add(options, Host_serv(host, null, AF_INET, 0)[0].Address);
    }

    /// <summary>
    /// Works like <see cref="Inet_srcrt_add(Span{byte}, in SockAddr)"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int inet_srcrt_add(Span<byte> options, in SockAddr address)
    {
        if (address.Family != AF_INET || !address.HasPort)
            return Unsupported();
        if (options.Length < RouteHeader || options[0] != IPOPT_NOP || options[1] is not (IPOPT_LSRR or IPOPT_SSRR))
            return InvalidArgument();
        int end = 1 + options[2];
        if (end < RouteHeader || end > options.Length || end % sizeof(uint) != 0)
            return InvalidArgument();
        if (end >= RouteHeader + (MaxRouteAddresses * sizeof(uint)) || end + sizeof(uint) > options.Length)
        {
            Errno.Last = Errno.ENOBUFS;
            return -1;
        }
        address.AddressBytesReadOnly.CopyTo(options[end..]);
        end += sizeof(uint);
        options[2] = (byte)(end - 1);
        return end;
    }

    /// <summary>
    /// Prints the received source route in the IP options of a connection (UNP 27.3):
    /// <c>received LSRR: 198.18.2.2 </c>. The kernel has reversed it, so it leads back to the client.
    /// </summary>
    /// <remarks>
    /// The route also works as it is for <see cref="SocketOptions.IpOptions"/> on another socket. An option of another type is printed as
    /// <c>received option type 7</c>, and an incomplete one as <c>received incomplete option type 131</c>.
    /// </remarks>
    /// <param name="options">The value of <see cref="SocketOptions.IpOptions"/>.</param>
    public static void inet_srcrt_print(ReadOnlySpan<byte> options)
    {
        foreach (string line in SourceRouteLines(options))
            Console.WriteLine(line);
    }

    /// <summary>Returns the lines that <see cref="inet_srcrt_print"/> prints.</summary>
    internal static List<string> SourceRouteLines(ReadOnlySpan<byte> options)
    {
        List<string> lines = [];

        // The BSDs keep the first address of the route before the options.
        ReadOnlySpan<byte> first = default;
        if (!Target.IsLinux && options.Length >= sizeof(uint))
        {
            first = options[..sizeof(uint)];
            options = options[sizeof(uint)..];
        }
        while (!options.IsEmpty && options[0] != IPOPT_EOL)
        {
            if (options[0] == IPOPT_NOP)
            {
                options = options[1..];
                continue;
            }
            int length = options.Length > IPOPT_OLEN ? options[IPOPT_OLEN] : 0;
            if (length <= IPOPT_OLEN || length > options.Length)
            {
                lines.Add($"received incomplete option type {options[0]}");
                break;
            }
            lines.Add(SourceRouteLine(options[..length], first));
            options = options[length..];
        }
        return lines;
    }

    static string SourceRouteLine(ReadOnlySpan<byte> option, ReadOnlySpan<byte> first)
    {
        if (option[0] is not (IPOPT_LSRR or IPOPT_SSRR))
            return $"received option type {option[0]}";
        string line = option[0] == IPOPT_LSRR ? "received LSRR: " : "received SSRR: ";
        if (!first.IsEmpty)
            line += $"{Inet_ntop(AF_INET, first)} ";
        for (int i = IPOPT_OFFSET + 1; i + sizeof(uint) <= option.Length; i += sizeof(uint))
            line += $"{Inet_ntop(AF_INET, option.Slice(i, sizeof(uint)))} ";
        return line;
    }

    static int InvalidArgument()
    {
        Errno.Last = Errno.EINVAL;
        return -1;
    }
}
