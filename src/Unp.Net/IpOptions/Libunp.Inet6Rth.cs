using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// The functions of RFC 3542 for routing headers of IPv6 (UNP 27.6). They are managed code, because musl does not have them. The pointer and
// the size of C are a span here, and an empty span is C's null pointer.
//
// The layout of both types, in bytes: next header, length, type, segments left, last entry (type 4), 3 others, addresses. While a program
// builds a header, the segments left are the number of addresses added so far.
// Type 0, the book's: the addresses that the packet passes, in their order.
// Type 4, segment routing (RFC 8754): the addresses in reverse order, behind the destination, which the kernel writes. The last entry is
// the index of the last address. The functions do not count the destination, so both types are used alike.
public static partial class Libunp
{
    const int SegmentRouting = 4; // IPV6_SRCRT_TYPE_4, which only Linux has
    const int MaxRoutingAddresses = 127, RoutingAddresses = 8;

    /// <summary>Returns the size of a routing header (UNP 27.6, RFC 3542).</summary>
    /// <param name="type">
    /// The type: 0, which is <see cref="IPV6_RTHDR_TYPE_0"/>, or 4, which is <see cref="IPV6_SRCRT_TYPE_4"/>. C's functions know only 0.
    /// </param>
    /// <param name="segments">The number of hops before the destination: at most 127, or 126 with type 4.</param>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="UnpException">EINVAL: another type, or a number out of range.</exception>
    public static int Inet6_rth_space(int type, int segments)
    {
        int space = inet6_rth_space(type, segments);
        return space > 0 ? space : throw Failed("inet6_rth_space", $"type {type}, {segments} segments");
    }

    /// <summary>Works like <see cref="Inet6_rth_space"/>, but returns 0 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_rth_space(int type, int segments)
    {
        int destinations = type == SegmentRouting ? 1 : 0;
        if (type is IPV6_RTHDR_TYPE_0 or SegmentRouting && segments >= 0 && segments <= MaxRoutingAddresses - destinations)
            return RoutingAddresses + ((segments + destinations) * Unsafe.SizeOf<in6_addr>());
        InvalidArgument();
        return 0;
    }

    /// <summary>Starts a routing header, without hops (UNP 27.6, RFC 3542).</summary>
    /// <remarks>
    /// RFC 5095 made type 0 obsolete, and Linux refuses it as a socket option (EINVAL). On Linux type 4 works as
    /// <see cref="SocketOptions.Ipv6Rthdr"/>, but not as a control message. <c>seg6_enabled</c> of the interface and of <c>all</c> must be
    /// 1 on each host of the route.
    /// </remarks>
    /// <param name="bp">A buffer with at least the bytes of <see cref="Inet6_rth_space"/>.</param>
    /// <param name="type"><inheritdoc cref="Inet6_rth_space" path="/param[@name='type']"/></param>
    /// <param name="segments"><inheritdoc cref="Inet6_rth_space" path="/param[@name='segments']"/></param>
    /// <returns>The header, which is the start of <paramref name="bp"/>.</returns>
    /// <exception cref="UnpException">EINVAL: another type, a number out of range, or a buffer that is too small.</exception>
    /// <example><code>
    /// Span&lt;byte&gt; header = new byte[Inet6_rth_space(IPV6_SRCRT_TYPE_4, 1)];
    /// Inet6_rth_init(header, IPV6_SRCRT_TYPE_4, 1);
    /// Inet6_rth_add(header, SockAddr.Inet("2001:db8:1::2", 0)); // the hop
    /// Setsockopt(fd, SocketOptions.Ipv6Rthdr, header.ToArray());
    /// Sendto(fd, "hello"u8, 0, SockAddr.Inet("2001:db8:2::1", 9877)); // the destination
    /// </code></example>
    public static Span<byte> Inet6_rth_init(Span<byte> bp, int type, int segments)
    {
        Span<byte> header = inet6_rth_init(bp, type, segments);
        return !header.IsEmpty ? header : throw Failed(
            "inet6_rth_init", $"type {type}, {segments} segments in a buffer of {bp.Length} bytes");
    }

