namespace Unp.Net.Pipelines;

// Signals and child processes.
public sealed partial class EventLoop
{
    readonly List<SignalWatch> signals = [];

    /// <summary>
    /// Handles a signal on the loop's thread, in place of its default action (see <see cref="Libunp.WatchSignal(int, Action{int})"/>).
    /// </summary>
    /// <remarks>
    /// <para>The handler runs in addition to the program's handler (<see cref="Libunp.Signal(int, Action{int})"/>) and to the handlers of
    /// other loops. Signals that arrive while one is pending are merged, as in C. The handler runs in the <see cref="ExecutionContext"/> of
    /// this call. Its exception goes to <see cref="EventLoopOptions.OnException"/>.</para>
    /// <para>A <see cref="TaskCompletionSource"/> that the handler completes needs
    /// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>. Otherwise the continuation of its task runs on the loop's
    /// thread.</para>
    /// </remarks>
    /// <param name="signo">SIGINT, SIGTERM, SIGHUP, SIGWINCH...</param>
    /// <param name="handler">
    /// Receives the signal number. It may call any function, unlike a signal handler in C, but it must not block.
    /// </param>
    /// <returns>The registration. Disposing it, or the end of the loop, restores the previous handling.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The signal does not exist, or cannot be handled.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    /// <example>
    /// <c>RunContinuationsAsynchronously</c> keeps the code after the await off the loop, which must stay free to stop:
    /// <code>
    /// var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    /// using IDisposable registration = loop.OnSignal(SIGTERM, _ => end.TrySetResult());
    /// await end.Task;
    /// await loop.StopAsync(TimeSpan.FromSeconds(5));
    /// </code>
    /// </example>
    public IDisposable OnSignal(int signo, Action<int> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return WatchSignal(signo, () => handler(signo));
    }

    /// <inheritdoc cref="OnSignal(int, Action{int})"/>
    /// <param name="signo">SIGINT, SIGTERM, SIGHUP, SIGWINCH...</param>
    /// <param name="handler">
    /// Receives the signal number. The exception of its task is reported as well. A signal that arrives before the task has ended starts
    /// the handler again.
    /// </param>
    public IDisposable OnSignal(int signo, Func<int, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return WatchSignal(signo, () =>
        {
            Observe((Func<Task>)(() => handler(signo)), null);
        });
    }

    SignalWatch WatchSignal(int signo, Action handler)
    {
        var watch = new SignalWatch(this, signo, handler);
        lock (gate)
        {
            if (!isClosed)
            {
                signals.Add(watch);
                return watch;
            }
        }
        watch.Dispose();
        throw new ObjectDisposedException(ToString());
    }

    /// <summary>Waits until a child process has ended, and collects its status.</summary>
    /// <remarks>
    /// The loop watches the child's pidfd (<c>pidfd_open(2)</c>). If there is none (outside Linux, or because no descriptor is free), the
    /// loop checks the status periodically, at least every 0.1 s.
    /// </remarks>
    /// <param name="child">The child. It must not be disposed before the wait ends.</param>
    /// <param name="cancellationToken">Cancels the wait. The child continues.</param>
    /// <returns>
    /// The status of the child, or <see cref="WaitStatus.Unknown"/> if other code has collected the status (see
    /// <see cref="SpawnedProcess"/>). The continuation runs as that of <see cref="RunAsync(Func{Task})"/>.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The child is disposed, or the loop has ended.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<WaitStatus> WaitForExitAsync(SpawnedProcess child, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(child);
        return WaitForExitAsync(child, OperatingSystem.IsLinux(), cancellationToken);
    }

    internal Task<WaitStatus> WaitForExitAsync(SpawnedProcess child, bool byPidfd, CancellationToken cancellationToken) =>
        ForCaller(WaitOnLoopAsync(child, byPidfd, cancellationToken));

    async Task<WaitStatus> WaitOnLoopAsync(SpawnedProcess child, bool byPidfd, CancellationToken cancellationToken)
    {
        await SwitchTo();
        if (child.TryWait(out WaitStatus status))
            return status;
        using Fd? pidfd = byPidfd ? PidfdOf(child) : null;
        return pidfd is not null
            ? await WaitByPidfdAsync(child, pidfd, cancellationToken).ConfigureAwait(false)
            : await WaitByPollingAsync(child, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Duplicates the child's pidfd, because the poller accepts each descriptor once. Returns null if there is no pidfd, or if other
    /// code has just collected the child's status.
    /// </summary>
    static Fd? PidfdOf(SpawnedProcess child)
    {
        try
        {
            return child.Pidfd is { } pidfd ? Libunp.Dup(pidfd) : null;
        }
        catch (UnpException)
        {
            return null;
        }
    }

    async Task<WaitStatus> WaitByPidfdAsync(SpawnedProcess child, Fd pidfd, CancellationToken cancellationToken)
    {
        using var exit = new LoopSocket(this, pidfd);
        WaitStatus status;
        do
            await exit.WaitReadableAsync(cancellationToken).ConfigureAwait(false);
        while (!child.TryWait(out status));
        return status;
    }

    async Task<WaitStatus> WaitByPollingAsync(SpawnedProcess child, CancellationToken cancellationToken)
    {
        // A handler of SIGCHLD is not an option, because it makes the runtime collect the statuses of all children in some processes
        // (SpawnedProcess).
        TimeSpan delay = TimeSpan.FromMilliseconds(1);
        WaitStatus status;
        while (!child.TryWait(out status))
        {
            await Delay(delay, cancellationToken).ConfigureAwait(false);
            delay = TimeSpan.FromMilliseconds(Math.Min(delay.TotalMilliseconds * 2, 100));
        }
        return status;
    }

    void CloseSignals()
    {
        SignalWatch[] open;
        lock (gate)
            open = [.. signals];
        foreach (SignalWatch watch in open)
            watch.Dispose();
    }

    sealed class SignalWatch : IDisposable
    {
        readonly EventLoop loop;
        readonly Action handler;
        readonly ExecutionContext? context = ExecutionContext.Capture();
        readonly IDisposable registration;
        bool isDisposed;

        public SignalWatch(EventLoop loop, int signo, Action handler)
        {
            this.loop = loop;
            this.handler = handler;
            registration = Libunp.WatchSignal(signo, (Action<int>)Post);
        }

        public void Dispose()
        {
            Volatile.Write(ref isDisposed, true);
            registration.Dispose();
            lock (loop.gate)
                loop.signals.Remove(this);
        }

        void Post(int signo) => loop.TryPost(new WorkItem(Handle, null, IsOwn: false, context));

        void Handle()
        {
            if (!Volatile.Read(ref isDisposed))
                handler();
        }
    }
}
