namespace Unp.Net.Pipelines;

// Signals and children.
public sealed partial class EventLoop
{
    readonly List<SignalWatch> signals = [];

    /// <summary>
    /// Handles a signal on the loop's thread, in place of its default action (see <see cref="Libunp.WatchSignal(int, Action{int})"/>).
    /// </summary>
    /// <remarks>
    /// The handler runs beside the program's handler (<see cref="Libunp.Signal(int, Action{int})"/>) and those of other loops. Signals that
    /// come while one is pending are merged, as in C. The handler runs in the <see cref="ExecutionContext"/> of this call; its exception goes to
    /// <see cref="EventLoopOptions.OnException"/>. A <see cref="TaskCompletionSource"/> that the handler completes needs
    /// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>; otherwise the continuation of its task runs on the loop's thread.
    /// </remarks>
    /// <param name="signo">SIGINT, SIGTERM, SIGHUP, SIGWINCH...</param>
    /// <param name="handler">Gets the signal's number. It is an ordinary function here, that may do anything but block.</param>
    /// <returns>The registration; disposed it restores what was done before, as the end of the loop does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal, or it cannot be handled.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended, or is being aborted.</exception>
    public IDisposable OnSignal(int signo, Action<int> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return WatchSignal(signo, () => handler(signo));
    }

    /// <inheritdoc cref="OnSignal(int, Action{int})"/>
    /// <param name="signo">SIGINT, SIGTERM, SIGHUP, SIGWINCH...</param>
    /// <param name="handler">
    /// Gets the signal's number. The exception of its task is reported as well. The handler runs again for a signal that comes before its
    /// task has ended.
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
        var watching = new SignalWatch(this, signo, handler);
        lock (gate)
        {
            if (!isClosed)
            {
                signals.Add(watching);
                return watching;
            }
        }
        watching.Dispose();
        throw new ObjectDisposedException(ToString());
    }

    /// <summary>Waits for the end of a child, and takes its status.</summary>
    /// <remarks>
    /// The loop watches the child's pidfd. Where there is none (outside Linux, or because no descriptor is free), the loop asks for the
    /// status from time to time, at least every 0.1 s.
    /// </remarks>
    /// <param name="child">A child, not to be disposed before.</param>
    /// <param name="cancellationToken">Ends the waiting, not the child.</param>
    /// <returns>
    /// How it ended; <see cref="WaitStatus.Unknown"/> if other code has taken the status (see <see cref="SpawnedProcess"/>). The continuation
    /// runs where that of <see cref="RunAsync"/> does.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The child is disposed, or the loop has ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
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
            : await WaitByAskingAsync(child, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A duplicate, because the poller takes each descriptor once. Null if there is none, or if the child's status was taken just now.
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
        using var ending = new LoopSocket(this, pidfd);
        WaitStatus status;
        do
            await ending.WaitReadableAsync(cancellationToken).ConfigureAwait(false);
        while (!child.TryWait(out status));
        return status;
    }

    async Task<WaitStatus> WaitByAskingAsync(SpawnedProcess child, CancellationToken cancellationToken)
    {
        // Not by SIGCHLD: a handler of it makes the runtime take the statuses of all children in some processes (SpawnedProcess).
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
        foreach (SignalWatch watching in open)
            watching.Dispose();
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
