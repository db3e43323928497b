using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Unp.Net.Measuring;

/// <summary>The system calls of the measuring itself, which are no part of network programming.</summary>
static unsafe partial class Native
{
    const int RLIMIT_NOFILE = 7;
    const int CLOCK_THREAD_CPUTIME_ID = 3;
    const int CPUCLOCK_SCHED = 2;
    const int SC_CLK_TCK = 2;

    /// <summary>The cores that this program may use, in ascending order.</summary>
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

    /// <summary>Puts the calling thread on these cores, and with it every process that it starts.</summary>
    internal static void Pin(params ReadOnlySpan<int> cores)
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        foreach (int core in cores)
            mask[core / 64] |= 1UL << (core % 64);
        Check(sched_setaffinity(0, 16 * sizeof(ulong), mask), "sched_setaffinity");
    }

    /// <summary>Puts every thread of this process on a core.</summary>
    internal static void PinAll(int core)
    {
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        mask[core / 64] = 1UL << (core % 64);
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
            _ = sched_setaffinity(int.Parse(Path.GetFileName(thread)), 16 * sizeof(ulong), mask); // one that has just ended is no loss
    }

    /// <summary>Lets this process, and those that it starts, open as many descriptors as the hard limit allows.</summary>
    /// <returns>How many.</returns>
    internal static int RaiseDescriptorLimit()
    {
        ulong* limit = stackalloc ulong[2];
        Check(getrlimit(RLIMIT_NOFILE, limit), "getrlimit");
        limit[0] = limit[1];
        Check(setrlimit(RLIMIT_NOFILE, limit), "setrlimit");
        return (int)Math.Min(limit[0], int.MaxValue);
    }

    /// <summary>How many ticks of /proc/PID/stat a second has.</summary>
    internal static long ClockTicks => sysconf(SC_CLK_TCK);

    internal static long ThreadCpuNanoseconds() => Clock(CLOCK_THREAD_CPUTIME_ID);

    /// <summary>
    /// The processor time that all threads of another process have used, those too that have ended: what /proc/PID/stat shows in hundredths of a
    /// second, in nanoseconds. clock_getcpuclockid(3) makes the clock's number so.
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
