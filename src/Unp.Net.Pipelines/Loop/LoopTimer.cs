namespace Unp.Net.Pipelines;

/// <summary>Something that an <see cref="EventLoop"/> does when its time has come: what <see cref="EventLoop.Schedule(TimeSpan, Action, TimeSpan?)"/> returns.</summary>
/// <remarks>Disposed on the loop's thread it is not called any more. Disposed on another it may be called once more, if it is due.</remarks>
public sealed class LoopTimer : IDisposable
{
    readonly EventLoop loop;
    readonly Delegate work;
    readonly object? state;
    readonly ExecutionContext? context = ExecutionContext.Capture();
    bool isDisposed;

    internal LoopTimer(EventLoop loop, Delegate work, object? state)
    {
        this.loop = loop;
        this.work = work;
        this.state = state;
    }

    /// <summary>When it is due, by the loop's clock.</summary>
    internal long Due { get; set; }

    /// <summary>Until when it is not due for sure: where it is in the heap. Putting a timer off, as each request of a connection does, only changes <see cref="Due"/>.</summary>
    internal long Place { get; set; }

    /// <summary>How many were set before it: of those due at the same time the one that was set first comes first.</summary>
    internal long Order { get; set; }

    /// <summary>Its index in the heap, or -1.</summary>
    internal int Index { get; set; } = -1;

    internal TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

    internal bool IsDisposed => Volatile.Read(ref isDisposed);

    /// <summary>What waits for it, and has to know when the loop ends before.</summary>
    internal LoopDelay? Delay => state as LoopDelay;

    /// <summary>Sets it anew, also when it has run or waits to. Any thread may call it.</summary>
    /// <param name="due">From now; zero for the next turn.</param>
    /// <param name="period">After that, again and again; null for once.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is negative, or the period zero.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed, or the loop has ended.</exception>
    public void Change(TimeSpan due, TimeSpan? period = null)
    {
        EventLoop.CheckTimes(due, period);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        loop.Set(this, due, period);
    }

    /// <summary>Cancels it.</summary>
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
