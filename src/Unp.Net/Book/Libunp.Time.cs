using System.Globalization;

namespace Unp.Net;

public static partial class Libunp
{
    const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>Returns the local time of day with microseconds: <c>"08:31:59.012345"</c> (UNP 16.2).</summary>
    /// <param name="time">The clock; null means the system's. The time zone is that of the C library in any case.</param>
    public static string gf_time(TimeProvider? time = null) =>
        LocalTime.At((time ?? TimeProvider.System).GetUtcNow()).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>Subtracts a time from another: <c>out -= in</c> (UNP 28.5).</summary>
    /// <param name="time">The time, which becomes the difference. Its microseconds become 0 to 999,999.</param>
    /// <param name="subtrahend">The time to subtract.</param>
    public static void tv_sub(ref timeval time, in timeval subtrahend)
    {
        long seconds = time.tv_sec - subtrahend.tv_sec;
        long microseconds = time.tv_usec - subtrahend.tv_usec;
        if (microseconds < 0)
        {
            seconds--;
            microseconds += MicrosecondsPerSecond;
        }
        time = new timeval(seconds, microseconds);
    }
}
