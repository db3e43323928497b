using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Unp.Net.Measuring;

/// <summary>System calls that the measurement itself needs, which are not part of network programming.</summary>
static unsafe partial class Native
{
    const int RLIMIT_NOFILE = 7;
    const int CLOCK_THREAD_CPUTIME_ID = 3;
    const int CPUCLOCK_SCHED = 2;
    const int SC_CLK_TCK = 2;

    /// <summary>Returns the cores that this program may use, in ascending order.</summary>
    internal static int[] Cores()
    {
        ulong* mask = stackalloc ulong[16];
        Check(sched_getaffinity(0, 16 * sizeof(ulong), mask), "sched_getaffinity");
        var cores = new List<int>();
        for (int word = 0; word < 16; word++)
        {
            for (ulong bits = mask[word]; bits != 0; bits &= bits - 1)
                cores.Add(word * 64 + BitOperations.TrailingZeroCount(bits));
        }
        return [.. cores];
    }

    /// <summary>Pins the calling thread, and every process that it starts, to these cores.</summary>
    internal static void Pin(params ReadOnlySpan<int> cores)
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        foreach (int core in cores)
            mask[core / 64] |= 1UL << (core % 64);
        Check(sched_setaffinity(0, 16 * sizeof(ulong), mask), "sched_setaffinity");
    }

    /// <summary>Pins every thread of this process to a core.</summary>
    internal static void PinAll(int core)
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        mask[core / 64] = 1UL << (core % 64);
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
            // a thread that has just ended can be ignored
            _ = sched_setaffinity(int.Parse(Path.GetFileName(thread)), 16 * sizeof(ulong), mask);
    }

    /// <summary>Raises the descriptor limit of this process and its children to the hard limit.</summary>
    /// <returns>The new limit.</returns>
    internal static int RaiseDescriptorLimit()
    {
        ulong* limit = stackalloc ulong[2];
        Check(getrlimit(RLIMIT_NOFILE, limit), "getrlimit");
        limit[0] = limit[1];
        Check(setrlimit(RLIMIT_NOFILE, limit), "setrlimit");
        return (int)Math.Min(limit[0], int.MaxValue);
    }

    /// <summary>The number of /proc/PID/stat ticks per second.</summary>
    internal static long ClockTicks => sysconf(SC_CLK_TCK);

    internal static long ThreadCpuNanoseconds() => Clock(CLOCK_THREAD_CPUTIME_ID);

    /// <summary>
    /// Returns the processor time of all threads of another process, including ended ones, in nanoseconds. /proc/PID/stat shows the same in
    /// hundredths of a second. The clock number is that of clock_getcpuclockid(3).
    /// </summary>
    internal static long ProcessCpuNanoseconds(int pid) => Clock((~pid << 3) | CPUCLOCK_SCHED);

    static long Clock(int id)
    {
        timespec time;
        Check(clock_gettime(id, &time), "clock_gettime");
        return time.tv_sec * 1_000_000_000 + time.tv_nsec;
    }

    static void Check(int result, string function)
    {
        if (result < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), function);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sched_getaffinity(int pid, nuint size, ulong* mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sched_setaffinity(int pid, nuint size, ulong* mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, ulong* limit);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, ulong* limit);

    [LibraryImport("libc")]
    private static partial long sysconf(int name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, timespec* time);
}
