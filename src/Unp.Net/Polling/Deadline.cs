using System.Diagnostics;

namespace Unp.Net;

/// <summary>The end of a wait. A wait that a signal interrupted continues until this time, no longer.</summary>
readonly struct Deadline
{
    /// <summary>The longest time passed to the kernel, about three years. macOS refuses a longer wait (EINVAL).</summary>
    internal const long MaxSeconds = 100_000_000;

    readonly long end;

    /// <param name="timeout">The time from now; null or <see cref="Timeout.InfiniteTimeSpan"/> waits indefinitely.</param>
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

    /// <summary>
    /// Returns the remaining time, rounded up to the unit. If it were rounded down, the wait would end early, find nothing and be repeated.
    /// </summary>
    internal long RestIn(long unitsPerSecond)
    {
        long rest = Math.Max(0, end - Stopwatch.GetTimestamp());
        return (long)Int128.Min(long.MaxValue, ((Int128)rest * unitsPerSecond + Stopwatch.Frequency - 1) / Stopwatch.Frequency);
    }

    internal bool IsOver => !IsInfinite && Stopwatch.GetTimestamp() >= end;

    /// <summary>
    /// The remaining milliseconds for <c>poll(2)</c> and <c>epoll_wait(2)</c>; -1 waits indefinitely. The maximum is 24.8 days, so callers
    /// check <see cref="IsOver"/>.
    /// </summary>
    internal int RestInMilliseconds => IsInfinite ? -1 : (int)Math.Min(int.MaxValue, RestIn(1000));

    internal timeval RestAsTimeval()
    {
        long microseconds = IsInfinite ? 0 : Math.Min(RestIn(1_000_000), MaxSeconds * 1_000_000);
        return new timeval(microseconds / 1_000_000, microseconds % 1_000_000);
    }

    internal timespec RestAsTimespec()
    {
        long nanoseconds = IsInfinite ? 0 : Math.Min(RestIn(1_000_000_000), MaxSeconds * 1_000_000_000);
        return new timespec { tv_sec = nanoseconds / 1_000_000_000, tv_nsec = nanoseconds % 1_000_000_000 };
    }
}
