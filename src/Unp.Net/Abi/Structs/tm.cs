namespace Unp.Net;

/// <summary>A calendar date and time, as returned by <c>localtime_r</c>. (localtime(3))</summary>
public struct tm
{
    /// <summary>Seconds, 0 to 60: 60 is a leap second.</summary>
    public int tm_sec;

    /// <summary>Minutes, 0 to 59.</summary>
    public int tm_min;

    /// <summary>Hours, 0 to 23.</summary>
    public int tm_hour;

    /// <summary>Day of the month, 1 to 31.</summary>
    public int tm_mday;

    /// <summary>Month, 0 (January) to 11.</summary>
    public int tm_mon;

    /// <summary>Year minus 1900.</summary>
    public int tm_year;

    /// <summary>Day of the week, 0 (Sunday) to 6.</summary>
    public int tm_wday;

    /// <summary>Day of the year, 0 to 365.</summary>
    public int tm_yday;

    /// <summary>Above 0: daylight saving time; 0: standard time; below 0: unknown.</summary>
    public int tm_isdst;

    /// <summary>Seconds east of UTC.</summary>
    public long tm_gmtoff;

    /// <summary>The abbreviation of the time zone, a C string owned by the C library.</summary>
    public nint tm_zone;

    /// <summary>Returns date and time: <c>"2003-11-25 23:59:60"</c>.</summary>
    public override readonly string ToString() =>
        $"{tm_year + 1900:0000}-{tm_mon + 1:00}-{tm_mday:00} {tm_hour:00}:{tm_min:00}:{tm_sec:00}";
}
