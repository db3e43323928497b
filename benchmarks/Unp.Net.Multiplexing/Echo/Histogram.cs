using System.Numerics;

namespace Unp.Net.Multiplexing;

/// <summary>
/// Counts durations in buckets whose width is 1/32 of their value. Recording costs a few nanoseconds and allocates nothing.
/// </summary>
sealed class Histogram
{
    const int Bits = 5;

    readonly long[] counts = new long[64 << Bits];
    long total;

    internal void Clear()
    {
        counts.AsSpan().Clear();
        total = 0;
    }

    internal void Record(long value)
    {
        counts[ClassOf((ulong)Math.Max(0, value))]++;
        total++;
    }

    /// <summary>Returns the value that a share of all durations does not exceed: the middle of its bucket.</summary>
    internal double Quantile(double share)
    {
        long rest = (long)Math.Ceiling(share * total);
        for (int i = 0; i < counts.Length; i++)
        {
            rest -= counts[i];
            if (rest <= 0)
                return MiddleOf(i);
        }
        return 0;
    }

    static int ClassOf(ulong value)
    {
        if (value < 1 << Bits)
            return (int)value;
        int shift = BitOperations.Log2(value) - Bits;
        return ((shift + 1) << Bits) + (int)((value >> shift) & ((1 << Bits) - 1));
    }

    static double MiddleOf(int index)
    {
        if (index < 1 << Bits)
            return index;
        int shift = (index >> Bits) - 1;
        return ((ulong)((1 << Bits) + (index & ((1 << Bits) - 1))) + 0.5) * Math.Pow(2, shift);
    }
}
