using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Unp.Net;

// <sys/eventfd.h>: Linux, and FreeBSD from 13 on.
public static partial class Libc
{
    /// <summary><c>eventfd(2)</c>: a counter that is a descriptor: readable while it is not 0; a write of 8 bytes adds, a read of 8 takes.</summary>
    /// <param name="initval">What it starts with.</param>
    /// <param name="flags">0, or EFD_CLOEXEC, EFD_NONBLOCK and EFD_SEMAPHORE ored.</param>
    /// <returns>The descriptor, or -1: EINVAL (unknown flags), EMFILE, ENFILE, ENODEV, ENOMEM.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [UnsupportedOSPlatform("macos")]
    public static partial int eventfd(uint initval, int flags);
}
