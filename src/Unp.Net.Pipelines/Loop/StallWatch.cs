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
    readonly Timer timer;
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
        TimeSpan every = options.StallThreshold / LooksPerThreshold;
        using (ExecutionContext.SuppressFlow())
            timer = new Timer(static watch => ((StallWatch)watch!).Look(), this, every, every);
    }

    /// <summary>Null when nobody wants it.</summary>
    public static StallWatch? Start(EventLoop loop, EventLoopOptions options, LoopMeter meter) =>
        options.StallThreshold == Timeout.InfiniteTimeSpan ? null : new StallWatch(loop, options, meter);

    public void Dispose() => timer.Dispose();

    void Look()
    {
        int turn = loop.Turn;
        long now = Stopwatch.GetTimestamp();
        bool isWorking = turn % 2 != 0;
        if (turn != seen || !isWorking)
        {
            (seen, since, isTold) = (turn, now, false);
        }
        else if (!isTold && Stopwatch.GetElapsedTime(since, now) is var taken && taken >= options.StallThreshold)
        {
            isTold = true;
            meter.CountStall();
            Tell(taken);
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
