using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Unp.Net;

// <stdlib.h>
public static unsafe partial class Libc
{
    /// <summary><c>abort(3)</c>: ends the process by SIGABRT, with a core file if the system writes them.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/abort.3.html">abort(3)</seealso>
    [DoesNotReturn]
    [LibraryImport(LibraryName)]
    public static partial void abort();

    /// <summary><c>posix_openpt(3)</c>: opens the master side of a new pseudo-terminal.</summary>
    /// <param name="flags">O_RDWR, combined with O_NOCTTY; on Linux and FreeBSD also O_CLOEXEC.</param>
    /// <returns>The descriptor, or -1: EAGAIN or ENOSPC (too many pseudo-terminals), EMFILE, ENFILE, ENOENT (no devpts mounted).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/posix_openpt.3.html">posix_openpt(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int posix_openpt(int flags);

    /// <summary><c>grantpt(3)</c>: makes the caller the owner of the slave. On Linux the caller is the owner from the start.</summary>
    /// <returns>0, or -1: EINVAL or ENOTTY (not a master), EACCES, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/grantpt.3.html">grantpt(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int grantpt(int fd);

    /// <inheritdoc cref="grantpt(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int grantpt(SafeHandle fd);

    /// <summary><c>unlockpt(3)</c>: allows opening the slave.</summary>
    /// <returns>0, or -1: EINVAL or ENOTTY (not a master), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/unlockpt.3.html">unlockpt(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int unlockpt(int fd);

    /// <inheritdoc cref="unlockpt(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int unlockpt(SafeHandle fd);

    /// <summary><c>ptsname_r(3)</c>: returns the NUL-terminated path of the slave. macOS 10.13.4, FreeBSD 13.1.</summary>
    /// <returns>
    /// 0, or an errno (on macOS -1, with the error in <see cref="Errno.Last"/>): ENOTTY (not a master), ERANGE (the buffer is too small),
    /// EBADF.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/ptsname_r.3.html">ptsname_r(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ptsname_r(int fd, byte* buf, nuint buflen);

    /// <inheritdoc cref="ptsname_r(int, byte*, nuint)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ptsname_r(SafeHandle fd, byte* buf, nuint buflen);
}
