namespace Unp.Net.Pipelines;

/// <summary>
/// A timer of an <see cref="EventLoop"/>, created by <see cref="EventLoop.Schedule(TimeSpan, Action, TimeSpan?)"/>.
/// </summary>
/// <remarks>
/// After <see cref="Dispose"/> on the loop's thread, the work no longer runs. After <see cref="Dispose"/> on another thread, the work may
/// run once more if it is due.
/// </remarks>
public sealed class LoopTimer : IDisposable
{
    readonly EventLoop loop;
    readonly Delegate work;
    readonly object? state;
    readonly ExecutionContext? context;
    bool isDisposed;

    /// <param name="loop">The loop.</param>
    /// <param name="work">The work, as in <see cref="WorkItem"/>.</param>
    /// <param name="state">The argument of the work.</param>
    /// <param name="context">The context in which the work runs; null for the loop's own context.</param>
    internal LoopTimer(EventLoop loop, Delegate work, object? state, ExecutionContext? context)
    {
        this.loop = loop;
        this.work = work;
        this.state = state;
        this.context = context;
    }

    /// <summary>The timestamp of the loop's clock at which the timer must run.</summary>
    internal long Due { get; set; }

    /// <summary>The timestamp by which the heap is ordered, never later than <see cref="Due"/> (see EventLoop.Timers.cs).</summary>
    internal long HeapTime { get; set; }

    /// <summary>The number of timers that were set earlier. Timers that are due at the same time run in this order.</summary>
    internal long Order { get; set; }

    /// <summary>The index in the heap, or -1.</summary>
    internal int Index { get; set; } = -1;

    internal TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

    internal bool IsDisposed => Volatile.Read(ref isDisposed);

    /// <summary>The delay that waits for this timer, or null. The loop completes it with an error when the loop ends earlier.</summary>
    internal LoopDelay? Delay => state as LoopDelay;

    /// <summary>Sets the timer again, whether it has run or still waits. Any thread may call it.</summary>
    /// <param name="due">The delay from now; zero for the next turn.</param>
    /// <param name="period">The time between two runs; null for one run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, or the period is zero.</exception>
    /// <exception cref="ObjectDisposedException">The timer is disposed, or the loop has ended.</exception>
    public void Change(TimeSpan due, TimeSpan? period = null)
    {
        EventLoop.CheckTimes(due, period);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        loop.Set(this, due, period);
    }

    /// <summary>Cancels the timer. Any thread may call it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        if (loop.IsCurrent)
            loop.Unset(this);
        else
            loop.TryPostOwn(static timer => ((LoopTimer)timer!).loop.Unset((LoopTimer)timer), this);
    }

    /// <summary>Runs the work. Only on the loop's thread.</summary>
    internal void Run() => loop.Invoke(work, state, context);
}
