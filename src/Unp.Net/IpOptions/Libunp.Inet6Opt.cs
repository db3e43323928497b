using System.Numerics;
using static Unp.Net.Libc;

namespace Unp.Net;

// The functions of RFC 3542 that build the hop-by-hop and destination options of IPv6 (UNP 27.5). They are managed code, because musl does
// not have them. The pointer and the size of C are a span here, and an empty span is C's null pointer.
public static partial class Libunp
{
    // The length byte of a header counts units of 8 bytes, without the first one.
    const int HeaderUnit = 8, MaxExtensionHeader = HeaderUnit * 256;

    // The next header and the length stand before the options. An option begins with its type and its length.
    const int OptionsOffset = 2, OptionHeader = 2;

    /// <summary>Starts a header of hop-by-hop or destination options, without options (UNP 27.5, RFC 3542).</summary>
    /// <remarks>
    /// A program builds the header twice. The first time, without a buffer, gives the size of the buffer. The finished header is the value
    /// of <see cref="SocketOptions.Ipv6HopOpts"/> or <see cref="SocketOptions.Ipv6DstOpts"/>, or the data of a control message IPV6_HOPOPTS
    /// or IPV6_DSTOPTS.
    /// </remarks>
    /// <param name="extbuf">
    /// The buffer, with exactly the bytes of the finished header: a multiple of 8, at most 2048. An empty one only computes the size.
    /// </param>
    /// <returns>The offset of the first option, 2.</returns>
    /// <exception cref="UnpException">EINVAL: the buffer is not a multiple of 8 bytes, or larger than 2048 bytes.</exception>
    /// <example><code>
    /// int offset = Inet6_opt_init(default);
    /// offset = Inet6_opt_append(default, offset, 0x3e, 4, 4, out _);
    /// byte[] header = new byte[Inet6_opt_finish(default, offset)];
    /// offset = Inet6_opt_init(header);
    /// offset = Inet6_opt_append(header, offset, 0x3e, 4, 4, out Span&lt;byte&gt; databuf);
    /// Inet6_opt_set_val(databuf, 0, [1, 2, 3, 4]);
    /// Inet6_opt_finish(header, offset);
    /// Setsockopt(fd, SocketOptions.Ipv6DstOpts, header);
    /// </code></example>
    public static int Inet6_opt_init(Span<byte> extbuf)
    {
        int offset = inet6_opt_init(extbuf);
        return offset >= 0 ? offset : throw Failed("inet6_opt_init", $"a buffer of {extbuf.Length} bytes");
    }

    /// <summary>Works like <see cref="Inet6_opt_init"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_opt_init(Span<byte> extbuf)
    {
        if (extbuf.IsEmpty)
            return OptionsOffset;
        if (extbuf.Length % HeaderUnit != 0 || extbuf.Length > MaxExtensionHeader)
            return InvalidArgument();
        extbuf[0] = 0; // the kernel writes the next header
        extbuf[1] = (byte)((extbuf.Length / HeaderUnit) - 1);
        return OptionsOffset;
    }

    /// <summary>Appends an option, with the padding that aligns its data (UNP 27.5, RFC 3542).</summary>
    /// <param name="extbuf">The buffer of <see cref="Inet6_opt_init"/>.</param>
    /// <param name="offset">The result of the function called before, <see cref="Inet6_opt_init"/> or this one.</param>
    /// <param name="type">The type of the option, 2 to 255. Its upper two bits say what a host does that does not know it.</param>
    /// <param name="len">The bytes of its data, 0 to 255.</param>
    /// <param name="align">The alignment of its data: 1, 2, 4 or 8, and not more than <paramref name="len"/>.</param>
    /// <param name="databuf">The place of the data, empty without a buffer.</param>
    /// <returns>The offset behind the option.</returns>
    /// <exception cref="UnpException">EINVAL: an argument is not in its range, or the option does not fit into the buffer.</exception>
    public static int Inet6_opt_append(Span<byte> extbuf, int offset, byte type, int len, int align, out Span<byte> databuf)
    {
        int end = inet6_opt_append(extbuf, offset, type, len, align, out databuf);
        return end >= 0 ? end : throw Failed(
            "inet6_opt_append", $"type {type}, {len} bytes aligned to {align}, at offset {offset} of {extbuf.Length}");
    }

