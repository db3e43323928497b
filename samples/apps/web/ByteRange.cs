using System.Globalization;

namespace Unp.Samples.web;

/// <summary>A requested part of a file (RFC 9110, section 14).</summary>
readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>Parses <c>bytes=0-499</c>, <c>bytes=500-</c> or <c>bytes=-500</c>.</summary>
    /// <returns>
    /// The range, or null if the header must be ignored: another unit, no valid range, or several ranges. The whole file is a valid reply
    /// to those. A range that begins after the end of the file has a negative length.
    /// </returns>
    public static ByteRange? Of(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            return null;
        string[] ends = header["bytes=".Length..].Trim().Split('-');
        if (ends.Length != 2 || !TryRead(ends[0], out long? first) || !TryRead(ends[1], out long? last))
            return null;
        return (first, last) switch
        {
            (null, null) => null,
            (null, long suffix) => new(suffix == 0 ? size : Math.Max(0, size - suffix), size - 1),
            (long from, null) => new(from, Math.Max(size, from) - 1),
            (long from, long to) when to < from => null,
            (long from, long to) => new(from, Math.Min(to, Math.Max(size, from) - 1)),
        };
    }

    /// <summary>Returns whether the range overlaps a file of this size.</summary>
    public bool IsIn(long size) => First < size;

    static bool TryRead(string text, out long? number)
    {
        number = null;
        if (text.Length == 0)
            return true;
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = value;
        return isNumber;
    }
}
