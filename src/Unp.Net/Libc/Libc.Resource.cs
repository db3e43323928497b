using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/resource.h>
public static unsafe partial class Libc
{
    /// <summary><c>getrusage(2)</c>: reads the resource usage of this process, or of its children that were waited for.</summary>
    /// <param name="who">RUSAGE_SELF, RUSAGE_CHILDREN or RUSAGE_THREAD.</param>
    /// <param name="usage">Receives the usage.</param>
    /// <returns>0, or -1: EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int getrusage(int who, rusage* usage);
}
