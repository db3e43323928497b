using System.Runtime.InteropServices;

namespace Unp.Net;

// <string.h>
public static unsafe partial class Libc
{
    /// <summary><c>strsignal(3)</c>: what a signal means, "Broken pipe".</summary>
    /// <returns>Text of the C library's own, which this thread's next call may overwrite.</returns>
    [LibraryImport(LibraryName)]
    public static partial byte* strsignal(int sig);
}
