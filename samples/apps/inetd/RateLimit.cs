using System.Net;

namespace Unp.Samples.inetd;

/// <summary>A limit on starts per minute, in total and per client address. The minute begins with its first start.</summary>
/// <param name="clock">The source of the time.</param>
sealed class RateLimit(TimeProvider clock)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    readonly Dictionary<IPAddress, int> sources = [];
    long started;
    int count;

    /// <summary>Gets the remaining time of the minute.</summary>
    public TimeSpan Rest => Period - clock.GetElapsedTime(started);

    /// <summary>Counts a start.</summary>
    /// <param name="limit">The maximum number of starts. 0 means no limit.</param>
    /// <returns>Whether the start is within the limit.</returns>
    public bool Count(int limit)
    {
        Begin();
        return ++count <= limit || limit == 0;
    }

    /// <summary>Takes back the last count, because nothing was started.</summary>
    public void TakeBack() => count = Math.Max(0, count - 1);

    /// <summary>Counts a start for a client address.</summary>
    /// <param name="source">The client's address.</param>
    /// <param name="limit">The maximum number of starts per address. 0 means no limit.</param>
    /// <param name="isFirst">Whether this is the first start above the limit.</param>
    /// <returns>Whether the start is within the limit.</returns>
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
