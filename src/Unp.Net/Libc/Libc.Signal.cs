using System.Runtime.InteropServices;

namespace Unp.Net;

// <signal.h>
public static partial class Libc
{
    /// <summary><c>kill(2)</c>: sends a signal to a process (positive), a process group (0: the caller's, or negative) or all (-1).</summary>
    /// <param name="pid">The process or group.</param>
    /// <param name="sig">The signal, or 0 to find out whether there is such a process.</param>
    /// <returns>0, or -1: ESRCH, EPERM, EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int kill(int pid, int sig);
}
