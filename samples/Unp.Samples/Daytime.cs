using System.Globalization;
using System.Text;

namespace Unp.Samples;

/// <summary>The daytime service's answer (RFC 867).</summary>
static class Daytime
{
    /// <summary>26 bytes: the date and time as C's <c>ctime(3)</c> writes them, without its newline, and CR LF.</summary>
    public static byte[] Line() => Line(DateTime.Now);

    internal static byte[] Line(DateTime time) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time:ddd MMM} {time.Day,2} {time:HH:mm:ss yyyy}\r\n"));
}
