using System.Net;

namespace Unp.Samples.inetd;

/// <summary>Counts how often something was asked for within a minute, from its first time on, and by whom.</summary>
/// <param name="clock">What tells the time.</param>
sealed class RateLimit(TimeProvider clock)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    readonly Dictionary<IPAddress, int> sources = [];
    long started;
    int count;

    /// <summary>How long the minute still lasts.</summary>
    public TimeSpan Rest => Period - clock.GetElapsedTime(started);

    /// <summary>Counts one more.</summary>
    /// <param name="limit">How many there may be; 0: any number.</param>
    /// <returns>Whether there may be.</returns>
    public bool Count(int limit)
    {
        Begin();
        return ++count <= limit || limit == 0;
    }

    /// <summary>Takes the last count back, because nothing was started.</summary>
    public void TakeBack() => count = Math.Max(0, count - 1);

    /// <summary>Counts one more of a source.</summary>
    /// <param name="source">Who asks.</param>
    /// <param name="limit">How many there may be of it; 0: any number.</param>
    /// <param name="isFirst">Whether it is the first that is too many.</param>
    /// <returns>Whether there may be.</returns>
    public bool Count(IPAddress source, int limit, out bool isFirst)
    {
        isFirst = false;
        if (limit == 0)
            return true;
        Begin();
        sources.TryGetValue(source, out int number);
        sources[source] = ++number;
        isFirst = number == limit + 1;
        return number <= limit;
    }

    void Begin()
    {
        if (count + sources.Count > 0 && Rest > TimeSpan.Zero)
            return;
        started = clock.GetTimestamp();
        count = 0;
        sources.Clear();
    }
}
