namespace Unp.Net.Packets;

/// <summary>The options of a pcapng block, for <c>foreach</c>. The enumeration allocates nothing.</summary>
/// <remarks>The enumeration ends at the end mark, and before an option that is longer than its block.</remarks>
/// <example><code>
/// using var reader = new CaptureFileReader(path);
/// while (reader.TryRead(out CaptureRecord record))
/// {
///     foreach (BlockOption option in record.Options)
///         Console.WriteLine($"option {option.Code}: {option.Value.Length} bytes");
/// }
/// </code></example>
public ref struct BlockOptions
{
    const int HeaderLength = 4;

    readonly ReadOnlySpan<byte> bytes;
    readonly FileByteOrder order;
    ReadOnlySpan<byte> rest;

    internal BlockOptions(ReadOnlySpan<byte> bytes, FileByteOrder order)
    {
        this.bytes = rest = bytes;
        this.order = order;
    }

    /// <summary>Gets the current option.</summary>
    public BlockOption Current { get; private set; }

    /// <summary>Returns this enumerator.</summary>
    public readonly BlockOptions GetEnumerator() => this;

    /// <summary>Moves to the next option.</summary>
    /// <returns>Whether a complete option follows.</returns>
    public bool MoveNext()
    {
        Current = default;
        if (rest.Length < HeaderLength)
            return false;
        ushort code = order.UInt16(rest);
        int length = order.UInt16(rest[2..]);
        if (code == PcapNg.EndOfOptions || length > rest.Length - HeaderLength)
            return false;
        Current = new BlockOption(code, rest.Slice(HeaderLength, length), order);
        rest = rest[Math.Min(HeaderLength + PcapNg.Padded(length), rest.Length)..];
        return true;
    }

    /// <summary>Finds the first option with a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="option">The option; empty if there is none.</param>
    /// <returns>Whether the option was found.</returns>
    public readonly bool TryGet(int code, out BlockOption option)
    {
        foreach (BlockOption one in new BlockOptions(bytes, order))
        {
            if (one.Code == code)
            {
                option = one;
                return true;
            }
        }
        option = default;
        return false;
    }

    /// <summary>Returns the number of bytes.</summary>
    public override readonly string ToString() => $"{bytes.Length} bytes of options";

    internal readonly string? Text(int code) => TryGet(code, out BlockOption option) ? option.Text : null;

    internal readonly ulong? Number(int code) =>
        TryGet(code, out BlockOption option) && option.TryGetNumber(out ulong number) ? number : null;
}
