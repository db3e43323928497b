using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/sysctl.h>, the BSDs only.
public static unsafe partial class Libc
{
    /// <summary><c>sysctl(3)</c>: reads a value or table of the kernel, and sets a value (UNP 18.4).</summary>
    /// <param name="name">The levels of the name.</param>
    /// <param name="namelen">The number of levels.</param>
    /// <param name="oldp">Receives the value, or null to learn its length.</param>
    /// <param name="oldlenp">The size of <paramref name="oldp"/>; receives the length of the value. Null: the value is not read.</param>
    /// <param name="newp">The new value, or null.</param>
    /// <param name="newlen">The length of <paramref name="newp"/>.</param>
    /// <returns>0, or -1: ENOENT, ENOTDIR, EISDIR, EINVAL, ENOMEM (the value is longer), EPERM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=sysctl&amp;sektion=3">sysctl(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int sysctl(int* name, uint namelen, void* oldp, nuint* oldlenp, void* newp, nuint newlen);
}
