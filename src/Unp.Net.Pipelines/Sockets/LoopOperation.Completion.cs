using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

// Who waits for it. ManualResetValueTaskSourceCore would go on on the thread pool when the result is there before somebody awaits it; this does so on the
// loop, always.
abstract partial class LoopOperation : IValueTaskSource, IValueTaskSource<int>
{
    static readonly Action<object?> Done = static _ => throw new InvalidOperationException("This is only a mark.");

    // Null while nobody awaits it, then who does, and the mark once it is done. With the mark the result is the awaiter's: he may take it, on his thread, and
    // start the next operation at once, so the loop's thread looks at nothing here after it has set that.
    Action<object?>? continuation;
    object? continuationState;

    /// <summary>Which use of this object a ValueTask is of.</summary>
    public short Version { get; private set; }

    /// <summary>Makes the result known, and goes on with who awaits it. Only on the loop's thread.</summary>
    public void Signal()
    {
        Action<object?>? waiting = Volatile.Read(ref continuation);
        if (waiting is null)
            waiting = Interlocked.CompareExchange(ref continuation, Done, null);
        if (waiting is null)
            return;
        Volatile.Write(ref continuation, Done);
        GoOn(waiting);
    }

    public ValueTaskSourceStatus GetStatus(short token)
    {
        CheckToken(token);
        if (!IsDone)
            return ValueTaskSourceStatus.Pending;
        return Error is null ? ValueTaskSourceStatus.Succeeded
            : Error is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        continuationState = state;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            Rarely.Flow = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 && SchedulingContext() is { } context)
            Rarely.Context = context;

        // On the loop's thread it is not done meanwhile: no exchange then.
        if (this.continuation is null && Loop.IsCurrent)
        {
            this.continuation = continuation;
            return;
        }
        if (Interlocked.CompareExchange(ref this.continuation, continuation, null) is not { } earlier)
            return;
        if (earlier != Done || rare?.LateContinuation is not null)
            throw new InvalidOperationException("A ValueTask is awaited once.");

        // It was done before this came.
        Rarely.LateContinuation = continuation;
        if (!Loop.TryPostOwn(static operation => ((LoopOperation)operation!).GoOnLate(), this))
            ThreadPool.UnsafeQueueUserWorkItem(static operation => operation.GoOnLate(), this, preferLocal: false);
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public int GetResult(short token)
    {
        Conclude(token);
        return Take();
    }

    /// <summary>What awaited it has come back: its ValueTask is over. Its result is to be taken then, which frees it for the next operation; an error frees it here.</summary>
    protected void Conclude(short token)
    {
        CheckToken(token);
        if (!IsDone)
            throw new InvalidOperationException("It is not done yet; a ValueTask is awaited, not asked.");
        Exception? error = Error;
        Version++;
        continuationState = null;
        Error = null;
        if (rare is not null)
            (rare.LateContinuation, rare.Context, rare.Flow) = (null, null, null);
        Volatile.Write(ref continuation, null);
        if (error is null)
            return;
        Release();
        ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Done, with an error, before anybody can wait: who awaits it finds it so.</summary>
    protected void SignalToNobody() => Volatile.Write(ref continuation, Done);

    bool IsDone => Volatile.Read(ref continuation) == Done;

    static object? SchedulingContext()
    {
        if (SynchronizationContext.Current is { } synchronization && synchronization.GetType() != typeof(SynchronizationContext))
            return synchronization;
        return TaskScheduler.Current != TaskScheduler.Default ? TaskScheduler.Current : null;
    }

    bool GoesElsewhere => rare is { } known && (known.Context is not null || known.Flow is not null);

    void GoOnLate() => GoOn(rare!.LateContinuation!);

    void GoOn(Action<object?> waiting)
    {
        object? state = continuationState;
        if (!GoesElsewhere && !ContinuesOnPool)
            waiting(state);
        else
            GoOnElsewhere(waiting, state);
    }

    void GoOnElsewhere(Action<object?> waiting, object? state)
    {
        if (rare?.Flow is { } captured)
        {
            // From here on one function with its state, in its own context.
            Action<object?> inner = waiting;
            object? innerState = state;
            waiting = _ => ExecutionContext.Run(captured, new ContextCallback(inner), innerState);
        }
        switch (rare?.Context)
        {
            case SynchronizationContext synchronization:
                synchronization.Post(new SendOrPostCallback(waiting), state);
                break;
            case TaskScheduler scheduler:
                Task.Factory.StartNew(waiting, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                if (ContinuesOnPool)
                    ThreadPool.UnsafeQueueUserWorkItem(waiting, state, preferLocal: true);
                else
                    waiting(state);
                break;
        }
    }

    void CheckToken(short token)
    {
        if (token != Version)
            throw new InvalidOperationException("This ValueTask was awaited before; its result is gone.");
    }
}
