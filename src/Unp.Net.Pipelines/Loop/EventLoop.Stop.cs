namespace Unp.Net.Pipelines;

// How it ends.
public sealed partial class EventLoop
{
    readonly CancellationTokenSource stopping = new();
    bool isStopping;
    bool isStopRequested;
    bool isAborted;

    /// <summary>
    /// Is cancelled when <see cref="StopAsync"/> was called, on the loop's thread: a server stops accepting then, and ends its connections when they are at
    /// a good place.
    /// </summary>
    /// <remarks>
    /// The continuation of a task that this token cancels (<see cref="Task.Delay(TimeSpan, CancellationToken)"/>) may run on
    /// the loop's thread.
    /// </remarks>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>
    /// Completes when the loop has ended: true when there was nothing left to do, false when it was aborted. It fails with what the poller
    /// has failed with, which <see cref="EventLoopOptions.OnException"/> gets, too.
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
    /// Stops the loop: cancels <see cref="Stopping"/>, lets what goes on come to its end, which is when all sockets are closed and all posted work is done,
    /// and aborts the rest when the time is over.
    /// </summary>
    /// <remarks>
    /// <para>To abort is to close all sockets and to end all waiting with an <see cref="ObjectDisposedException"/>; work that was posted
    /// and not begun, and timers, are dropped. Timers do not keep the loop, and run as long as something else does.</para>
    /// <para>An exception that only says that the loop stops does not reach <see cref="EventLoopOptions.OnException"/>: an
    /// <see cref="OperationCanceledException"/> from this call on, an <see cref="ObjectDisposedException"/> when the loop is aborted or has
    /// ended, and an <see cref="IOException"/> that was caused by either. All other exceptions do.</para>
    /// </remarks>
    /// <param name="drain">How long to wait for that; zero aborts at once, <see cref="Timeout.InfiniteTimeSpan"/> never. By the loop's clock.</param>
    /// <returns>Whether it has come to its end by itself: <see cref="Completion"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public Task<bool> StopAsync(TimeSpan drain)
    {
        RequestStop(drain);
        if (drain == TimeSpan.Zero)
            Abort();
        else
            TryPostOwn(static state => ((Stop)state!).Begin(), new Stop(this, drain));
        return Completion;
    }

    /// <summary>
    /// From now on a cancellation is no fault. A group does this to all its loops before the first one cancels its
    /// token.
    /// </summary>
    internal void RequestStop(TimeSpan drain)
    {
        if (drain != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(drain, TimeSpan.Zero);
        Volatile.Write(ref isStopRequested, true);
    }

    /// <summary>Aborts the loop, and waits until its thread has ended unless this is that thread.</summary>
    public void Dispose()
    {
        Abort();
        if (!IsCurrent)
            thread.Join();
    }

    /// <summary>Aborts the loop, and completes when it has ended; on the loop's own thread before that.</summary>
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

    sealed class Stop(EventLoop loop, TimeSpan drain)
    {
        public void Begin()
        {
            if (loop.IsClosed)
                return; // it was aborted meanwhile
            if (drain != Timeout.InfiniteTimeSpan)
                loop.Schedule(drain, loop.Abort);
            if (loop.isStopping)
                return;
            loop.isStopping = true;
            loop.stopping.Cancel();
        }
    }
}
