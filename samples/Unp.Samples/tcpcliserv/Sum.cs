namespace Unp.Samples.tcpcliserv;

/// <summary>What the sum client sends (figure 5.18): two of C's longs in the machine's own byte order, which is what is wrong with it.</summary>
struct SumArgs
{
    public long arg1;
    public long arg2;
}

/// <summary>What the sum server answers (figure 5.18).</summary>
struct SumResult
{
    public long sum;
}

static class Sum
{
    /// <summary>Reads two numbers from a line as <c>sscanf(line, "%ld%ld", &amp;arg1, &amp;arg2)</c> does, and says how many there were.</summary>
    public static int Scan(ReadOnlySpan<byte> line, out SumArgs args)
    {
        args = default;
        if (!ScanLong(ref line, out args.arg1))
            return 0;
        return ScanLong(ref line, out args.arg2) ? 2 : 1;
    }

    /// <summary>White space, a sign or none, digits; a number too large becomes the largest there is.</summary>
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