    /// <summary>Works like <see cref="Inet6_opt_append"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_opt_append(Span<byte> extbuf, int offset, byte type, int len, int align, out Span<byte> databuf)
    {
        databuf = default;
        int limit = Limit(extbuf);
        if (offset < OptionsOffset || offset > limit || type is IP6OPT_PAD1 or IP6OPT_PADN || len is < 0 or > byte.MaxValue
            || align is < 1 or > 8 || !BitOperations.IsPow2(align) || align > len)
        {
            return InvalidArgument();
        }
        int data = RoundUp(offset + OptionHeader, align);
        if (data + len > limit)
            return InvalidArgument();
        if (!extbuf.IsEmpty)
        {
            Pad(extbuf[offset..(data - OptionHeader)]);
            extbuf[data - OptionHeader] = type;
            extbuf[data - 1] = (byte)len;
            databuf = extbuf.Slice(data, len);
        }
        return data + len;
    }

    /// <summary>Ends a header with the padding that makes it a multiple of 8 bytes (UNP 27.5, RFC 3542).</summary>
    /// <param name="extbuf">The buffer of <see cref="Inet6_opt_init"/>.</param>
    /// <param name="offset">The result of the last <see cref="Inet6_opt_append"/>.</param>
    /// <returns>The length of the header.</returns>
    /// <exception cref="UnpException">EINVAL: the offset is less than 2, or the buffer is too small.</exception>
    public static int Inet6_opt_finish(Span<byte> extbuf, int offset)
    {
        int length = inet6_opt_finish(extbuf, offset);
        return length >= 0 ? length : throw Failed("inet6_opt_finish", $"offset {offset} of {extbuf.Length}");
    }

    /// <summary>Works like <see cref="Inet6_opt_finish"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_opt_finish(Span<byte> extbuf, int offset)
    {
        int limit = Limit(extbuf);
        if (offset < OptionsOffset || offset > limit || RoundUp(offset, HeaderUnit) > limit)
            return InvalidArgument();
        int length = RoundUp(offset, HeaderUnit);
        if (!extbuf.IsEmpty)
            Pad(extbuf[offset..length]);
        return length;
    }

    /// <summary>Copies a value into the data of an option (UNP 27.5, RFC 3542).</summary>
    /// <param name="databuf">The data of the option, from <see cref="Inet6_opt_append"/>.</param>
    /// <param name="offset">The place of the value in the data.</param>
    /// <param name="val">The value, in network byte order.</param>
    /// <returns>The offset behind the value.</returns>
    /// <exception cref="UnpException">EINVAL: the value does not fit. C copies beyond the data.</exception>
    public static int Inet6_opt_set_val(Span<byte> databuf, int offset, ReadOnlySpan<byte> val)
    {
        int end = inet6_opt_set_val(databuf, offset, val);
        return end >= 0 ? end : throw Failed("inet6_opt_set_val", $"{val.Length} bytes at offset {offset} of {databuf.Length}");
    }

    /// <summary>Works like <see cref="Inet6_opt_set_val"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_opt_set_val(Span<byte> databuf, int offset, ReadOnlySpan<byte> val)
    {
        if (offset < 0 || offset > databuf.Length || val.Length > databuf.Length - offset)
            return InvalidArgument();
        val.CopyTo(databuf[offset..]);
        return offset + val.Length;
    }

    // A header without a buffer may become as large as its length byte can express.
    static int Limit(ReadOnlySpan<byte> extbuf) => extbuf.IsEmpty ? MaxExtensionHeader : extbuf.Length;

    static int RoundUp(int offset, int align) => (offset + align - 1) & -align;

    static void Pad(Span<byte> padding)
    {
        padding.Clear(); // one byte is IP6OPT_PAD1
        if (padding.Length < OptionHeader)
            return;
        padding[0] = IP6OPT_PADN;
        padding[1] = (byte)(padding.Length - OptionHeader);
    }
}
