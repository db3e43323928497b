using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

/// <summary>The processors of a thread.</summary>
static unsafe class Affinity
{
    /// <summary>Binds this thread to one.</summary>
    /// <exception cref="UnpException">EINVAL: there is no such processor, or the process may not use it.</exception>
    public static void Bind(int processor)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("A thread can be bound to a processor on Linux only.");

        // As many as any kernel is built for; a number beyond is none of them.
        Span<ulong> mask = stackalloc ulong[8192 / 64];
        mask.Clear();
        if (processor < 8192)
            mask[processor / 64] = 1UL << processor;
        fixed (ulong* words = mask)
        {
            if (sched_setaffinity(0, (nuint)mask.Length * sizeof(ulong), words) < 0)
                throw new UnpException(Errno.Last, "sched_setaffinity", $"processor {processor}");
        }
    }
}
