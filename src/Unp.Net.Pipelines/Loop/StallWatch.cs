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
    readonly ManualResetEventSlim ended = new();
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

        // A thread of its own, and no timer: the pool that a timer runs on starts threads whenever it wants them, which takes descriptors (.NET 10), and where none is
        // free the runtime ends the process. A server has to outlive that.
        new Thread(Watch) { IsBackground = true, Name = $"{options.Name} watch" }.UnsafeStart();
    }

    /// <summary>Null when nobody wants it.</summary>
    public static StallWatch? Start(EventLoop loop, EventLoopOptions options, LoopMeter meter) =>
        options.StallThreshold == Timeout.InfiniteTimeSpan ? null : new StallWatch(loop, options, meter);

    public void Dispose() => ended.Set();

    void Watch()
    {
        double every = options.StallThreshold.TotalMilliseconds / LooksPerThreshold;
        while (!ended.Wait((int)Math.Clamp(every, 1, 60_000)))
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
