using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Conversions from and to text.
public partial struct SockAddr : ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<SockAddr>
{
    // The longest text is "unix:" and 108 bytes as "\xff". The text of an unknown family is shorter: "AF_65535 (128 bytes): 0x" and 256
    // digits.
    const int MaxTextLength = 512;

    /// <summary>Converts a text to an address. It accepts every text that <see cref="ToString()"/> returns, and some more.</summary>
    /// <remarks>
    /// Also accepted are an internet address without a port (which is then 0), a scope by name (<c>"[fe80::1%eth0]:80"</c>), and any Unix
    /// path with the prefix <c>unix:</c> (<c>"unix:/tmp/socket"</c>). Host names are not looked up; use <see cref="Libunp.Host_serv"/> for
    /// them.
    /// </remarks>
    /// <exception cref="FormatException">The text is not an address. <c>"1.2.3"</c> is not an IPv4 address here.</exception>
    /// <exception cref="ArgumentException">The text is a Unix path or name that is too long, or a path that contains a NUL.</exception>
    public static SockAddr Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TryParse(text, out SockAddr address))
            return address;
        return text is ['@', ..] ? UnixName(NativeText.GetBytes(text[1..]), nameof(text))
            : text.Contains('/', StringComparison.Ordinal) && !text.StartsWith(UnixPrefix, StringComparison.Ordinal)
                ? UnixPath(NativeText.GetBytes(text), nameof(text))
            : throw new FormatException($"Not a socket address: \"{text}\"");
    }

    /// <summary>Creates an IPv4 or IPv6 address from its text and a port, without looking up names.</summary>
    /// <param name="address">Four decimal numbers with dots, or an IPv6 address with or without a scope: <c>"fe80::1%eth0"</c>.</param>
    /// <param name="port">0 to 65535.</param>
    /// <exception cref="FormatException">
    /// <paramref name="address"/> is not an IP address. The message is the book's: <c>inet_pton error for 1.2.3</c>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    public static SockAddr Inet(string address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        ushort checkedPort = CheckPort(port);
        return TryParseHost(address, out SockAddr result)
            ? result.WithPort(checkedPort)
            : throw new FormatException($"inet_pton error for {address}");
    }

    /// <summary>Works like <see cref="Parse(string)"/>, but returns false instead of throwing.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SockAddr address)
    {
        if (TryRead(text, out address))
            return true;
        address = default;
        return false;
    }

    /// <summary>Returns the address as text. <see cref="Parse(string)"/> converts the text to an equal address.</summary>
    /// <remarks>
    /// <para>The common forms are <c>"192.0.2.1:80"</c>, <c>"[fe80::1%2]:80"</c>, the address alone if the port is 0, a Unix path,
    /// <c>"@name"</c> for an abstract name, and <c>"(no pathname bound)"</c>. For the book's text use
    /// <see cref="Libunp.Sock_ntop"/>.</para>
    /// <para><c>"unix:name"</c> is a path without a slash, or a path that would otherwise be read as another kind of address. In it,
    /// <c>\x</c> and two digits are a byte that is not UTF-8, and <c>\\</c> is a backslash.</para>
    /// <para><c>"vsock:2:4711"</c> is a context identifier and a port, and <c>"vsock::4711"</c> is a port of any context, as in
    /// systemd.socket(5).</para>
    /// <para><c>"netlink:4711 groups 0x1"</c> is a port id and groups. <c>"packet:2 protocol 0x0800 hatype 1 pkttype 4 address
    /// 02:00:5e:10:00:01"</c> is an interface's index and the other fields of a <c>sockaddr_ll</c>. Zero fields are omitted.</para>
    /// <para><c>"2001:db8::1 flowinfo 0x7"</c> is an IPv6 address with <c>sin6_flowinfo</c>. An address of another family is written with
    /// its bytes in hexadecimal: <c>"AF_CAN (16 bytes): 0x1d00..."</c>. <c>default</c> is <c>"(no address)"</c>.</para>
    /// </remarks>
    public override readonly string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.UTF8.GetString(text[..Format(text)]);
    }

    /// <summary>Returns the text of the book's <c>sock_ntop</c> (figure 3.14), or of <c>sock_ntop_host</c>, which omits the port.</summary>
    internal readonly string Ntop(bool withPort)
    {
        Errno error = Errno.Last;
        Span<byte> text = stackalloc byte[MaxTextLength];
        int size;
        if (HasPort)
            size = FormatInet(text, withPort && Port != 0);
        else if (IsAbstract)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"@{PathBytes[1..]}", out size);
        else if (Family == AF_UNIX)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{(PathBytes.IsEmpty ? Nameless : PathBytes)}", out size);
        else
        {
            string function = withPort ? "sock_ntop" : "sock_ntop_host";
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{function}: unknown AF_xxx: {Family}, len {length}", out size);
        }
        Errno.Last = error;
        return Encoding.UTF8.GetString(text[..size]);
    }

    /// <summary>Writes the text of <see cref="ToString()"/> without allocating.</summary>
    public readonly bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.UTF8.TryGetChars(text[..Format(text)], destination, out charsWritten);
    }

    /// <summary>Writes the text of <see cref="ToString()"/> as UTF-8, without allocating.</summary>
    public readonly bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        int size = Format(text);
        bytesWritten = text[..size].TryCopyTo(utf8Destination) ? size : 0;
        return bytesWritten == size;
    }

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    static SockAddr IParsable<SockAddr>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static SockAddr ISpanParsable<SockAddr>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool IParsable<SockAddr>.TryParse(string? s, IFormatProvider? provider, out SockAddr result) => TryParse(s, out result);

    static bool ISpanParsable<SockAddr>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out SockAddr result) =>
        TryParse(s, out result);

    static bool TryRead(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        if (text is ['@', .. var name])
            return Target.IsLinux && NativeText.GetByteCount(name) <= MaxPathLength && Assign(UnixAbstract(name.ToString()), out address);
        if (text.StartsWith(UnixPrefix))
            return TryReadUnix(text[UnixPrefix.Length..], out address);
        if (text.Contains('\0'))
            return false; // .NET ignores NULs after a number, and C ignores the text after a NUL
        if (text.Contains('/'))
            return NativeText.GetByteCount(text) <= MaxPathLength && Assign(Unix(text.ToString()), out address);
        if (text.StartsWith(VsockPrefix))
            return TryReadVsock(text[VsockPrefix.Length..], out address);
        if (text.StartsWith(NetlinkPrefix))
            return TryReadNetlink(text[NetlinkPrefix.Length..], out address);
        if (text.StartsWith(PacketPrefix))
            return TryReadPacket(text[PacketPrefix.Length..], out address);
        return TryReadInet(text, out address) || TryReadRare(text, out address);
    }

    static bool TryReadInet(ReadOnlySpan<char> text, out SockAddr address)
    {
        if (TryParseHost(text, out address))
            return true;
        int colon = text.LastIndexOf(':');
        if (text is ['[', .., ']'])
            return TryParseIn6(text[1..^1], out address);
        if (colon < 0 || !TryParsePort(text[(colon + 1)..], out ushort port))
            return false;
        ReadOnlySpan<char> host = text[..colon];
        if (!(host is ['[', .., ']'] ? TryParseIn6(host[1..^1], out address) : TryParseIn(host, out address)))
            return false;
        address.Port = port;
        return true;
    }

    static bool TryParseHost(ReadOnlySpan<char> text, out SockAddr address) =>
        TryParseIn(text, out address) || TryParseIn6(text, out address);

    static bool TryParseIn(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = Any(AF_INET);
        return InetText.Parse(AF_INET, text, address.AddressBytes) == 1;
    }

    static bool TryParseIn6(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = Any(AF_INET6);
        int percent = text.IndexOf('%');
        if (InetText.Parse(AF_INET6, percent < 0 ? text : text[..percent], address.AddressBytes) != 1)
            return false;
        if (percent < 0)
            return true;
        ReadOnlySpan<char> scope = text[(percent + 1)..];
        if (scope.Contains('\0'))
            return false;
        if (!uint.TryParse(scope, NumberStyles.None, CultureInfo.InvariantCulture, out uint index))
            index = InetText.InterfaceIndex(scope.ToString());
        address.ScopeId = index;
        return index != 0;
    }

    static bool TryParsePort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    static bool Assign(in SockAddr value, out SockAddr address)
    {
        address = value;
        return true;
    }

    readonly SockAddr WithPort(ushort port)
    {
        SockAddr address = this;
        address.Port = port;
        return address;
    }

    /// <summary>Writes the text as UTF-8 and returns its size.</summary>
    readonly int Format(Span<byte> text)
    {
        // An address is often formatted for an error message about the last errno, so C's functions and .NET's first use of a culture must
        // not change it.
        Errno error = Errno.Last;
        int size = HasPort ? FormatInet(text, Port != 0)
            : Family == AF_UNIX ? FormatUnix(text)
            : IsPlainVm ? FormatVm(text)
            : IsPlainNl ? FormatNl(text)
            : IsPlainPacket ? FormatPacket(text)
            : FormatBytes(text);
        if (FlowInfo != 0)
            size += FormatFlowInfo(text[size..]);
        Errno.Last = error;
        return size;
    }

    readonly int FormatInet(Span<byte> text, bool withPort)
    {
        ReadOnlySpan<byte> host = InetText.Format(Family, AddressBytesReadOnly, stackalloc byte[INET6_ADDRSTRLEN]);
        Span<byte> scope = stackalloc byte[1 + 10];
        Utf8.TryWrite(scope, CultureInfo.InvariantCulture, $"%{ScopeId}", out int scopeSize);
        scope = scope[..(ScopeId == 0 ? 0 : scopeSize)];

        int size;
        if (!withPort)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{host}{scope}", out size);
        else if (Family == AF_INET)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{host}:{Port}", out size);
        else
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"[{host}{scope}]:{Port}", out size);
        return size;
    }
}
