using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The book's sock_ functions (UNP 3.8), which work on an address of any family.
public static partial class Libunp
{
    /// <summary>Returns the address and port as text (figure 3.14).</summary>
    /// <remarks>
    /// <para>The forms of the book are <c>"192.0.2.1:80"</c>, <c>"[2001:db8::1]:80"</c>, the address alone if the port is 0, a Unix path,
    /// <c>"(no pathname bound)"</c>, and <c>"sock_ntop: unknown AF_xxx: 40, len 16"</c>. This function also writes the scope id of an IPv6
    /// address (<c>%2</c>), and an abstract name as <c>"@name"</c>.</para>
    /// <para>Different addresses may have the same text. The texts of <see cref="SockAddr.ToString()"/> are unique.</para>
    /// </remarks>
    public static string Sock_ntop(in SockAddr address) => address.Ntop(withPort: true);

    /// <summary>Returns the address without its port as text (UNP 3.8).</summary>
    public static string Sock_ntop_host(in SockAddr address) => address.Ntop(withPort: false);

    /// <inheritdoc cref="Sock_ntop"/>
    public static string sock_ntop(in SockAddr address) => address.Ntop(withPort: true);

    /// <inheritdoc cref="Sock_ntop_host"/>
    public static string sock_ntop_host(in SockAddr address) => address.Ntop(withPort: false);

    /// <summary>Compares the addresses without their ports, and returns 0 if they are equal (UNP 3.8).</summary>
    /// <exception cref="UnpException">EAFNOSUPPORT: the family is not IPv4, IPv6 or Unix.</exception>
    public static int Sock_cmp_addr(in SockAddr first, in SockAddr second) =>
        CanCompareAddress(first) ? sock_cmp_addr(first, second) : throw UnsupportedFamily("sock_cmp_addr", first);

    /// <summary>
    /// Works like <see cref="Sock_cmp_addr"/>, but returns -1 with EAFNOSUPPORT instead of throwing. It also returns -1 if the families
    /// differ.
    /// </summary>
    public static int sock_cmp_addr(in SockAddr first, in SockAddr second)
    {
        if (!CanCompareAddress(first))
            return Unsupported();
        if (first.Family != second.Family)
            return -1;
        return first.Family == AF_UNIX
            ? first.PathBytes.SequenceCompareTo(second.PathBytes)
            : first.AddressBytesReadOnly.SequenceCompareTo(second.AddressBytesReadOnly);
    }

    /// <summary>Compares the ports, and returns 0 if they are equal (UNP 3.8).</summary>
    /// <exception cref="UnpException">EAFNOSUPPORT: the family has no ports.</exception>
    public static int Sock_cmp_port(in SockAddr first, in SockAddr second) =>
        first.HasPort ? sock_cmp_port(first, second) : throw UnsupportedFamily("sock_cmp_port", first);

    /// <summary>
    /// Works like <see cref="Sock_cmp_port"/>, but returns -1 with EAFNOSUPPORT instead of throwing. It also returns -1 if the families
    /// differ.
    /// </summary>
    public static int sock_cmp_port(in SockAddr first, in SockAddr second)
    {
        if (!first.HasPort)
            return Unsupported();
        return first.Family == second.Family ? first.Port.CompareTo(second.Port) : -1;
    }

    /// <summary>Returns the port in network byte order (UNP 3.8). <see cref="SockAddr.Port"/> is in host byte order.</summary>
    /// <exception cref="UnpException">EAFNOSUPPORT: the family has no ports.</exception>
    public static int Sock_get_port(in SockAddr address) =>
        address.HasPort ? sock_get_port(address) : throw UnsupportedFamily("sock_get_port", address);

    /// <summary>Works like <see cref="Sock_get_port"/>, but returns -1 with EAFNOSUPPORT instead of throwing.</summary>
    public static int sock_get_port(in SockAddr address) => address.HasPort ? SockAddr.NetworkOrder((ushort)address.Port) : Unsupported();

