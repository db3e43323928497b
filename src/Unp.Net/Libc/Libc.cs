namespace Unp.Net;

/// <summary>
/// The C library as it is: functions under their C names, constants, and nothing in between. A call that fails returns -1 and leaves
/// <see cref="Errno.Last"/>; nothing is retried, and no flag is added. It is for those who expect errors (a non-blocking descriptor's EAGAIN);
/// <see cref="Libunp"/> stands above it for all others.
/// </summary>
/// <remarks>
/// Every function that takes a descriptor takes an <see cref="int"/> or a <see cref="System.Runtime.InteropServices.SafeHandle"/>, which it keeps
/// open during the call. A constant that this system lacks throws <see cref="PlatformNotSupportedException"/> with its name when it is read.
/// </remarks>
public static partial class Libc
{
    /// <summary>The name under which the runtime finds the C library on every system.</summary>
    const string LibraryName = "libc";
}
