using System.Runtime.InteropServices;

namespace Unp.Net;

// <string.h>
public static unsafe partial class Libc
{
    /// <summary><c>strsignal(3)</c>: returns the description of a signal, such as "Broken pipe".</summary>
    /// <returns>A text owned by the C library, which the next call of this thread may overwrite.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/strsignal.3.html">strsignal(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial byte* strsignal(int sig);
}
