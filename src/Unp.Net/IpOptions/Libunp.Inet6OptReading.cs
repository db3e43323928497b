using static Unp.Net.Libc;

namespace Unp.Net;

// The functions of RFC 3542 that read the hop-by-hop and destination options of IPv6 (UNP 27.5). None reads outside the header.
public static partial class Libunp
{
    // Results of ReadOption in place of an offset.
    const int EndOfOptions = -1, IncompleteOption = -2;

    /// <summary>Reads the next option of a header, without the padding before it (UNP 27.5, RFC 3542).</summary>
    /// <param name="extbuf">
    /// A received header: the data of a control message IPV6_HOPOPTS or IPV6_DSTOPTS. The socket needs
    /// <see cref="SocketOptions.Ipv6RecvHopOpts"/> or <see cref="SocketOptions.Ipv6RecvDstOpts"/>.
    /// </param>
    /// <param name="offset">0 for the first option, and then the result of the call before.</param>
    /// <param name="type">The type of the option.</param>
    /// <param name="databuf">The data of the option, which C returns as a pointer and a length.</param>
    /// <returns>The offset behind the option, or -1 if no option follows.</returns>
    /// <exception cref="UnpException">EINVAL: the offset is 1 or negative, or the header ends inside an option.</exception>
    /// <example><code>
    /// ReceivedMessage received = Recvmsg(udp, buffer, control: new byte[4096]);
    /// foreach (ControlMessage message in received.Control)
    /// {
    ///     if (message.Level != IPPROTO_IPV6 || message.Type != IPV6_HOPOPTS)
    ///         continue;
    ///     for (int offset = 0; (offset = Inet6_opt_next(message.Data, offset, out byte type, out ReadOnlySpan&lt;byte&gt; data)) >= 0;)
    ///         Console.WriteLine($"option {type}: {data.Length} bytes");
    /// }
    /// </code></example>
    public static int Inet6_opt_next(ReadOnlySpan<byte> extbuf, int offset, out byte type, out ReadOnlySpan<byte> databuf)
    {
        int end = NextOption(extbuf, offset, out type, out databuf);
        return end >= EndOfOptions ? end : throw IncompleteHeader("inet6_opt_next", extbuf, offset);
    }

    /// <summary>
    /// Works like <see cref="Inet6_opt_next"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing. ENOENT is the end.
    /// </summary>
    public static int inet6_opt_next(ReadOnlySpan<byte> extbuf, int offset, out byte type, out ReadOnlySpan<byte> databuf) =>
        WithErrno(NextOption(extbuf, offset, out type, out databuf));

    /// <summary>Finds the next option of a type in a header (UNP 27.5, RFC 3542). Padding is also found.</summary>
    /// <param name="extbuf"><inheritdoc cref="Inet6_opt_next" path="/param[@name='extbuf']"/></param>
    /// <param name="offset">0 for the first option, and then the result of the call before.</param>
    /// <param name="type">The type of the option.</param>
    /// <param name="databuf">The data of the option.</param>
    /// <returns>The offset behind the option, or -1 if no option of the type follows.</returns>
    /// <exception cref="UnpException">EINVAL: the offset is 1 or negative, or the header ends inside an option.</exception>
    public static int Inet6_opt_find(ReadOnlySpan<byte> extbuf, int offset, byte type, out ReadOnlySpan<byte> databuf)
    {
        int end = FindOption(extbuf, offset, type, out databuf);
        return end >= EndOfOptions ? end : throw IncompleteHeader("inet6_opt_find", extbuf, offset);
    }

    /// <summary>
    /// Works like <see cref="Inet6_opt_find"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing. ENOENT is the end.
    /// </summary>
    public static int inet6_opt_find(ReadOnlySpan<byte> extbuf, int offset, byte type, out ReadOnlySpan<byte> databuf) =>
        WithErrno(FindOption(extbuf, offset, type, out databuf));

    /// <summary>Copies a value out of the data of an option (UNP 27.5, RFC 3542).</summary>
    /// <param name="databuf">The data of the option, from <see cref="Inet6_opt_next"/> or <see cref="Inet6_opt_find"/>.</param>
    /// <param name="offset">The place of the value in the data.</param>
    /// <param name="val">Room for the value, which is in network byte order.</param>
    /// <returns>The offset behind the value.</returns>
    /// <exception cref="UnpException">EINVAL: the data has not that many bytes. C copies beyond the data.</exception>
    public static int Inet6_opt_get_val(ReadOnlySpan<byte> databuf, int offset, Span<byte> val)
    {
        int end = inet6_opt_get_val(databuf, offset, val);
        return end >= 0 ? end : throw Failed("inet6_opt_get_val", $"{val.Length} bytes at offset {offset} of {databuf.Length}");
    }

    /// <summary>Works like <see cref="Inet6_opt_get_val"/>, but returns -1 with <see cref="Errno.Last"/> instead of throwing.</summary>
    public static int inet6_opt_get_val(ReadOnlySpan<byte> databuf, int offset, Span<byte> val)
    {
        if (offset < 0 || offset > databuf.Length || val.Length > databuf.Length - offset)
            return InvalidArgument();
        databuf.Slice(offset, val.Length).CopyTo(val);
        return offset + val.Length;
    }

    static int NextOption(ReadOnlySpan<byte> extbuf, int offset, out byte type, out ReadOnlySpan<byte> databuf)
    {
        do
        {
            offset = ReadOption(extbuf, offset, out type, out databuf);
        }
        while (offset >= 0 && type is IP6OPT_PAD1 or IP6OPT_PADN);
        return offset;
    }

    static int FindOption(ReadOnlySpan<byte> extbuf, int offset, byte type, out ReadOnlySpan<byte> databuf)
    {
        byte found;
        do
        {
            offset = ReadOption(extbuf, offset, out found, out databuf);
        }
        while (offset >= 0 && found != type);
        return offset;
    }

    /// <summary>Reads one option, which may be padding.</summary>
    /// <returns>The offset behind it, <see cref="EndOfOptions"/> or <see cref="IncompleteOption"/>.</returns>
    static int ReadOption(ReadOnlySpan<byte> extbuf, int offset, out byte type, out ReadOnlySpan<byte> databuf)
    {
        type = 0;
        databuf = default;
        if (offset == 0)
            offset = OptionsOffset;
        if (offset < OptionsOffset)
            return IncompleteOption;
        if (offset >= extbuf.Length)
            return EndOfOptions;
        if (extbuf[offset] == IP6OPT_PAD1)
            return offset + 1;
        int data = offset + OptionHeader;
        if (data > extbuf.Length || extbuf[data - 1] > extbuf.Length - data)
            return IncompleteOption;
        type = extbuf[offset];
        databuf = extbuf.Slice(data, extbuf[data - 1]);
        return data + databuf.Length;
    }

    static int WithErrno(int offset)
    {
        if (offset >= 0)
            return offset;
        Errno.Last = offset == EndOfOptions ? Errno.ENOENT : Errno.EINVAL;
        return -1;
    }

    static UnpException IncompleteHeader(string function, ReadOnlySpan<byte> extbuf, int offset) =>
        new(Errno.EINVAL, function, $"incomplete option after offset {offset} of {extbuf.Length}");
}
