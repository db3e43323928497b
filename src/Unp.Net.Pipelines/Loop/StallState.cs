using System.Diagnostics;

namespace Unp.Net.Pipelines;

/// <summary>
/// Detects that one loop has stayed in the same turn for too long. The <see cref="StallMonitor"/> calls it on its thread.
/// </summary>
/// <remarks>
/// The check from outside has two advantages: the loop itself need not read a clock, and a turn that never ends is detected as well. While
/// the histogram <c>unp.loop.lag</c> has a listener, each check also measures how long posted work waits.
/// </remarks>
sealed class StallState : IDisposable
{
    const int ChecksPerThreshold = 4;

    readonly EventLoop loop;
    readonly EventLoopOptions options;
    readonly LoopMeter meter;
    readonly long checkInterval;

    // The turn that the last check saw, and the time of the first check that saw it.
    int lastTurn;
    long firstSeen;
    bool isReported;

    // 1 while the work that measures the lag is posted and has not run.
    int isProbing;
    long probeStarted;

    StallState(EventLoop loop, EventLoopOptions options, LoopMeter meter)
    {
        this.loop = loop;
        this.options = options;
        this.meter = meter;
        checkInterval = Math.Max(1, (long)options.StallTimeout.TotalMilliseconds / ChecksPerThreshold);
        NextCheck = Environment.TickCount64 + checkInterval;
    }

    /// <summary>Starts the checks of a loop. Returns null if <see cref="EventLoopOptions.StallTimeout"/> turns them off.</summary>
    public static StallState? Start(EventLoop loop, EventLoopOptions options, LoopMeter meter)
    {
        if (options.StallTimeout == Timeout.InfiniteTimeSpan)
            return null;
        var state = new StallState(loop, options, meter);
        StallMonitor.Add(state);
        return state;
    }

    public void Dispose() => StallMonitor.Remove(this);

    /// <summary>The time of the next check, by <see cref="Environment.TickCount64"/>.</summary>
    public long NextCheck { get; private set; }

    public void CheckIfDue(long now)
    {
        if (now < NextCheck)
            return;
        NextCheck = now + checkInterval;
        Check();
    }

    void Check()
    {
        int turn = loop.Turn;
        long now = Stopwatch.GetTimestamp();
        bool isWorking = turn % 2 != 0;
        if (turn != lastTurn || !isWorking)
        {
            (lastTurn, firstSeen, isReported) = (turn, now, false);
        }
        else if (Stopwatch.GetElapsedTime(firstSeen, now) is var taken && taken >= options.StallTimeout)
        {
            if (!isReported)
                ReportStall(taken);
            isReported = true;
            loop.BreakWait();
        }

        if (meter.IsLagEnabled && Interlocked.Exchange(ref isProbing, 1) == 0)
        {
            probeStarted = now;
            loop.TryPostOwn(static state => ((StallState)state!).EndProbe(), this);
        }
    }

    void ReportStall(TimeSpan taken)
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

    /// <summary>Records the lag. Runs on the loop's thread.</summary>
    void EndProbe()
    {
        meter.RecordLag(Stopwatch.GetElapsedTime(probeStarted));
        Volatile.Write(ref isProbing, 0);
    }
}
