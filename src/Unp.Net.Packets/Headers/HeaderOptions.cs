using System.Buffers.Binary;

namespace Unp.Net.Packets;

/// <summary>The options of a header, or SCTP parameters, for <c>foreach</c>. The enumeration allocates nothing.</summary>
/// <remarks>
/// Padding is left out, and the enumeration ends at the end mark. It also ends before the first option whose length is wrong.
/// <see cref="IsWellFormed"/> reports whether there is no such option.
/// </remarks>
/// <example><code>
/// if (TcpSegment.TryRead(buffer, out TcpSegment segment))
/// {
///     foreach (HeaderOption option in segment.Options)
///         Console.WriteLine($"{(TcpOptionKind)option.Type}: {option.Data.Length} bytes");
/// }
/// </code></example>
public ref struct HeaderOptions
{
    readonly OptionFormat format;
    ReadOnlySpan<byte> rest;
    HeaderOption current;

    internal HeaderOptions(ReadOnlySpan<byte> bytes, OptionFormat format)
    {
        Bytes = rest = bytes;
        this.format = format;
    }

    /// <summary>Gets all bytes of the options with their padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the current option.</summary>
    public readonly HeaderOption Current => current;

    /// <summary>Gets whether all bytes are complete options or padding. Their data is not examined.</summary>
    public readonly bool IsWellFormed
    {
        get
        {
            var all = new HeaderOptions(Bytes, format);
            while (all.MoveNext())
            {
            }
            return all.rest.IsEmpty;
        }
    }

    /// <summary>Returns this enumerator.</summary>
    public readonly HeaderOptions GetEnumerator() => this;

    /// <summary>Moves to the next option.</summary>
    /// <returns>Whether a complete option follows.</returns>
    public bool MoveNext()
    {
        current = default;
        SkipPadding();
        int length = LengthOfNext(out int type, out int dataOffset);
        if (length < dataOffset || length > rest.Length || dataOffset == 0)
            return false;
        current = new HeaderOption(type, rest[..length], dataOffset);
        rest = rest[Math.Min(format == OptionFormat.Sctp ? (length + 3) & ~3 : length, rest.Length)..];
        return true;
    }

    /// <summary>Finds the first option of a type.</summary>
    /// <param name="type">The type, for example a <see cref="TcpOptionKind"/>.</param>
    /// <param name="option">The option; empty if there is none.</param>
    /// <returns>Whether the option was found.</returns>
    public readonly bool TryGet(int type, out HeaderOption option)
    {
        var all = new HeaderOptions(Bytes, format);
        while (all.MoveNext())
        {
            option = all.current;
            if (option.Type == type)
                return true;
        }
        option = default;
        return false;
    }

    /// <summary>Returns the number of bytes.</summary>
    public override readonly string ToString() => $"{Bytes.Length} bytes of options";

    void SkipPadding()
    {
        if (format == OptionFormat.Ipv4AndTcp)
        {
            rest = rest.TrimStart((byte)1);
            if (rest.StartsWith((byte)0))
                rest = default;
        }
        else if (format == OptionFormat.Ipv6)
        {
            while (rest.StartsWith((byte)0) || (rest is [1, var length, ..] && 2 + length <= rest.Length))
                rest = rest[(rest[0] == 0 ? 1 : 2 + rest[1])..];
        }
    }

    /// <summary>Returns the length of the next option, and 0 for <paramref name="dataOffset"/> if its type or length is missing.</summary>
    readonly int LengthOfNext(out int type, out int dataOffset)
    {
        dataOffset = format == OptionFormat.Sctp ? 4 : 2;
        if (rest.Length < dataOffset)
        {
            type = dataOffset = 0;
            return 0;
        }
        type = format == OptionFormat.Sctp ? BinaryPrimitives.ReadUInt16BigEndian(rest) : rest[0];
        return format switch
        {
            OptionFormat.Ipv6 => 2 + rest[1],
            OptionFormat.NeighborDiscovery => rest[1] * 8,
            OptionFormat.Sctp => BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            _ => rest[1],
        };
    }
}
