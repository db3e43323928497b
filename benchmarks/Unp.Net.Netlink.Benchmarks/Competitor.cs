using System.Diagnostics;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>One way to make a dump.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Dump">Makes the dump once.</param>
sealed record Competitor(string Name, Action Dump)
{
    const double TurnNanoseconds = 20e6;
    static readonly TimeSpan WarmUpPeriod = TimeSpan.FromSeconds(2);

    int repetitions = 1;

    /// <summary>Gets the processor time of each turn, in nanoseconds per dump.</summary>
    internal List<double> Nanoseconds { get; } = [];

    /// <summary>Gets the memory of the managed heap that a dump allocates, in bytes.</summary>
    internal long Allocated { get; private set; }

    /// <summary>Gets the ratio to another competitor's turns of the same rounds.</summary>
    internal Quartiles RatioTo(Competitor other) =>
        Quartiles.Of(Nanoseconds.Zip(other.Nanoseconds, (own, reference) => own / reference))!.Value;

    /// <summary>Repeats the dump until the JIT has finished, and chooses the number of dumps per turn.</summary>
    internal void WarmUp()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < WarmUpPeriod)
            Dump();
        Turn();
        repetitions = (int)Math.Clamp(TurnNanoseconds / Nanoseconds[0], 1, 1000);
        Nanoseconds.Clear();
    }

    internal void Turn()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = CpuNanoseconds();
        for (int i = 0; i < repetitions; i++)
            Dump();
        Nanoseconds.Add((CpuNanoseconds() - start) / (double)repetitions);
        Allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / repetitions;
    }

    /// <summary>Returns the processor time of all threads of this process, and of the programs that it has started.</summary>
    static long CpuNanoseconds()
    {
        rusage children = Libunp.Getrusage(RUSAGE_CHILDREN);
        return Native.ProcessCpuNanoseconds(Environment.ProcessId) + Nanosecond(children.ru_utime) + Nanosecond(children.ru_stime);

        static long Nanosecond(timeval time) => time.tv_sec * 1_000_000_000 + time.tv_usec * 1_000;
    }
}
