using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

// The hand-over of the result to the awaiter. The field `continuation` has three kinds of values:
//
//   null          Not completed, and not awaited. Signal changes it to Done, OnCompleted to the awaiter's delegate. Both use a
//                 compare-exchange, because they may run on two threads.
//   a delegate    Awaited, not completed. Signal changes it to Done, and then runs the delegate.
//   Done          Completed. EndAwait, called by the awaiter, changes it to null.
//
// Once Signal has changed null to Done, the awaiter may take the result and start the next operation on its own thread. So the loop's
// thread must not touch this object after that exchange.
//
// If OnCompleted finds Done, it stores the delegate as LateContinuation and posts it to the loop. ManualResetValueTaskSourceCore would run
// it on the thread pool. Here it runs where an earlier continuation would, and on the thread pool only if the loop has ended.
abstract partial class LoopOperation : IValueTaskSource, IValueTaskSource<int>
{
    static readonly Action<object?> Done =
        static _ => throw new InvalidOperationException("This delegate marks a completed operation and must not be called.");

    Action<object?>? continuation;
    object? continuationState;

    /// <summary>The number of the current use, which is the token of its ValueTask.</summary>
    public short Version { get; private set; }

    /// <summary>Changes the state to Completed, and runs the continuation if there is one. Only on the loop's thread.</summary>
    public void Signal()
    {
        Action<object?>? waiting = Volatile.Read(ref continuation);
        if (waiting is null)
            waiting = Interlocked.CompareExchange(ref continuation, Done, null);
        if (waiting is null)
            return;
        Volatile.Write(ref continuation, Done);
        RunContinuation(waiting);
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
            EnsureUncommonState().Flow = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 && SchedulingContext() is { } context)
            EnsureUncommonState().Context = context;

        // Only the loop's thread completes the operation, so on that thread a plain write is enough.
        if (this.continuation is null && Loop.IsCurrent)
        {
            this.continuation = continuation;
            return;
        }
        if (Interlocked.CompareExchange(ref this.continuation, continuation, null) is not { } earlier)
            return;
        if (earlier != Done || uncommon?.LateContinuation is not null)
            throw new InvalidOperationException("The ValueTask is awaited already. Await it only once.");

        // The operation was completed before it was awaited.
        EnsureUncommonState().LateContinuation = continuation;
        if (!Loop.TryPostOwn(static operation => ((LoopOperation)operation!).RunLateContinuation(), this))
            ThreadPool.UnsafeQueueUserWorkItem(static operation => operation.RunLateContinuation(), this, preferLocal: false);
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public int GetResult(short token)
    {
        EndAwait(token);
        return TakeResult();
    }

    /// <summary>
    /// Ends the use of the ValueTask. The caller must then take the result, which changes the state to Free. If there is an error, this
    /// method changes the state to Free and throws it.
    /// </summary>
    protected void EndAwait(short token)
    {
        CheckToken(token);
        if (!IsDone)
            throw new InvalidOperationException("The operation is still pending. Await the ValueTask instead of reading its result.");
        Exception? error = Error;
        Version++;
        continuationState = null;
        Error = null;
        if (uncommon is not null)
            (uncommon.LateContinuation, uncommon.Context, uncommon.Flow) = (null, null, null);
        Volatile.Write(ref continuation, null);
        if (error is null)
            return;
        Release();
        ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Changes the state to Completed before a ValueTask exists, so there is no continuation to run.</summary>
    protected void MarkCompleted() => Volatile.Write(ref continuation, Done);

    bool IsDone => Volatile.Read(ref continuation) == Done;

    static object? SchedulingContext()
    {
        if (SynchronizationContext.Current is { } synchronization && synchronization.GetType() != typeof(SynchronizationContext))
            return synchronization;
        return TaskScheduler.Current != TaskScheduler.Default ? TaskScheduler.Current : null;
    }

    bool HasCapturedContext => uncommon is { } known && (known.Context is not null || known.Flow is not null);

    void RunLateContinuation() => RunContinuation(uncommon!.LateContinuation!);

    void RunContinuation(Action<object?> waiting)
    {
        object? state = continuationState;
        if (!HasCapturedContext && !RunContinuationsAsynchronously)
            waiting(state);
        else
            DispatchContinuation(waiting, state);
    }

    void DispatchContinuation(Action<object?> waiting, object? state)
    {
        if (uncommon?.Flow is { } captured)
        {
            // Replaces the continuation by one that restores the execution context.
            Action<object?> inner = waiting;
            object? innerState = state;
            waiting = _ => ExecutionContext.Run(captured, new ContextCallback(inner), innerState);
        }
        switch (uncommon?.Context)
        {
            case SynchronizationContext synchronization:
                synchronization.Post(new SendOrPostCallback(waiting), state);
                break;
            case TaskScheduler scheduler:
                Task.Factory.StartNew(waiting, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                if (RunContinuationsAsynchronously)
                    ThreadPool.UnsafeQueueUserWorkItem(waiting, state, preferLocal: true);
                else
                    waiting(state);
                break;
        }
    }

    void CheckToken(short token)
    {
        if (token != Version)
            throw new InvalidOperationException("The ValueTask was awaited before, so its result is gone. Await it only once.");
    }
}
