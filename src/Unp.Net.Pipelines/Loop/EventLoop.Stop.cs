namespace Unp.Net.Pipelines;

// How the loop ends. Each flag is set once and never cleared:
//
//   isStopRequested  set by StopAsync on any thread: cancellations are no longer faults
//   isStopping       set on the loop's thread: Stopping is cancelled, the loop drains, and ends when nothing is left to do
//   isAborted        set by Abort on any thread, also at the end of the drain time: the loop ends before its next wait
//   isClosed         set on the loop's thread, under gate: no more work is accepted, and all sockets are closed
//   ended            completed on the loop's thread: true if the loop drained, false if it was aborted
public sealed partial class EventLoop
{
    readonly CancellationTokenSource stopping = new();
    bool isStopping;
    bool isStopRequested;
    bool isAborted;

    /// <summary>
    /// Gets a token that is cancelled on the loop's thread after a call of <see cref="StopAsync"/>. A server then stops accepting, and ends
    /// each connection at the next suitable point.
    /// </summary>
    /// <remarks>
    /// The continuation of a task that this token cancels (<see cref="Task.Delay(TimeSpan, CancellationToken)"/>) may run on
    /// the loop's thread.
    /// </remarks>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>
    /// Gets a task that completes when the loop has ended. The result is true if nothing was left to do, and false if the loop was aborted.
    /// The task fails if the poller has failed. <see cref="EventLoopOptions.OnException"/> receives that exception as well.
    /// </summary>
    /// <remarks>
    /// Its continuations never run on the loop's thread. A wait without limit (<see cref="Task.Wait()"/>,
    /// <see cref="Task{TResult}.Result"/>) on that thread could never end, and throws an <see cref="InvalidOperationException"/> inside a
    /// <see cref="TaskSchedulerException"/>.
    /// </remarks>
    public Task<bool> Completion { get; }

    bool IsStopRequested => Volatile.Read(ref isStopRequested);

    bool IsAborted => Volatile.Read(ref isAborted);

    /// <summary>
    /// Stops the loop: cancels <see cref="Stopping"/>, and waits until all sockets are closed and all posted work is done. Aborts the loop
    /// if that takes longer than <paramref name="drain"/>.
    /// </summary>
    /// <remarks>
    /// <para>An abort closes all sockets and ends all waits with an <see cref="ObjectDisposedException"/>. It drops timers, and posted work
    /// that has not begun. Timers do not keep the loop alive, but they run as long as the loop does.</para>
    /// <para>An exception that only says that the loop stops does not reach <see cref="EventLoopOptions.OnException"/>. All other
    /// exceptions are reported. These only say that the loop stops:</para>
    /// <list type="bullet">
    /// <item>an <see cref="OperationCanceledException"/> after this call;</item>
    /// <item>an <see cref="ObjectDisposedException"/> after the loop was aborted or has ended;</item>
    /// <item>an <see cref="IOException"/> or <see cref="AggregateException"/> whose inner exceptions are such exceptions.</item>
    /// </list>
    /// </remarks>
    /// <param name="drain">
    /// The time to drain, by the loop's clock. Zero aborts at once. <see cref="Timeout.InfiniteTimeSpan"/> never aborts.
    /// </param>
    /// <returns>The task <see cref="Completion"/>. Its result is whether the loop ended without an abort.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    /// <example>
    /// <code>
    /// bool drained = await loop.StopAsync(TimeSpan.FromSeconds(10));
    /// </code>
    /// </example>
    public Task<bool> StopAsync(TimeSpan drain)
    {
        RequestStop(drain);
        if (drain == TimeSpan.Zero)
            Abort();
        else
            TryPostOwn(_ => BeginStop(drain), null);
        return Completion;
    }

    /// <summary>
    /// Marks the stop as requested, so that a cancellation is no longer a fault. A group marks all its loops before the first loop cancels
    /// its token.
    /// </summary>
    internal void RequestStop(TimeSpan drain)
    {
        if (drain != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(drain, TimeSpan.Zero);
        Volatile.Write(ref isStopRequested, true);
    }

    /// <summary>Aborts the loop, and waits until its thread has ended. On the loop's own thread it does not wait.</summary>
    public void Dispose()
    {
        Abort();
        if (!IsCurrent)
            thread.Join();
    }

    /// <summary>Aborts the loop, and completes when the loop has ended. On the loop's own thread it completes at once.</summary>
    public ValueTask DisposeAsync()
    {
        Abort();
        return IsCurrent ? default : new ValueTask(Completion.ContinueWith(static _ => { }, TaskScheduler.Default));
    }

    internal void Abort()
    {
        Volatile.Write(ref isAborted, true);
        Wake();
    }

    void BeginStop(TimeSpan drain)
    {
        if (IsClosed)
            return; // the loop was aborted after StopAsync had posted this
        if (drain != Timeout.InfiniteTimeSpan)
            ScheduleOwn(drain, static loop => ((EventLoop)loop!).Abort(), this);
        if (isStopping)
            return;
        isStopping = true;
        stopping.Cancel();
    }
}
