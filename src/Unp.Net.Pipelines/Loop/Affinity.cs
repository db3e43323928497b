using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The processor affinity of a thread.</summary>
static unsafe class Affinity
{
    // The largest NR_CPUS that a kernel can be built with.
    const int MaxProcessors = 8192;

    /// <summary>Binds the calling thread to one processor (<c>sched_setaffinity(2)</c>).</summary>
    /// <exception cref="UnpException">EINVAL: the processor does not exist, or the process may not use it.</exception>
    public static void Bind(int processor)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("A thread can be bound to a processor on Linux only.");

        // A number beyond the mask leaves the mask empty, so the kernel returns EINVAL for it as well.
        Span<ulong> mask = stackalloc ulong[MaxProcessors / 64];
        mask.Clear();
        if (processor < MaxProcessors)
            mask[processor / 64] = 1UL << processor;
        fixed (ulong* words = mask)
        {
            if (sched_setaffinity(0, (nuint)mask.Length * sizeof(ulong), words) < 0)
                throw new UnpException(Errno.Last, "sched_setaffinity", $"processor {processor}");
        }
    }
}
