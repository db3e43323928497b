using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The text of IP addresses and of their scopes, from the C library.</summary>
/// <remarks>It has imports of its own, because <see cref="Libc"/> is built on <see cref="SockAddr"/>.</remarks>
static unsafe partial class InetText
{
    /// <summary>Converts text to an address, as <see cref="Libc.inet_pton(int, ReadOnlySpan{char}, Span{byte})"/> specifies.</summary>
    internal static int Parse(int family, ReadOnlySpan<char> text, Span<byte> address)
    {
        // A longer text is not an address. A non-ASCII character becomes '?', which no address contains.
        Span<byte> bytes = stackalloc byte[INET6_ADDRSTRLEN];
        if (text.Length < bytes.Length && !text.Contains('\0'))
            Encoding.ASCII.GetBytes(text, bytes);
        fixed (byte* s = bytes)
        fixed (byte* d = address)
            return inet_pton(family, s, d);
    }

    /// <summary>Converts an address to text, as <see cref="Libc.inet_ntop(int, ReadOnlySpan{byte}, Span{byte})"/> specifies.</summary>
    internal static ReadOnlySpan<byte> Format(int family, ReadOnlySpan<byte> address, Span<byte> text)
    {
        fixed (byte* s = address)
        fixed (byte* d = text)
            return inet_ntop(family, s, d, (uint)text.Length) == null ? default : text[..text.IndexOf((byte)0)];
    }

    /// <summary>
    /// Throws if the buffer is smaller than an address of the family. For a family without text form, any size is accepted.
    /// </summary>
    internal static void CheckSize(
        int family, ReadOnlySpan<byte> address, [CallerArgumentExpression(nameof(address))] string name = "")
    {
        int size = family == AF_INET ? 4 : family == AF_INET6 ? 16 : 0;
        if (address.Length < size)
            throw new ArgumentException($"An address of family {family} has {size} bytes, not {address.Length}.", name);
    }

    /// <summary>Returns the index of a network interface, or 0 if there is none of this name (<c>if_nametoindex(3)</c>).</summary>
    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int inet_pton(int af, byte* src, void* dst);

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* inet_ntop(int af, void* src, byte* dst, uint size);
}
