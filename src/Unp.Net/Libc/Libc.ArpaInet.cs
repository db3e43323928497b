using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net;

// <arpa/inet.h>
public static unsafe partial class Libc
{
    /// <summary><c>inet_pton(3)</c>: converts text to an address in network byte order (UNP 3.7).</summary>
    /// <param name="af">AF_INET or AF_INET6.</param>
    /// <param name="src">
    /// NUL-terminated text: exactly four decimal numbers with dots, or the hexadecimal form of IPv6, without scope.
    /// </param>
    /// <param name="dst">Receives 4 or 16 bytes.</param>
    /// <returns>1; 0 if the text is not an address of that family; -1: EAFNOSUPPORT.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_pton.3.html">inet_pton(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int inet_pton(int af, byte* src, void* dst);

    /// <summary>
    /// <c>inet_pton(3)</c>: converts text to an address in network byte order (UNP 3.7). Text that contains a NUL is not an address.
    /// </summary>
    /// <param name="af">AF_INET or AF_INET6.</param>
    /// <param name="src">Exactly four decimal numbers with dots, or the hexadecimal form of IPv6, without scope.</param>
    /// <param name="dst">Receives 4 or 16 bytes.</param>
    /// <returns>1; 0 if the text is not an address of that family; -1: EAFNOSUPPORT.</returns>
    /// <exception cref="ArgumentException"><paramref name="dst"/> is too small.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_pton.3.html">inet_pton(3)</seealso>
    public static int inet_pton(int af, ReadOnlySpan<char> src, Span<byte> dst)
    {
        InetText.CheckSize(af, dst);
        return InetText.Parse(af, src, dst);
    }

    /// <summary><c>inet_ntop(3)</c>: converts an address in network byte order to text (UNP 3.7).</summary>
    /// <param name="af">AF_INET or AF_INET6.</param>
    /// <param name="src">4 or 16 bytes.</param>
    /// <param name="dst">Receives the text with its NUL.</param>
    /// <param name="size">The size of <paramref name="dst"/>: INET_ADDRSTRLEN or INET6_ADDRSTRLEN bytes are enough.</param>
    /// <returns><paramref name="dst"/>, or null: EAFNOSUPPORT, ENOSPC.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_ntop.3.html">inet_ntop(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial byte* inet_ntop(int af, void* src, byte* dst, uint size);

    /// <summary><c>inet_ntop(3)</c>: converts an address in network byte order to text (UNP 3.7).</summary>
    /// <param name="af">AF_INET or AF_INET6.</param>
    /// <param name="src">4 or 16 bytes.</param>
    /// <param name="dst">Receives the text: INET_ADDRSTRLEN or INET6_ADDRSTRLEN bytes are enough.</param>
    /// <returns>The text without its NUL, a part of <paramref name="dst"/>; empty on failure: EAFNOSUPPORT, ENOSPC.</returns>
    /// <exception cref="ArgumentException"><paramref name="src"/> is too short.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/inet_ntop.3.html">inet_ntop(3)</seealso>
    public static ReadOnlySpan<byte> inet_ntop(int af, ReadOnlySpan<byte> src, Span<byte> dst)
    {
        InetText.CheckSize(af, src);
        return InetText.Format(af, src, dst);
    }

    /// <summary><c>htons(3)</c>: converts a 16-bit number from host to network byte order (UNP 3.4).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/htons.3.html">htons(3)</seealso>
    public static ushort htons(ushort hostshort) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(hostshort) : hostshort;

    /// <summary><c>ntohs(3)</c>: converts a 16-bit number from network to host byte order (UNP 3.4).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/ntohs.3.html">ntohs(3)</seealso>
    public static ushort ntohs(ushort netshort) => htons(netshort);

    /// <summary><c>htonl(3)</c>: converts a 32-bit number from host to network byte order (UNP 3.4).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/htonl.3.html">htonl(3)</seealso>
    public static uint htonl(uint hostlong) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(hostlong) : hostlong;

    /// <summary><c>ntohl(3)</c>: converts a 32-bit number from network to host byte order (UNP 3.4).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/ntohl.3.html">ntohl(3)</seealso>
    public static uint ntohl(uint netlong) => htonl(netlong);
}
