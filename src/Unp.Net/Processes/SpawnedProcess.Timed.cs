namespace Unp.Net;

// Waits with a limit.
public sealed partial class SpawnedProcess
{
    /// <summary>The longest pause between two checks of the status when no descriptor reports the end.</summary>
    static readonly TimeSpan MaxAskInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the end of the child for at most this time, and collects its status (UNP 5.10).</summary>
    /// <remarks>The method polls <see cref="Pidfd"/>. Without one, the status is checked every 1 to 100 ms.</remarks>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <returns>The status, as <see cref="Wait()"/> returns it; null if the child still runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed.</exception>
    /// <example>
    /// <code>
    /// if (child.Wait(TimeSpan.FromSeconds(5)) is null)
    /// {
    ///     child.Kill(SIGKILL);
    ///     child.Wait();
    /// }
    /// </code>
    /// </example>
    public WaitStatus? Wait(TimeSpan timeout)
    {
        var deadline = new Deadline(timeout);
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        WaitStatus ended;
        while (!TryWait(out ended))
        {
            if (deadline.IsOver)
                return null;
            TimeSpan rest = deadline.IsInfinite ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(deadline.RestIn(1000));
            if (TryGetPidfd() is { } descriptor)
            {
                Libunp.Readable_timeo(descriptor, rest);
                continue;
            }
            Libunp.Poll([], deadline.IsInfinite || rest > interval ? interval : rest);
            interval = Longer(interval);
        }
        return ended;
    }

    /// <summary>Waits for the end of the child without a thread or a descriptor, and collects its status.</summary>
    /// <remarks>
    /// The status is checked every 1 to 100 ms, on every system. <c>EventLoop.WaitForExitAsync</c> of Unp.Net.Pipelines watches the pidfd
    /// instead.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait. The child continues to run.</param>
    /// <returns>The status, as <see cref="Wait()"/> returns it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">This object is disposed.</exception>
    public async Task<WaitStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        WaitStatus ended;
        while (!TryWait(out ended))
        {
            await Task.Delay(interval, cancellationToken).ConfigureAwait(false);
            interval = Longer(interval);
        }
        return ended;
    }

    static TimeSpan Longer(TimeSpan interval) => interval * 2 < MaxAskInterval ? interval * 2 : MaxAskInterval;

    /// <summary>Null if there is no pidfd, or no descriptor is free for it, or the status was collected just now.</summary>
    Fd? TryGetPidfd()
    {
        try
        {
            return Pidfd;
        }
        catch (UnpException)
        {
            return null;
        }
    }
}
