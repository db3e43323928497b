using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sched.h>, Linux's own part.
public static unsafe partial class Libc
{
    /// <summary><c>sched_setaffinity(2)</c>: the processors that a thread may run on.</summary>
    /// <param name="pid">A thread, by its <see cref="gettid"/>; 0 is the calling one. Threads that it starts inherit the mask.</param>
    /// <param name="cpusetsize">The size of the mask in bytes.</param>
    /// <param name="mask">A bit for each processor, the first one's lowest, in words of 64.</param>
    /// <returns>0, or -1: EINVAL (none of these processors exists, or the process may use none of them), EPERM, ESRCH.</returns>
    [SupportedOSPlatform("linux")]
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint cpusetsize, ulong* mask);

    /// <summary><c>sched_getaffinity(2)</c>: the processors that a thread may run on.</summary>
    /// <param name="pid">A thread, by its <see cref="gettid"/>; 0 is the calling one.</param>
    /// <param name="cpusetsize">The room for the mask in bytes, a multiple of 8.</param>
    /// <param name="mask">Gets a bit for each processor, the first one's lowest, in words of 64.</param>
    /// <returns>0, or -1: EINVAL (the room does not do for as many processors as the kernel can have), ESRCH.</returns>
    [SupportedOSPlatform("linux")]
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sched_getaffinity(int pid, nuint cpusetsize, ulong* mask);
}
