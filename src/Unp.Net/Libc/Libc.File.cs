using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/file.h>
public static partial class Libc
{
    /// <summary><c>flock(2)</c>: an advisory lock of the open file, gone when its last descriptor is closed.</summary>
    /// <param name="fd">A file or a directory.</param>
    /// <param name="operation">LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB ored where it shall not wait.</param>
    /// <returns>0, or -1: EWOULDBLOCK, EINTR, EBADF, ENOLCK.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    /// <inheritdoc cref="flock(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int flock(SafeHandle fd, int operation);
}
