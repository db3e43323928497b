using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/file.h>
public static partial class Libc
{
    /// <summary>
    /// <c>flock(2)</c>: locks or unlocks an open file. The lock is advisory, and ends when the last descriptor of the open file is closed.
    /// </summary>
    /// <param name="fd">A file or a directory.</param>
    /// <param name="operation">LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB to return instead of waiting.</param>
    /// <returns>0, or -1: EWOULDBLOCK, EINTR, EBADF, ENOLCK.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    /// <inheritdoc cref="flock(int, int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int flock(SafeHandle fd, int operation);
}
