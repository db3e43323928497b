using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Converts an IP address from text to bytes (UNP 3.7, <c>inet_pton(3)</c>).</summary>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="text">Four decimal numbers with dots, or the hexadecimal form of IPv6 without a scope.</param>
    /// <param name="address">Room for the 4 or 16 bytes of the address, in network byte order.</param>
    /// <exception cref="FormatException">
    /// The text is not an address of that family. The message is the book's: <c>inet_pton error for 1.2.3</c>.
    /// </exception>
    /// <exception cref="UnpException">EAFNOSUPPORT.</exception>
    /// <exception cref="ArgumentException"><paramref name="address"/> is too small.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_pton.3.html">inet_pton(3)</seealso>
    public static void Inet_pton(int family, string text, Span<byte> address)
    {
        ArgumentNullException.ThrowIfNull(text);
        InetText.CheckSize(family, address);
        int n = InetText.Parse(family, text, address);
        if (n < 0)
            throw Failed("inet_pton", $"address family {family}");
        if (n == 0)
            throw new FormatException($"inet_pton error for {text}");
    }

    /// <summary>Converts an IP address from bytes to text (UNP 3.7, <c>inet_ntop(3)</c>).</summary>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="address">4 or 16 bytes in network byte order.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT.</exception>
    /// <exception cref="ArgumentException"><paramref name="address"/> is too short.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_ntop.3.html">inet_ntop(3)</seealso>
    public static string Inet_ntop(int family, ReadOnlySpan<byte> address)
    {
        InetText.CheckSize(family, address);
        ReadOnlySpan<byte> text = InetText.Format(family, address, stackalloc byte[INET6_ADDRSTRLEN]);
        return text.IsEmpty ? throw Failed("inet_ntop", $"address family {family}") : Encoding.ASCII.GetString(text);
    }
}
