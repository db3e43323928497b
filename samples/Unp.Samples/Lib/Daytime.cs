using System.Globalization;
using System.Text;

namespace Unp.Samples;

/// <summary>The reply of the daytime service (RFC 867).</summary>
static class Daytime
{
    static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Returns 26 bytes: the date and time in the format of ctime(3), with CR LF in place of the newline.</summary>
    public static byte[] Line()
    {
        tzset(); // as ctime does
        if (!localtime_r(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out tm now))
            err_sys("localtime_r error");
        return Line(now);
    }

    internal static byte[] Line(in tm time)
    {
        string date = $"{Days[time.tm_wday]} {Months[time.tm_mon]} {Number(time.tm_mday, "0").PadLeft(2)}";
        string clock = $"{Number(time.tm_hour)}:{Number(time.tm_min)}:{Number(time.tm_sec)}";
        return Encoding.ASCII.GetBytes($"{date} {clock} {Number(1900 + time.tm_year)}\r\n");
    }

    static string Number(int number, string format = "00") => number.ToString(format, CultureInfo.InvariantCulture);
}
