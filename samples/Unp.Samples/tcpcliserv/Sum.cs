namespace Unp.Samples.tcpcliserv;

/// <summary>The request of the sum client: two C longs in the machine's byte order, which makes it unportable (figure 5.18).</summary>
struct SumArgs
{
    public long arg1;
    public long arg2;
}

/// <summary>The reply of the sum server (figure 5.18).</summary>
struct SumResult
{
    public long sum;
}

static class Sum
{
    /// <summary>Reads two numbers like <c>sscanf(line, "%ld%ld", &amp;arg1, &amp;arg2)</c> and returns how many were found.</summary>
    public static int Scan(ReadOnlySpan<byte> line, out SumArgs args)
    {
        args = default;
        if (!ScanLong(ref line, out args.arg1))
            return 0;
        return ScanLong(ref line, out args.arg2) ? 2 : 1;
    }

    /// <summary>Parses white space, an optional sign and digits. A number that is too large becomes the largest long.</summary>
    static bool ScanLong(ref ReadOnlySpan<byte> text, out long value)
    {
        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool negative = text is [(byte)'-', ..];
        int digits = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        int end = digits;
        Int128 sum = 0;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
            sum = Int128.Min(sum * 10 + (text[end++] - '0'), (Int128)long.MaxValue + 1);
        value = (long)Int128.Clamp(negative ? -sum : sum, long.MinValue, long.MaxValue);
        text = text[end..];
        return end > digits;
    }
}
