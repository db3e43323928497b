namespace Unp.Net.Packets;

/// <summary>
/// The unit of the times of an interface in a pcapng file (if_tsresol), and the seconds that are added to them (if_tsoffset).
/// </summary>
readonly struct TimestampUnit
{
    const byte BinaryFlag = 0x80;
    const int NanosecondExponent = 9;

    /// <summary>The greatest power of ten in 64 bits.</summary>
    const int MaxDecimalExponent = 19;

    readonly Int128 offset;
    readonly ulong multiplier, divisor;
    readonly int shift;

    /// <summary>Creates a unit.</summary>
    /// <param name="resolution">The negative exponent of 10, or with the highest bit that of 2.</param>
    /// <param name="offsetSeconds">The seconds that are added to each time.</param>
    public TimestampUnit(byte resolution, long offsetSeconds)
    {
        int exponent = resolution & ~BinaryFlag;
        bool isBinary = (resolution & BinaryFlag) != 0;
        multiplier = Power(isBinary ? NanosecondExponent : Math.Max(NanosecondExponent - exponent, 0));
        divisor = Power(isBinary ? 0 : Math.Max(exponent - NanosecondExponent, 0));
        shift = isBinary ? exponent : 0;
        offset = (Int128)offsetSeconds * PacketTime.NanosecondsPerSecond;
    }

    /// <summary>Gets the unit of an interface that states none.</summary>
    public static TimestampUnit Microseconds { get; } = new(6, 0);

    /// <summary>Converts a number of units to a time, rounded down to a nanosecond.</summary>
    /// <returns>Whether the time is in the years 1677 to 2262.</returns>
    public bool TryConvert(ulong ticks, out PacketTime time)
    {
        // A divisor of 0 stands for a power of ten that is greater than each number of units.
        Int128 nanoseconds = offset + (Int128)(((UInt128)(divisor == 0 ? 0 : ticks / divisor) * multiplier) >> shift);
        bool isInRange = nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue;
        time = new PacketTime(isInRange ? (long)nanoseconds : 0);
        return isInRange;
    }

    static ulong Power(int exponent)
    {
        if (exponent > MaxDecimalExponent)
            return 0;
        ulong power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
