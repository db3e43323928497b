using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The processors of a child: those of the process's first thread. A child inherits the processors of the thread that starts it, which may
/// be an event loop's thread bound to one processor. So the thread takes those of the first thread while it starts a child.
/// </summary>
static unsafe class ChildAffinity
{
    /// <summary>The mask has bits for as many processors as any kernel supports.</summary>
    const int Words = 8192 / 64;

    /// <summary>Gives the calling thread the processors of the process's first thread.</summary>
    /// <returns>The thread's old mask for <see cref="Restore"/>; null if nothing changed, or the system has no affinity.</returns>
    internal static ulong[]? Widen()
    {
        if (!Target.IsLinux)
            return null;
        ulong[] own = new ulong[Words], all = new ulong[Words];
        fixed (ulong* ownMask = own, allMask = all)
        {
            const nuint Size = Words * sizeof(ulong);
            bool areKnown = sched_getaffinity(0, Size, ownMask) >= 0 && sched_getaffinity(getpid(), Size, allMask) >= 0;
            return areKnown && !own.AsSpan().SequenceEqual(all) && sched_setaffinity(0, Size, allMask) == 0 ? own : null;
        }
    }

    internal static void Restore(ulong[]? own)
    {
        if (own is null || !Target.IsLinux)
            return;
        fixed (ulong* mask = own)
            _ = sched_setaffinity(0, Words * sizeof(ulong), mask);
    }
}
