using System.Diagnostics;

namespace Unp.Net.Pipelines;

/// <summary>
/// Looks from outside whether a loop is in the same turn for too long, so that the loop itself need not look at a clock, and one that never comes back is
/// seen too. While somebody listens it measures the lag as well: how long posted work waits.
/// </summary>
sealed class StallWatch : IDisposable
{
    const int LooksPerThreshold = 4;

    readonly EventLoop loop;
    readonly EventLoopOptions options;
    readonly LoopMeter meter;
    readonly long every;
    int seen;
    long since;
    bool isTold;
    int isProbing;
    long probed;

    StallWatch(EventLoop loop, EventLoopOptions options, LoopMeter meter)
    {
        this.loop = loop;
        this.options = options;
        this.meter = meter;
        every = Math.Max(1, (long)options.StallThreshold.TotalMilliseconds / LooksPerThreshold);
        Due = Environment.TickCount64 + every;
    }

    /// <summary>Null when nobody wants it.</summary>
    public static StallWatch? Start(EventLoop loop, EventLoopOptions options, LoopMeter meter)
    {
        if (options.StallThreshold == Timeout.InfiniteTimeSpan)
            return null;
        var watch = new StallWatch(loop, options, meter);
        StallWatcher.Add(watch);
        return watch;
    }

    public void Dispose() => StallWatcher.Remove(this);

    /// <summary>When it is to look next: <see cref="Environment.TickCount64"/>.</summary>
    public long Due { get; private set; }

    public void LookIfDue(long now)
    {
        if (now < Due)
            return;
        Due = now + every;
        Look();
    }

    void Look()
    {
        int turn = loop.Turn;
        long now = Stopwatch.GetTimestamp();
        bool isWorking = turn % 2 != 0;
        if (turn != seen || !isWorking)
        {
            (seen, since, isTold) = (turn, now, false);
        }
        else if (Stopwatch.GetElapsedTime(since, now) is var taken && taken >= options.StallThreshold)
        {
            if (!isTold)
                Tell(taken);
            isTold = true;
            loop.BreakWait();
        }

        if (meter.WantsLag && Interlocked.Exchange(ref isProbing, 1) == 0)
        {
            probed = now;
            loop.TryPostOwn(static watch => ((StallWatch)watch!).Probed(), this);
        }
    }

    void Tell(TimeSpan taken)
    {
        try
        {
            meter.CountStall();
            options.OnStall?.Invoke(loop, taken);
        }
        catch (Exception e)
        {
            loop.Report(e);
        }
    }

    void Probed()
    {
        meter.RecordLag(Stopwatch.GetElapsedTime(probed));
        Volatile.Write(ref isProbing, 0);
    }
}
