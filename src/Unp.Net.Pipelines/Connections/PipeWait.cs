using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

/// <summary>A wait that another thread can end with an exception.</summary>
interface IBreakableWait
{
    /// <summary>Ends the wait, if it is still pending, on the thread pool.</summary>
    /// <param name="version">The number of the wait to end. If that wait is already over, the call has no effect.</param>
    /// <param name="reason">The exception that the awaiter receives.</param>
    void Break(short version, Exception reason);
}

// The life of a wait:
//
//   Begin     The waiting thread sets IsPending.
//   Wake      A thread that produces data, space or an end clears it, if there is a result: the awaiter takes that.
//   Cancel    The thread that cancels the token clears it: the awaiter receives an OperationCanceledException.
//   Break     The stall watch clears it, because the wait blocks the loop's thread: the awaiter receives the reason, on the thread pool.
//
// IsPending is read and written only with the owner's lock. The thread that clears it must complete the wait, after it has left the lock.
// So each wait is completed exactly once.

/// <summary>
/// The wait of a connection's reader or writer, and the source of its ValueTasks. It lasts as long as its owner, so that a wait allocates
/// nothing.
/// </summary>
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
        completion.RunContinuationsAsynchronously = connection.Resources.RunContinuationsAsynchronously;
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

    /// <summary>Returns the ValueTask of a wait that has begun. Without the lock.</summary>
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
        registered.Dispose(); // waits for a callback that runs on another thread, so no callback of this wait can reach the next one
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

    /// <summary>Records that <see cref="IBreakableWait.Break"/> ends a wait. The caller has the owner's lock.</summary>
    protected virtual void OnBroken(Exception reason)
    {
    }

    void Register(short version, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registered = cancellationToken.UnsafeRegister(
            static (wait, token) => ((PipeWait<T>)wait!).Cancel(token), this);
        lock (gate)
        {
            if (IsPending && completion.Version == version)
            {
                cancellation = registered;
                return;
            }
        }
        registered.Dispose(); // the wait has ended meanwhile
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

    /// <summary>Completes the wait, so that the continuation runs on the loop's thread or on the thread pool.</summary>
    void Complete(Action<object?> complete, object state)
    {
        if (completion.RunContinuationsAsynchronously)
            complete(state);
        else
            connection.Resources.Scheduler.Schedule(complete, state);
    }
}
