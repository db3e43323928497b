using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

/// <summary>A wait that another thread can end by an exception.</summary>
interface IBreakableWait
{
    /// <summary>Ends the wait, if it is still pending, on the thread pool.</summary>
    /// <param name="version">Which use of the object is meant.</param>
    /// <param name="reason">What the awaiter receives.</param>
    void Break(short version, Exception reason);
}

/// <summary>The wait of a connection's reader or writer, and the source of its ValueTasks. It lasts as long as its owner, so that a wait
/// allocates nothing.</summary>
/// <remarks>A wait is pending while <see cref="IsPending"/>. Whichever thread clears that, with the owner's lock, must complete the
/// wait.</remarks>
abstract class PipeWait<T> : IValueTaskSource<T>, IBreakableWait
{
    readonly LoopConnection connection;
    readonly object gate;
    ManualResetValueTaskSourceCore<bool> completion;
    CancellationTokenRegistration cancellation;

    /// <param name="connection">The connection, whose loop runs the continuations.</param>
    /// <param name="gate">The owner's lock.</param>
    protected PipeWait(LoopConnection connection, object gate)
    {
        this.connection = connection;
        this.gate = gate;
        completion.RunContinuationsAsynchronously = connection.Means.ContinuesOnPool;
    }

    /// <summary>Whether a wait is pending. Only with the owner's lock.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Begins a wait. Only with the owner's lock.</summary>
    /// <returns>The token of its ValueTask.</returns>
    public short Begin()
    {
        completion.Reset();
        IsPending = true;
        return completion.Version;
    }

    /// <summary>Gives the ValueTask of a wait that has begun. Without the lock.</summary>
    public ValueTask<T> Pending(short version, CancellationToken cancellationToken)
    {
        EventLoop loop = connection.Socket.Loop;
        if (loop.IsCurrent)
            loop.NoteWait(this, version);
        if (cancellationToken.CanBeCanceled)
            Register(version, cancellationToken);
        return new ValueTask<T>(this, version);
    }

    /// <summary>Ends a pending wait if there is a result.</summary>
    public void Wake()
    {
        CancellationTokenRegistration registered;
        lock (gate)
        {
            if (!IsPending || !HasResult)
                return;
            IsPending = false;
            (registered, cancellation) = (cancellation, default);
        }
        registered.Dispose(); // waits for a cancellation that runs just now on another thread, so that none of this wait's comes later
        Complete(static wait => ((PipeWait<T>)wait!).completion.SetResult(true), this);
    }

    void IBreakableWait.Break(short version, Exception reason)
    {
        CancellationTokenRegistration registered;
        lock (gate)
        {
            if (!IsPending || completion.Version != version)
                return;
            IsPending = false;
            (registered, cancellation) = (cancellation, default);
            OnBroken(reason);
        }
        ThreadPool.UnsafeQueueUserWorkItem(
            static broken =>
            {
                broken.registered.Dispose();
                broken.wait.completion.SetException(broken.reason);
            },
            (wait: this, registered, reason),
            preferLocal: false);
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        completion.GetResult(token);
        return Result();
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => completion.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        completion.OnCompleted(continuation, state, token, flags);

    /// <summary>Whether there is a result. The caller has the owner's lock.</summary>
    protected abstract bool HasResult { get; }

    /// <summary>Takes the result, or throws.</summary>
    protected abstract T Result();

    /// <summary>Notes that a wait ends with an exception although there is no result. The caller has the owner's lock.</summary>
    protected virtual void OnBroken(Exception reason)
    {
    }

    void Register(short version, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registered = cancellationToken.UnsafeRegister(static (wait, token) => ((PipeWait<T>)wait!).Cancel(token), this);
        lock (gate)
        {
            if (IsPending && completion.Version == version)
            {
                cancellation = registered;
                return;
            }
        }
        registered.Dispose(); // the wait was over before
    }

    void Cancel(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!IsPending)
                return;
            IsPending = false;
            cancellation = default;
        }
        Complete(
            static cancelled =>
            {
                var (wait, token) = ((PipeWait<T>, CancellationToken))cancelled!;
                wait.completion.SetException(new OperationCanceledException(token));
            },
            (this, cancellationToken));
    }

    /// <summary>Runs the continuation: on the loop's thread, or on the pool.</summary>
    void Complete(Action<object?> complete, object state)
    {
        if (completion.RunContinuationsAsynchronously)
            complete(state);
        else
            connection.Means.Scheduler.Schedule(complete, state);
    }
}
