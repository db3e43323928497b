using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Splits the socket addresses behind the header of a routing message (UNP 18.3, figure 18.8).</summary>
    /// <remarks>
    /// <para>Addresses are padded to 4 bytes on macOS and to 8 bytes on FreeBSD. The C original pads to the size of a long on both, which
    /// is wrong on macOS.</para>
    /// <para>A netmask is often shorter than a socket address, and empty for a default route. <see cref="Sock_masktop"/> prints it.</para>
    /// </remarks>
    /// <param name="addrs">The field <c>rtm_addrs</c>, <c>ifm_addrs</c> or <c>ifam_addrs</c> of the message.</param>
    /// <param name="addresses">The bytes behind the header.</param>
    /// <param name="rti_info">Receives RTAX_MAX addresses. Those that the message does not have become null.</param>
    /// <exception cref="UnpException">EINVAL: the message ends before its addresses.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The system is Linux, which has other messages. Use <see cref="Net_rt_dump"/>.
    /// </exception>
    public static void Get_rtaddrs(int addrs, ReadOnlySpan<byte> addresses, Span<SockAddr?> rti_info)
    {
        if (get_rtaddrs(addrs, addresses, rti_info) < 0)
            throw Failed("get_rtaddrs", $"addresses 0x{addrs:x} in {addresses.Length} bytes");
    }

    /// <summary>Works like <see cref="Get_rtaddrs"/>, but returns 0, or -1 with EINVAL instead of throwing.</summary>
    public static int get_rtaddrs(int addrs, ReadOnlySpan<byte> addresses, Span<SockAddr?> rti_info)
    {
        RoutingLayout layout = RoutingLayout.Here;
        if (rti_info.Length < RTAX_MAX)
            throw new ArgumentException($"The array must have RTAX_MAX ({RTAX_MAX}) elements, not {rti_info.Length}.", nameof(rti_info));
        if (!layout.TrySplit(addrs, addresses, out RoutingAddresses places))
        {
            Errno.Last = Errno.EINVAL;
            return -1;
        }
        for (int i = 0; i < RTAX_MAX; i++)
            rti_info[i] = places.Has(i) ? new SockAddr(places[i][..Math.Min(places[i].Length, SockAddr.Capacity)]) : (SockAddr?)null;
        return 0;
    }

    /// <summary>Returns a netmask as text (UNP 18.3, figure 18.9).</summary>
    /// <remarks>
    /// The mask is a whole IPv4 or IPv6 address, or a shorter one as the BSDs have it in routing messages: 0 bytes (<c>0.0.0.0</c>), or 5
    /// to 8 bytes of which the last 1 to 4 are the mask. The C original prints only the shorter forms, and only of IPv4. Any other mask is
    /// <c>"(unknown mask, len = 12, family = 0)"</c>.
    /// </remarks>
    public static string Sock_masktop(in SockAddr mask)
    {
        const int Start = 4; // of the address in a sockaddr_in
        ReadOnlySpan<byte> bytes = mask.Bytes;
        if (mask.HasPort)
            return mask.Ntop(withPort: false);
        if (bytes.Length > 2 * Start)
            return $"(unknown mask, len = {bytes.Length}, family = {mask.Family})";
        return RouteMask.Address(AF_INET, bytes.Length > Start ? bytes[Start..] : default).Ntop(withPort: false);
    }
}
