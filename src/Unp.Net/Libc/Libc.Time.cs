using System.Runtime.InteropServices;

namespace Unp.Net;

// <time.h>
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>tzset(3)</c>: reads the time zone from TZ, or from the system's setting if TZ is not set. TZ has the value at the start of
    /// the process, because <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach the C library.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/tzset.3.html">tzset(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial void tzset();

    /// <summary>
    /// <c>localtime_r(3)</c>: converts a time to the local time zone. Unlike <see cref="TimeZoneInfo"/>, the C library understands the
    /// zones of POSIX (<c>CET-1CEST</c>). <see cref="tzset"/> must be called first.
    /// </summary>
    /// <param name="clock">Seconds since 1970-01-01 UTC.</param>
    /// <param name="result">Receives the date and time.</param>
    /// <returns>False if the year does not fit (EOVERFLOW).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/localtime_r.3.html">localtime_r(3)</seealso>
    public static bool localtime_r(long clock, out tm result)
    {
        fixed (tm* destination = &result)
            return localtime_r(&clock, destination) is not null;
    }

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial tm* localtime_r(long* clock, tm* result);
}
