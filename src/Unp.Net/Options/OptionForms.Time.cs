
namespace Unp.Net;

/// <summary>
/// The forms of times. A time is rounded up to the option's unit, so a time-out may be late but never early, and rounding never makes it 0.
/// </summary>
static class TimeForms
{
    public static OptionForm<TimeSpan> Seconds { get; } = new OptionForm<int, TimeSpan>(
        "int, seconds",
        static raw => TimeSpan.FromSeconds(raw),
        static (value, option) => (int)Units(value, TimeSpan.TicksPerSecond, "seconds", option));

    public static OptionForm<TimeSpan> Milliseconds { get; } = new OptionForm<int, TimeSpan>(
        "int, milliseconds",
        static raw => TimeSpan.FromMilliseconds((long)raw),
        static (value, option) => (int)Units(value, TimeSpan.TicksPerMillisecond, "milliseconds", option));

    public static OptionForm<TimeSpan> Microseconds { get; } = new OptionForm<int, TimeSpan>(
        "int, microseconds",
        static raw => TimeSpan.FromMicroseconds((long)raw),
        static (value, option) => (int)Units(value, TimeSpan.TicksPerMicrosecond, "microseconds", option));

    /// <summary>Seconds; a negative number means none.</summary>
    public static OptionForm<TimeSpan?> SecondsOrNone { get; } = new OptionForm<int, TimeSpan?>(
        "int, seconds",
        static raw => raw < 0 ? null : TimeSpan.FromSeconds(raw),
        static (value, option) => value is { } time ? (int)Units(time, TimeSpan.TicksPerSecond, "seconds", option) : -1);

    public static OptionForm<TimeSpan> Timeval { get; } = new OptionForm<timeval, TimeSpan>(
        "timeval",
        static raw => raw.tv_sec < TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond
            ? TimeSpan.FromTicks((raw.tv_sec * TimeSpan.TicksPerSecond) + (raw.tv_usec * TimeSpan.TicksPerMicrosecond))
            : TimeSpan.MaxValue,
        static (value, option) =>
        {
            long microseconds = Units(value, TimeSpan.TicksPerMicrosecond, "microseconds", option, long.MaxValue);
            return new timeval(microseconds / 1_000_000, microseconds % 1_000_000);
        });

    public static OptionForm<TimeSpan?> Linger { get; } = new OptionForm<linger, TimeSpan?>(
        "linger, seconds",
        static raw => raw.l_onoff == 0 ? null : TimeSpan.FromSeconds(raw.l_linger),
        static (value, option) => value is { } time
            ? new linger { l_onoff = 1, l_linger = (int)Units(time, TimeSpan.TicksPerSecond, "seconds", option) }
            : default);

    /// <summary>Converts a time to units, rounded up.</summary>
    internal static long Units(TimeSpan value, long ticksPerUnit, string unit, SocketOption option, long max = int.MaxValue)
    {
        if (value < TimeSpan.Zero || (value.Ticks - 1) / ticksPerUnit >= max)
            throw OptionForms.OutOfRange(option, value, max == long.MaxValue ? "a non-negative time" : $"0 to {max} {unit}");
        return value == TimeSpan.Zero ? 0 : ((value.Ticks - 1) / ticksPerUnit) + 1;
    }
}