    /// <summary>
    /// Works like <see cref="Inet6_rth_init"/>, but returns an empty span with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static Span<byte> inet6_rth_init(Span<byte> bp, int type, int segments)
    {
        int space = inet6_rth_space(type, segments);
        if (space == 0 || space > bp.Length)
        {
            InvalidArgument();
            return default;
        }
        Span<byte> header = bp[..space];
        header.Clear();
        header[1] = (byte)((space / HeaderUnit) - 1);
        header[2] = (byte)type;
        if (type == SegmentRouting)
            header[4] = (byte)segments;
        return header;
    }

    /// <summary>Adds the next hop to a routing header (UNP 27.6, RFC 3542).</summary>
    /// <param name="bp">The header of <see cref="Inet6_rth_init"/>.</param>
    /// <param name="addr">The IPv6 address of the hop. Port and scope are ignored.</param>
    /// <exception cref="UnpException">
    /// EINVAL: <paramref name="bp"/> is not a routing header, or all its segments are added. EAFNOSUPPORT: not an IPv6 address.
    /// </exception>
    public static void Inet6_rth_add(Span<byte> bp, in SockAddr addr)
    {
        if (inet6_rth_add(bp, addr) < 0)
            throw Failed("inet6_rth_add", $"{addr.Ntop(withPort: false)}");
    }

    /// <summary>Works like <see cref="Inet6_rth_add"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_rth_add(Span<byte> bp, in SockAddr addr)
    {
        if (addr.Family != AF_INET6 || !addr.HasPort)
            return Unsupported();
        if (!TryReadRoute(bp, out int segments) || bp[3] == segments)
            return InvalidArgument();
        addr.AddressBytesReadOnly.CopyTo(bp[AddressOffset(bp, segments, bp[3])..]);
        bp[3]++;
        return 0;
    }

    /// <summary>Writes a routing header that leads back (UNP 27.6, RFC 3542).</summary>
    /// <remarks>Optional data behind the addresses of type 4, such as an HMAC, is not copied.</remarks>
    /// <param name="in">The received header.</param>
    /// <param name="out">A buffer for the new one, of the same size. It may be the same buffer.</param>
    /// <exception cref="UnpException">
    /// EINVAL: <paramref name="in"/> is not a routing header, or <paramref name="out"/> is too small.
    /// </exception>
    public static void Inet6_rth_reverse(ReadOnlySpan<byte> @in, Span<byte> @out)
    {
        if (inet6_rth_reverse(@in, @out) < 0)
            throw Failed("inet6_rth_reverse", $"{@in.Length} bytes into {@out.Length}");
    }

    /// <summary>
    /// Works like <see cref="Inet6_rth_reverse"/>, but returns 0, or -1 with <see cref="Errno.Last"/> instead of throwing.
    /// </summary>
    public static int inet6_rth_reverse(ReadOnlySpan<byte> @in, Span<byte> @out)
    {
        if (!TryReadRoute(@in, out int segments))
            return InvalidArgument();
        int type = @in[2], space = inet6_rth_space(type, segments);
        if (space > @out.Length)
            return InvalidArgument();
        @in[..space].CopyTo(@out);
        Span<in6_addr> addresses = MemoryMarshal.Cast<byte, in6_addr>(@out[RoutingAddresses..space]);
        if (type == SegmentRouting)
        {
            addresses[0] = default;
            addresses = addresses[1..];
            @out[1] = (byte)((space / HeaderUnit) - 1);
            @out[5..RoutingAddresses].Clear(); // flags and tag
        }
        addresses.Reverse();
        @out[3] = (byte)segments;
        return 0;
    }

