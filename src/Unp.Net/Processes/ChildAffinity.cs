using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The processors of a child. It inherits those of the thread that starts it, which may be an event loop's, bound to one; so the thread has
/// those of the process's first thread while it starts a child.
/// </summary>
static unsafe class ChildAffinity
{
    /// <summary>Bits for as many processors as any kernel is built for.</summary>
    const int Words = 8192 / 64;

    /// <summary>Gives the calling thread the processors of the process.</summary>
    /// <returns>Its own, for <see cref="Restore"/>; null if there is nothing to change, or the system has no such binding.</returns>
    internal static ulong[]? Widen()
    {
        if (!OperatingSystem.IsLinux())
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
        if (own is null || !OperatingSystem.IsLinux())
            return;
        fixed (ulong* mask = own)
            _ = sched_setaffinity(0, Words * sizeof(ulong), mask);
    }
}
