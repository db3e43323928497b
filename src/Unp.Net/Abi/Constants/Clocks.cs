using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Clocks of clock_gettime (clock_gettime(2)), and timers of setitimer. (setitimer(2))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The time of day, since 1970; it jumps when it is set.</summary>
    public const int CLOCK_REALTIME = 0;

    /// <summary>A clock for durations, which is never set and never goes back. On macOS it continues while the machine sleeps.</summary>
    public static int CLOCK_MONOTONIC => Of(1, 6, 4);

    /// <summary>Processor time of this process.</summary>
    public static int CLOCK_PROCESS_CPUTIME_ID => Of(2, 12, 15);

    /// <summary>Processor time of this thread.</summary>
    public static int CLOCK_THREAD_CPUTIME_ID => Of(3, 16, 14);

    /// <summary>Like <see cref="CLOCK_MONOTONIC"/>, without the corrections of its speed. Not on FreeBSD.</summary>
    public static int CLOCK_MONOTONIC_RAW => Of(4, 4, Absent);

    /// <summary>Like <see cref="CLOCK_REALTIME"/>, faster to read, with the resolution of a kernel tick. Not on macOS.</summary>
    public static int CLOCK_REALTIME_COARSE => Of(5, Absent, 10);

    /// <summary>Like <see cref="CLOCK_MONOTONIC"/>, faster to read, with the resolution of a kernel tick. Not on macOS.</summary>
    public static int CLOCK_MONOTONIC_COARSE => Of(6, Absent, 12);

    /// <summary>Like <see cref="CLOCK_MONOTONIC"/>, but on Linux it continues while the machine sleeps. Not on macOS.</summary>
    public static int CLOCK_BOOTTIME => Of(7, Absent, 5);

    /// <summary>International atomic time: the time of day without leap seconds. Linux only.</summary>
    public static int CLOCK_TAI => Of(11, Absent, Absent);

    /// <summary>Time since the system started. FreeBSD only.</summary>
    public static int CLOCK_UPTIME => Of(Absent, Absent, 5);

    /// <summary>Like <see cref="CLOCK_MONOTONIC"/>, but it stops while the machine sleeps. macOS only.</summary>
    public static int CLOCK_UPTIME_RAW => Of(Absent, 8, Absent);

    /// <summary><c>clock_nanosleep</c>: the time is an absolute time of the clock, not relative to now. Not on macOS.</summary>
    public static int TIMER_ABSTIME => Of(1, Absent, 1);

    /// <summary><c>setitimer</c>: real time; sends SIGALRM.</summary>
    public const int ITIMER_REAL = 0;

    /// <summary><c>setitimer</c>: processor time of the process itself; sends SIGVTALRM.</summary>
    public const int ITIMER_VIRTUAL = 1;

    /// <summary><c>setitimer</c>: processor time of the process and of the kernel for it; sends SIGPROF.</summary>
    public const int ITIMER_PROF = 2;
}
