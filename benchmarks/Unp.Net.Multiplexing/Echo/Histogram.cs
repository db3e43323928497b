using System.Numerics;

namespace Unp.Net.Multiplexing;

/// <summary>Durations counted in classes that are 1/32 of their size wide, so that recording one costs a few nanoseconds and no memory.</summary>
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

    /// <summary>The value that a share of all is not greater than: the middle of its class.</summary>
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
