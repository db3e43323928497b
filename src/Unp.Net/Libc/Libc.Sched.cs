using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sched.h>, the part that only Linux has.
public static unsafe partial class Libc
{
    /// <summary><c>sched_setaffinity(2)</c>: sets the processors that a thread may run on.</summary>
    /// <param name="pid">
    /// The id of a thread (<see cref="gettid"/>), or 0 for the calling thread. New threads inherit the mask of their creator.
    /// </param>
    /// <param name="cpusetsize">The size of the mask in bytes.</param>
    /// <param name="mask">One bit per processor, the lowest for the first, in words of 64 bits.</param>
    /// <returns>0, or -1: EINVAL (no processor of the mask exists and is permitted to the process), EPERM, ESRCH.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">sched_setaffinity(2)</seealso>
    [SupportedOSPlatform("linux")]
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint cpusetsize, ulong* mask);

    /// <summary><c>sched_getaffinity(2)</c>: reads the processors that a thread may run on.</summary>
    /// <param name="pid">The id of a thread (<see cref="gettid"/>), or 0 for the calling thread.</param>
    /// <param name="cpusetsize">The size of <paramref name="mask"/> in bytes, a multiple of 8.</param>
    /// <param name="mask">Receives one bit per processor, the lowest for the first, in words of 64 bits.</param>
    /// <returns>0, or -1: EINVAL (the mask is too small for the number of processors that the kernel supports), ESRCH.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sched_getaffinity.2.html">sched_getaffinity(2)</seealso>
    [SupportedOSPlatform("linux")]
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sched_getaffinity(int pid, nuint cpusetsize, ulong* mask);
}
