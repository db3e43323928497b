using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Unp.Net;

// <stdlib.h>
public static unsafe partial class Libc
{
    /// <summary><c>abort(3)</c>: ends the process by SIGABRT, with a core file where the system writes them.</summary>
    [DoesNotReturn]
    [LibraryImport(LibraryName)]
    public static partial void abort();

    /// <summary><c>posix_openpt(3)</c>: the master side of a new pseudo-terminal.</summary>
    /// <param name="flags">O_RDWR, ored with O_NOCTTY; Linux and FreeBSD know O_CLOEXEC too.</param>
    /// <returns>The descriptor, or -1: EAGAIN or ENOSPC (too many of them), EMFILE, ENFILE, ENOENT (no devpts mounted).</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int posix_openpt(int flags);

    /// <summary><c>grantpt(3)</c>: the slave becomes the caller's own. On Linux it is from the start.</summary>
    /// <returns>0, or -1: EINVAL or ENOTTY (not a master), EACCES, EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int grantpt(int fd);

    /// <inheritdoc cref="grantpt(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int grantpt(SafeHandle fd);

    /// <summary><c>unlockpt(3)</c>: from now on the slave can be opened.</summary>
    /// <returns>0, or -1: EINVAL or ENOTTY (not a master), EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int unlockpt(int fd);

    /// <inheritdoc cref="unlockpt(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int unlockpt(SafeHandle fd);

    /// <summary><c>ptsname_r(3)</c>: the path of the slave, NUL-terminated. macOS 10.13.4, FreeBSD 13.1.</summary>
    /// <returns>0, or an errno (on macOS -1, and it is left in <see cref="Errno.Last"/>): ENOTTY (not a master), ERANGE (no room), EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ptsname_r(int fd, byte* buf, nuint buflen);

    /// <inheritdoc cref="ptsname_r(int, byte*, nuint)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int ptsname_r(SafeHandle fd, byte* buf, nuint buflen);
}
