using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Unp.Net;

// <stdlib.h>
public static partial class Libc
{
    /// <summary><c>abort(3)</c>: ends the process by SIGABRT, with a core file where the system writes them.</summary>
    [DoesNotReturn]
    [LibraryImport(LibraryName)]
    public static partial void abort();
}