    /// <summary>Returns the number of hops in a routing header (UNP 27.6, RFC 3542).</summary>
    /// <param name="bp">A header, for example the data of a control message IPV6_RTHDR.</param>
    /// <exception cref="UnpException">EINVAL: <paramref name="bp"/> is not a complete routing header of type 0 or 4.</exception>
    public static int Inet6_rth_segments(ReadOnlySpan<byte> bp)
    {
        int segments = inet6_rth_segments(bp);
        return segments >= 0 ? segments : throw Failed("inet6_rth_segments", $"{bp.Length} bytes");
    }

    /// <summary>Works like <see cref="Inet6_rth_segments"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_rth_segments(ReadOnlySpan<byte> bp) => TryReadRoute(bp, out int segments) ? segments : InvalidArgument();

    /// <summary>Returns a hop of a routing header (UNP 27.6, RFC 3542).</summary>
    /// <param name="bp">A header, for example the data of a control message IPV6_RTHDR.</param>
    /// <param name="index">0 for the first hop, up to <see cref="Inet6_rth_segments"/> - 1.</param>
    /// <returns>The IPv6 address, with port 0.</returns>
    /// <exception cref="UnpException">
    /// EINVAL: <paramref name="bp"/> is not a complete routing header of type 0 or 4, or it has no such hop.
    /// </exception>
    public static SockAddr Inet6_rth_getaddr(ReadOnlySpan<byte> bp, int index) =>
        inet6_rth_getaddr(bp, index) ?? throw Failed("inet6_rth_getaddr", $"hop {index} in {bp.Length} bytes");

    /// <summary>Works like <see cref="Inet6_rth_getaddr"/>, but returns null with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static SockAddr? inet6_rth_getaddr(ReadOnlySpan<byte> bp, int index)
    {
        if (!TryReadRoute(bp, out int segments) || index < 0 || index >= segments)
        {
            InvalidArgument();
            return null;
        }
        var address = new SockAddr(AF_INET6);
        bp.Slice(AddressOffset(bp, segments, index), Unsafe.SizeOf<in6_addr>()).CopyTo(address.AddressBytes);
        return address;
    }

    /// <summary>
    /// Prints the hops of a received routing header (UNP 27.6): <c>received source route: 2001:db8:1::2 </c>.
    /// </summary>
    /// <param name="bp">The data of a control message IPV6_RTHDR.</param>
    /// <exception cref="UnpException">EINVAL: <paramref name="bp"/> is not a complete routing header of type 0 or 4.</exception>
    public static void inet6_srcrt_print(ReadOnlySpan<byte> bp) => Console.WriteLine(RoutingHeaderLine(bp));

    /// <summary>Returns the line that <see cref="inet6_srcrt_print"/> prints.</summary>
    internal static string RoutingHeaderLine(ReadOnlySpan<byte> bp)
    {
        string line = "received source route: ";
        int segments = Inet6_rth_segments(bp);
        for (int i = 0; i < segments; i++)
            line += $"{Sock_ntop_host(Inet6_rth_getaddr(bp, i))} ";
        return line;
    }

    /// <summary>Checks a routing header, and gets the number of its hops.</summary>
    /// <returns>Whether the header is complete, has a known type and does not contradict itself.</returns>
    static bool TryReadRoute(ReadOnlySpan<byte> bp, out int segments)
    {
        segments = -1;
        if (bp.Length < RoutingAddresses || bp.Length < (bp[1] + 1) * HeaderUnit)
            return false;
        if (bp[2] == IPV6_RTHDR_TYPE_0 && bp[1] % 2 == 0)
            segments = bp[1] / 2;
        else if (bp[2] == SegmentRouting && bp[4] < bp[1] / 2)
            segments = bp[4];
        return bp[3] <= segments;
    }

    static int AddressOffset(ReadOnlySpan<byte> bp, int segments, int index) =>
        RoutingAddresses + ((bp[2] == SegmentRouting ? segments - index : index) * Unsafe.SizeOf<in6_addr>());
}
