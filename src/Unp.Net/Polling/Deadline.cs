using System.Diagnostics;

namespace Unp.Net;

/// <summary>The end of a wait, so that a wait which a signal interrupted goes on for the rest of its time and no longer.</summary>
readonly struct Deadline
{
    /// <summary>Three years: macOS refuses to wait longer (EINVAL), and no other system is asked for more than that.</summary>
    internal const long MostSeconds = 100_000_000;

    readonly long end;

    /// <param name="timeout">From now; null or <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    internal Deadline(TimeSpan? timeout)
    {
        IsInfinite = timeout is null || timeout == Timeout.InfiniteTimeSpan;
        if (IsInfinite)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout!.Value, TimeSpan.Zero, nameof(timeout));
        double ticks = timeout.Value.TotalSeconds * Stopwatch.Frequency;
        end = ticks < long.MaxValue / 2 ? Stopwatch.GetTimestamp() + (long)Math.Ceiling(ticks) : long.MaxValue;
    }

    internal bool IsInfinite { get; }

    /// <summary>What is left, rounded up to the unit: a wait that is rounded down ends too early, finds nothing, and is made again and again.</summary>
    internal long RestIn(long unitsPerSecond)
    {
        long rest = Math.Max(0, end - Stopwatch.GetTimestamp());
        return (long)Int128.Min(long.MaxValue, ((Int128)rest * unitsPerSecond + Stopwatch.Frequency - 1) / Stopwatch.Frequency);
    }

    internal bool IsOver => !IsInfinite && Stopwatch.GetTimestamp() >= end;

    /// <summary>Milliseconds for poll and epoll_wait: -1 for ever. They count to 24.8 days: see <see cref="IsOver"/> whether that was all.</summary>
    internal int RestInMilliseconds => IsInfinite ? -1 : (int)Math.Min(int.MaxValue, RestIn(1000));

    internal timeval RestAsTimeval()
    {
        long microseconds = IsInfinite ? 0 : Math.Min(RestIn(1_000_000), MostSeconds * 1_000_000);
        return new timeval(microseconds / 1_000_000, microseconds % 1_000_000);
    }

    internal timespec RestAsTimespec()
    {
        long nanoseconds = IsInfinite ? 0 : Math.Min(RestIn(1_000_000_000), MostSeconds * 1_000_000_000);
        return new timespec { tv_sec = nanoseconds / 1_000_000_000, tv_nsec = nanoseconds % 1_000_000_000 };
    }
}
