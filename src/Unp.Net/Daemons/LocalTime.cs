using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The local time of the C library, which syslogd and all other programs of the system use. .NET takes a zone of POSIX (<c>CET-1CEST</c>)
/// for UTC.
/// </summary>
static class LocalTime
{
    /// <summary>The offset that .NET can express: whole minutes, up to 14 hours.</summary>
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
