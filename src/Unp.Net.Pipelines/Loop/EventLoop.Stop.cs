namespace Unp.Net.Pipelines;

// How it ends.
public sealed partial class EventLoop
{
    readonly CancellationTokenSource stopping = new();
    bool isStopping;
    bool isAborted;

    /// <summary>
    /// Is cancelled when <see cref="StopAsync"/> was called, on the loop's thread: a server stops accepting then, and ends its connections when they are at
    /// a good place.
    /// </summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>
    /// Completes when the loop has ended: true when there was nothing left to do, false when it was aborted. It fails with what the poller has failed with.
    /// </summary>
    public Task<bool> Completion => ended.Task;

    bool IsAborted => Volatile.Read(ref isAborted);

    /// <summary>
    /// Stops the loop: cancels <see cref="Stopping"/>, lets what goes on come to its end, which is when all sockets are closed and all posted work is done,
    /// and aborts the rest when the time is over.
    /// </summary>
    /// <remarks>
    /// To abort is to close all sockets and to end all waiting with an <see cref="ObjectDisposedException"/>; work that was posted and not begun, and
    /// timers, are dropped. Timers do not keep the loop, and run as long as something else does.
    /// </remarks>
    /// <param name="drain">How long to wait for that; zero aborts at once, <see cref="Timeout.InfiniteTimeSpan"/> never. By the loop's clock.</param>
    /// <returns>Whether it has come to its end by itself: <see cref="Completion"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public Task<bool> StopAsync(TimeSpan drain)
    {
        if (drain != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(drain, TimeSpan.Zero);
        if (drain == TimeSpan.Zero)
            Abort();
        else
            TryPostOwn(static state => ((Stop)state!).Begin(), new Stop(this, drain));
        return Completion;
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

    void Abort()
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
