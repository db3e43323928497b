using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// C's <c>struct timeval</c>: seconds and microseconds, for <c>select</c>, <c>SO_RCVTIMEO</c> and others. It has 16 bytes everywhere,
    /// but
    /// macOS uses only half of the last eight.
    /// </summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct timeval
    {
        [FieldOffset(0)] Abi.Linux.timeval linux;
        [FieldOffset(0)] Abi.Darwin.timeval darwin;
        [FieldOffset(0)] Abi.FreeBsd.timeval freebsd;

        /// <summary>Creates a time of seconds and microseconds.</summary>
        public timeval(long seconds, long microseconds)
        {
            tv_sec = seconds;
            tv_usec = microseconds;
        }

        /// <summary>The seconds.</summary>
        public long tv_sec
        {
            readonly get => linux.tv_sec;
            set => linux.tv_sec = value;
        }

        /// <summary>The microseconds, 0 to 999,999. The kernel rejects other values (EINVAL, EDOM).</summary>
        public long tv_usec
        {
            readonly get => Target.IsMacOS ? darwin.tv_usec : linux.tv_usec;
            set => linux.tv_usec = value; // little-endian: the low half is the int of macOS, the high half its padding
        }

        /// <summary>Converts a time span, rounded down to microseconds.</summary>
        public static timeval FromTimeSpan(TimeSpan time)
        {
            (long seconds, long ticks) = UnixTime.Split(time.Ticks);
            return new(seconds, ticks / TimeSpan.TicksPerMicrosecond);
        }

        /// <summary>Converts a date to the time since 1970-01-01 00:00 UTC, rounded down to microseconds.</summary>
        public static timeval FromDateTimeOffset(DateTimeOffset date) => FromTimeSpan(date - DateTimeOffset.UnixEpoch);

        /// <summary>Converts to a time span.</summary>
        /// <exception cref="OverflowException">The time is not in the range of a TimeSpan, which is about 29,000 years.</exception>
        public readonly TimeSpan ToTimeSpan() => UnixTime.Join(tv_sec, tv_usec, 1_000_000);

        /// <summary>Converts a time since 1970-01-01 00:00 UTC to a date in UTC.</summary>
        /// <exception cref="OverflowException">The date is not in the years 1 to 9999.</exception>
        public readonly DateTimeOffset ToDateTimeOffset() => UnixTime.ToDate(ToTimeSpan());

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{tv_sec=1, tv_usec=500000}"</c>.</summary>
        public override readonly string ToString() => $"{{tv_sec={tv_sec}, tv_usec={tv_usec}}}";
    }

    /// <summary>C's <c>struct timespec</c>: seconds and nanoseconds, for <c>pselect</c>, <c>ppoll</c>, <c>kevent</c>.</summary>
    public struct timespec
    {
        /// <summary>The seconds.</summary>
        public long tv_sec;

        /// <summary>The nanoseconds, 0 to 999,999,999. The kernel rejects other values (EINVAL).</summary>
        public long tv_nsec;

        /// <summary>Converts a time span.</summary>
        public static timespec FromTimeSpan(TimeSpan time)
        {
            (long seconds, long ticks) = UnixTime.Split(time.Ticks);
            return new() { tv_sec = seconds, tv_nsec = ticks * TimeSpan.NanosecondsPerTick };
        }

        /// <summary>Converts a date to the time since 1970-01-01 00:00 UTC.</summary>
        public static timespec FromDateTimeOffset(DateTimeOffset date) => FromTimeSpan(date - DateTimeOffset.UnixEpoch);

        /// <summary>Converts to a time span, rounded down to 100 ns.</summary>
        /// <exception cref="OverflowException">The time is not in the range of a TimeSpan, which is about 29,000 years.</exception>
        public readonly TimeSpan ToTimeSpan() => UnixTime.Join(tv_sec, tv_nsec, 1_000_000_000);

        /// <summary>Converts a time since 1970-01-01 00:00 UTC to a date in UTC, rounded down to 100 ns.</summary>
        /// <exception cref="OverflowException">The date is not in the years 1 to 9999.</exception>
        public readonly DateTimeOffset ToDateTimeOffset() => UnixTime.ToDate(ToTimeSpan());

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{tv_sec=1, tv_nsec=500000000}"</c>.</summary>
        public override readonly string ToString() => $"{{tv_sec={tv_sec}, tv_nsec={tv_nsec}}}";
    }
}

namespace Unp.Net.Abi
{
    /// <summary>The conversion of seconds with a fraction, as the times of C are.</summary>
    static class UnixTime
    {
        /// <summary>Splits ticks into seconds and the ticks of a second, which are never negative.</summary>
        internal static (long Seconds, long Ticks) Split(long ticks)
        {
            long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
            return rest < 0 ? (seconds - 1, rest + TimeSpan.TicksPerSecond) : (seconds, rest);
        }

        /// <summary>Adds a fraction of a second, in parts of which a second has <paramref name="partsPerSecond"/>.</summary>
        internal static TimeSpan Join(long seconds, long parts, int partsPerSecond)
        {
            // Int128, because the smallest TimeSpan is a whole negative number of seconds plus a fraction, and the seconds alone
            // exceed the range of 64-bit ticks.
            Int128 ticks = (Int128)seconds * TimeSpan.TicksPerSecond;
            Int128 fraction = (Int128)parts * TimeSpan.TicksPerSecond;
            ticks += fraction >= 0 ? fraction / partsPerSecond : -((-fraction + partsPerSecond - 1) / partsPerSecond);
            return new(checked((long)ticks));
        }

        internal static DateTimeOffset ToDate(TimeSpan sinceEpoch)
        {
            TimeSpan min = DateTimeOffset.MinValue - DateTimeOffset.UnixEpoch;
            TimeSpan max = DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch;
            return sinceEpoch >= min && sinceEpoch <= max ? DateTimeOffset.UnixEpoch + sinceEpoch
                : throw new OverflowException($"The time {sinceEpoch} since 1970 is not in the years 1 to 9999.");
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    struct timeval
    {
        public long tv_sec;
        public long tv_usec;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    struct timeval
    {
        public long tv_sec;
        public long tv_usec;
    }
}

namespace Unp.Net.Abi.Darwin
{
    struct timeval
    {
        public long tv_sec;
        public int tv_usec;
    }
}