    /// <summary>Replaces the address and keeps the port (UNP 3.8).</summary>
    /// <param name="socketAddress">An IPv4 or IPv6 socket address.</param>
    /// <param name="address">4 or 16 bytes in network byte order.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    /// <exception cref="ArgumentException">The size of <paramref name="address"/> does not match the family.</exception>
    public static void Sock_set_addr(ref SockAddr socketAddress, ReadOnlySpan<byte> address)
    {
        if (sock_set_addr(ref socketAddress, address) < 0)
            throw UnsupportedFamily("sock_set_addr", socketAddress);
    }

    /// <summary>Works like <see cref="Sock_set_addr"/>, but returns 0, or -1 with EAFNOSUPPORT instead of throwing.</summary>
    public static int sock_set_addr(ref SockAddr socketAddress, ReadOnlySpan<byte> address)
    {
        if (!socketAddress.HasPort)
            return Unsupported();
        Span<byte> bytes = socketAddress.AddressBytes;
        if (address.Length != bytes.Length)
            throw new ArgumentException(
                $"An address of family {socketAddress.Family} must have {bytes.Length} bytes, not {address.Length}.", nameof(address));
        address.CopyTo(bytes);
        return 0;
    }

    /// <summary>Replaces the port (UNP 3.8).</summary>
    /// <param name="socketAddress">An IPv4 or IPv6 socket address.</param>
    /// <param name="port">The port in network byte order. <see cref="SockAddr.Port"/> takes it in host byte order.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: the family has no ports.</exception>
    public static void Sock_set_port(ref SockAddr socketAddress, int port)
    {
        if (sock_set_port(ref socketAddress, port) < 0)
            throw UnsupportedFamily("sock_set_port", socketAddress);
    }

    /// <summary>Works like <see cref="Sock_set_port"/>, but returns 0, or -1 with EAFNOSUPPORT instead of throwing.</summary>
    public static int sock_set_port(ref SockAddr socketAddress, int port)
    {
        if (!socketAddress.HasPort)
            return Unsupported();
        if (port is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(port), port, "The port must be 0 to 65535.");
        socketAddress.Port = SockAddr.NetworkOrder((ushort)port);
        return 0;
    }

    /// <summary>Replaces the address with the wildcard address and keeps the port (UNP 3.8).</summary>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    public static void Sock_set_wild(ref SockAddr socketAddress)
    {
        if (sock_set_wild(ref socketAddress) < 0)
            throw UnsupportedFamily("sock_set_wild", socketAddress);
    }

    /// <summary>Works like <see cref="Sock_set_wild"/>, but returns 0, or -1 with EAFNOSUPPORT instead of throwing.</summary>
    public static int sock_set_wild(ref SockAddr socketAddress)
    {
        if (!socketAddress.HasPort)
            return Unsupported();
        socketAddress.AddressBytes.Clear();
        return 0;
    }

    /// <summary>Returns the level for a family's IP options: IPPROTO_IP or IPPROTO_IPV6 (UNP 21.7).</summary>
    /// <exception cref="UnpException">EAFNOSUPPORT: neither IPv4 nor IPv6.</exception>
    public static int Family_to_level(int family)
    {
        int level = family_to_level(family);
        return level >= 0 ? level : throw Failed("family_to_level", $"address family {family}");
    }

    /// <summary>Works like <see cref="Family_to_level"/>, but returns -1 with EAFNOSUPPORT instead of throwing.</summary>
    public static int family_to_level(int family) => family == AF_INET ? IPPROTO_IP : family == AF_INET6 ? IPPROTO_IPV6 : Unsupported();

    static bool CanCompareAddress(in SockAddr address) => address.HasPort || address.Family == AF_UNIX;

    static int Unsupported()
    {
        Errno.Last = Errno.EAFNOSUPPORT;
        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static UnpException UnsupportedFamily(string function, in SockAddr address) => new(Errno.EAFNOSUPPORT, function, address.ToString());

    /// <summary>Creates the exception for a call on this address that has just failed.</summary>
    internal static UnpException Failed(string function, in SockAddr address)
    {
        Errno error = Errno.Last;
        return new UnpException(error, function, address.ToString());
    }
}
