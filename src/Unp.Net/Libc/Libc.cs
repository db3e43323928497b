namespace Unp.Net;

/// <summary>
/// The functions and constants of the C library, unchanged and under their C names. A call that fails returns -1 and sets
/// <see cref="Errno.Last"/>. No call is retried, and no flag is added. Use it where an error is an expected result, such as the EAGAIN of a
/// non-blocking descriptor; <see cref="Libunp"/> throws exceptions instead.
/// </summary>
/// <remarks>
/// Each function with a descriptor has an overload for an <see cref="int"/> and usually one for a
/// <see cref="System.Runtime.InteropServices.SafeHandle"/>, which it keeps open during the call. A constant that this system lacks throws
/// <see cref="PlatformNotSupportedException"/> with its name when it is read.
/// </remarks>
public static partial class Libc
{
    /// <summary>The name under which the runtime finds the C library on every system.</summary>
    const string LibraryName = "libc";
}
