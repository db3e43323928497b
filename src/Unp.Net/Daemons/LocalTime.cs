using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The local time of the C library, which syslogd and the other programs of the system use. .NET treats a POSIX time zone
/// (<c>CET-1CEST</c>) as UTC.
/// </summary>
static class LocalTime
{
    /// <summary>The largest offset of a <see cref="DateTimeOffset"/>, 14 hours. Offsets are whole minutes.</summary>
    const int MaxOffsetMinutes = 14 * 60;

    internal static DateTimeOffset Now => At(DateTimeOffset.UtcNow);

    internal static DateTimeOffset At(DateTimeOffset time)
    {
        tzset();
        if (!localtime_r(time.ToUnixTimeSeconds(), out tm local))
            return time;
        int minutes = (int)Math.Clamp(local.tm_gmtoff / 60, -MaxOffsetMinutes, MaxOffsetMinutes);
        return time.ToOffset(TimeSpan.FromMinutes(minutes));
    }
}
