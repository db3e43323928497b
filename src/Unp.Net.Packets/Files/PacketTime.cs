using System.Globalization;

namespace Unp.Net.Packets;

/// <summary>The time of a packet, in nanoseconds since the start of 1970 in UTC. It is never rounded.</summary>
/// <param name="Nanoseconds">The nanoseconds since the start of 1970; negative: before. The range is 1677 to 2262.</param>
/// <example><code>
/// PacketTime time = PacketTime.FromUnixTime(1_700_000_000, 123_456_789);
/// Console.WriteLine(time);                       // 2023-11-14T22:13:20.123456789Z
/// DateTimeOffset rounded = time.ToDateTimeOffset();  // .1234567
/// </code></example>
public readonly record struct PacketTime(long Nanoseconds) : IComparable<PacketTime>
{
    internal const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Gets the whole seconds since 1970, rounded down.</summary>
    public long Seconds => Nanoseconds / NanosecondsPerSecond - (Nanoseconds % NanosecondsPerSecond < 0 ? 1 : 0);

    /// <summary>Gets the nanoseconds since the last whole second: 0 to 999,999,999.</summary>
    public int NanosecondsOfSecond => (int)((Nanoseconds % NanosecondsPerSecond + NanosecondsPerSecond) % NanosecondsPerSecond);

    /// <summary>Creates a time of a number of seconds and a number of nanoseconds, as <c>timespec</c> has them.</summary>
    /// <param name="seconds">The seconds since 1970.</param>
    /// <param name="nanoseconds">The nanoseconds to add.</param>
    /// <exception cref="OverflowException">The time is not in the years 1677 to 2262.</exception>
    public static PacketTime FromUnixTime(long seconds, long nanoseconds) => new(checked(seconds * NanosecondsPerSecond + nanoseconds));

    /// <summary>Creates the time of a date.</summary>
    /// <param name="date">The date.</param>
    /// <exception cref="OverflowException">The date is not in the years 1677 to 2262.</exception>
    public static PacketTime FromDateTimeOffset(DateTimeOffset date) =>
        new(checked((date - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>Returns the date in UTC. It has units of 100 nanoseconds, and is rounded down to them.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.UnixEpoch.AddTicks(Seconds * TimeSpan.TicksPerSecond + NanosecondsOfSecond / TimeSpan.NanosecondsPerTick);

    /// <summary>Compares two times.</summary>
    /// <param name="other">The other time.</param>
    /// <returns>A negative number if this time is earlier, a positive one if it is later, else 0.</returns>
    public int CompareTo(PacketTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Returns whether a time is earlier than another.</summary>
    public static bool operator <(PacketTime left, PacketTime right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Returns whether a time is later than another.</summary>
    public static bool operator >(PacketTime left, PacketTime right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Returns whether a time is not later than another.</summary>
    public static bool operator <=(PacketTime left, PacketTime right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Returns whether a time is not earlier than another.</summary>
    public static bool operator >=(PacketTime left, PacketTime right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>Returns the date and time in UTC with all nine digits: <c>2023-11-14T22:13:20.123456789Z</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ToDateTimeOffset():yyyy-MM-ddTHH:mm:ss}.{NanosecondsOfSecond:D9}Z");
}
