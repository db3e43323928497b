namespace Unp.Net.Pipelines;

// The states of an operation:
//
//   State      Known by               Next states, and the thread that changes to them
//   Free       claimed == 0           Claimed: any thread, by Claim.
//   Claimed    claimed == 1 only      The claiming thread sets the arguments and calls Start. If it is the loop's thread, Start makes the
//                                     first attempt. Otherwise it posts StartPosted, which makes that attempt on the loop's thread.
//                                     Waiting: the loop's thread, by StartWaiting, if the attempt returned false.
//                                     Completed: the loop's thread, if the attempt has succeeded or failed.
//                                     Free: the claiming thread, if the loop has ended. Start then throws.
//   Waiting    IsWaiting              Completed: the loop's thread, by EndWait, after a successful attempt, a failure, a cancellation or
//                                     the close of the socket. A thread that cancels the token only posts EndIfCancelled.
//   Completed  continuation == Done   Free: the awaiter, on its thread, by EndAwait and TakeResult. If there is an error, EndAwait alone
//                                     makes it Free.
//
// There is a shortcut from Claimed to Free. If the first attempt succeeds on the loop's thread, Start returns true, the caller takes the
// result by TakeResult, and no ValueTask is made. If the loop's budget for that is used up, the operation completes in the next turn
// instead.
//
// Version counts the uses. EndAwait increments it, so the token of an earlier use's ValueTask is recognised as old.
// LoopOperation.Completion.cs describes how the result is handed to the awaiter.

/// <summary>
/// A reusable operation: one direction of a <see cref="LoopSocket"/>, or a delay. It serves one caller at a time. The object lasts as long
/// as its owner and is the source of all its ValueTasks, so that an operation allocates nothing.
/// </summary>
abstract partial class LoopOperation(EventLoop loop)
{
    int claimed;
    bool isClosed;
    UncommonState? uncommon;

    /// <summary>Fields that most operations never use, allocated on first use to keep each connection small.</summary>
    sealed class UncommonState
    {
        public CancellationToken Token;
        public CancellationTokenRegistration Cancellation;
        public Action<object?>? LateContinuation;
        public object? Context;
        public ExecutionContext? Flow;
    }

    UncommonState EnsureUncommonState() => uncommon ??= new UncommonState();

    public EventLoop Loop => loop;

    /// <summary>Whether continuations run on the thread pool rather than on the loop's thread.</summary>
    public bool RunContinuationsAsynchronously { get; set; } = loop.RunsContinuationsAsynchronously;

    /// <summary>Whether the state is Waiting.</summary>
    public bool IsWaiting { get; protected set; }

    /// <summary>The result of a completed operation; unused if <see cref="Error"/> is set.</summary>
    protected int Count { get; set; }

    /// <summary>The exception of a completed operation that failed.</summary>
    protected Exception? Error { get; set; }

    /// <summary>Whether a call of the current attempt has failed with EAGAIN.</summary>
    protected bool WouldBlock { get; set; }

    /// <summary>Makes the system calls.</summary>
    /// <returns>True if <see cref="Count"/> or <see cref="Error"/> is set; false if the operation must wait.</returns>
    protected abstract bool Attempt();

    /// <summary>
    /// Runs <see cref="Attempt"/>. An exception thrown by the caller's <see cref="Memory{T}"/> fails the operation and does not reach the
    /// loop.
    /// </summary>
    bool RunAttempt()
    {
        try
        {
            return Attempt();
        }
        catch (Exception e)
        {
            Error = e;
            return true;
        }
    }

    /// <summary>Whether the poller reports this direction already. If not, <see cref="Watch"/> must be called before a wait.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Makes the poller report this direction.</summary>
    protected virtual void Watch()
    {
    }

    /// <summary>Called when a wait starts, with the state Waiting.</summary>
    protected virtual void OnWaitStarted()
    {
    }

    /// <summary>Releases resources that only a wait needs. Called when a wait ends.</summary>
    protected virtual void OnWaitEnded()
    {
    }

    /// <summary>Clears references to the caller's memory and objects.</summary>
    protected abstract void ClearReferences();

    /// <summary>The reason why no operation can start; null if there is none.</summary>
    protected virtual Exception? Refusal => null;

    /// <summary>Whether the first attempt may succeed. If not, the operation waits without an attempt.</summary>
    protected bool IsWorthTrying { get; set; } = true;

    /// <summary>Whether the state is Free.</summary>
    public bool IsFree => Volatile.Read(ref claimed) == 0;

    /// <summary>Changes the state from Free to Claimed. Throws if it is not Free, or if <see cref="RefuseClaims"/> was called.</summary>
    protected void Claim()
    {
        if (Interlocked.CompareExchange(ref claimed, 1, 0) != 0)
            throw Refusal ?? new InvalidOperationException(
                "The previous operation of this direction is pending, or its result was not awaited. Await it before the next one starts.");
        if (isClosed)
            ThrowRefusal();
    }

    /// <summary>Makes each later <see cref="Claim"/> throw. Any thread may call it.</summary>
    public void RefuseClaims() => Volatile.Write(ref isClosed, true);

    /// <summary>Starts a claimed operation whose arguments are set.</summary>
    /// <returns>
    /// True if it has succeeded already, so that the caller must call <see cref="TakeResult"/>; false if a ValueTask must be made of this
    /// object.
    /// </returns>
    protected bool Start(CancellationToken cancellationToken)
    {
        if (!loop.IsCurrent)
        {
            PostStart(cancellationToken);
            return false;
        }
        if (cancellationToken.IsCancellationRequested)
        {
            Error = new OperationCanceledException(cancellationToken);
            MarkCompleted();
            return false;
        }
        bool isDone = IsWorthTrying && RunAttempt();
        if (!isDone || Error is not null)
        {
            StartAfterAttempt(isDone, cancellationToken);
            return false;
        }
        if (loop.Spend())
            return true;
        loop.Defer(this);
        return false;
    }

    /// <summary>Continues the start after a first attempt that has failed or must wait. Only on the loop's thread.</summary>
    /// <param name="isDone">What the attempt returned.</param>
    /// <param name="cancellationToken">The token that ends a wait.</param>
    protected void StartAfterAttempt(bool isDone, CancellationToken cancellationToken)
    {
        if (isDone || !StartWaiting(cancellationToken))
            MarkCompleted();
    }

    /// <summary>Returns the result of a successful operation, and changes the state to Free.</summary>
    protected int TakeResult()
    {
        int result = Count;
        Release();
        return result;
    }

    /// <summary>Changes the state to Waiting.</summary>
    /// <returns>False if the poller refuses the descriptor; <see cref="Error"/> is the reason.</returns>
    protected bool StartWaiting(CancellationToken cancellationToken)
    {
        IsWaiting = IsWatched || TryWatch();
        if (!IsWaiting)
            return false;
        OnWaitStarted();
        if (cancellationToken.CanBeCanceled)
            Register(cancellationToken);
        return true;
    }

    /// <returns>False if the poller refuses the descriptor; <see cref="Error"/> is the reason.</returns>
    protected bool TryWatch()
    {
        try
        {
            Watch();
            return true;
        }
        catch (Exception e)
        {
            // Reasons are ENOSPC (max_user_watches), ENOMEM, and another registration of the same descriptor in this loop.
            Error = e;
            return false;
        }
    }

    void Register(CancellationToken cancellationToken)
    {
        EnsureUncommonState().Token = cancellationToken;
        short version = Version;
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static operation => ((LoopOperation)operation!).Cancel(), this);

        // A token that is cancelled already calls Cancel during the registration. The continuation may have run then, and may have started
        // another wait with another token.
        if (IsWaiting && Version == version)
            EnsureUncommonState().Cancellation = registration;
        else
            registration.Dispose();
    }

    /// <summary>Makes an attempt, because the poller has reported the descriptor as ready.</summary>
    /// <returns>False if the call failed with EAGAIN: the operation still waits, and nothing was transferred.</returns>
    public bool OnReady()
    {
        WouldBlock = false;
        if (!IsWaiting || EndIfCancelled())
            return true;
        if (!RunAttempt())
            return !WouldBlock;
        EndWait();
        return true;
    }

    /// <summary>Makes an attempt as if the descriptor were ready. Any thread may call it.</summary>
    public void Recheck()
    {
        // An operation started by another thread may not wait yet. Its start was posted before, so this call runs after it.
        if (loop.IsCurrent && IsWaiting)
            OnReady();
        else
            loop.TryPostOwn(static operation => ((LoopOperation)operation!).OnReady(), this);
    }

    /// <summary>Completes a waiting operation with an exception. Does nothing in other states.</summary>
    public void Fail(Func<Exception> reason)
    {
        if (!IsWaiting)
            return;
        Error = reason();
        EndWait();
    }

    /// <summary>Changes the state from Waiting to Completed, with <see cref="Count"/> or <see cref="Error"/> as the result.</summary>
    protected void EndWait()
    {
        IsWaiting = false;
        if (uncommon is { Token.CanBeCanceled: true })
        {
            // Dispose waits for a callback that runs on another thread, so no callback of this use can reach the next one.
            uncommon.Cancellation.Dispose();
            uncommon.Cancellation = default;
            uncommon.Token = default;
        }
        OnWaitEnded();
        loop.Complete(this);
    }

    void Release()
    {
        ClearReferences();
        Volatile.Write(ref claimed, 0);
    }

    void PostStart(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            EnsureUncommonState().Token = cancellationToken;
        if (loop.TryPostOwn(static operation => ((LoopOperation)operation!).StartPosted(), this))
            return;
        if (uncommon is not null)
            uncommon.Token = default;
        Release();
        throw new ObjectDisposedException(loop.ToString());
    }

    /// <summary>Starts an operation that another thread has claimed, and whose ValueTask is in use already.</summary>
    void StartPosted()
    {
        CancellationToken cancellationToken = default;
        if (uncommon is not null)
            (cancellationToken, uncommon.Token) = (uncommon.Token, default);
        if (Refusal is { } refusal)
            Error = refusal;
        else if (cancellationToken.IsCancellationRequested)
            Error = new OperationCanceledException(cancellationToken);
        else if ((!IsWorthTrying || !RunAttempt()) && StartWaiting(cancellationToken))
            return;
        loop.Complete(this);
    }

    /// <summary>The callback of the token. Runs on the thread that cancels.</summary>
    void Cancel()
    {
        if (loop.IsCurrent)
            EndIfCancelled();
        else
            loop.TryPostOwn(static operation => ((LoopOperation)operation!).EndIfCancelled(), this);
    }

    /// <summary>
    /// Ends the wait if its token is cancelled. The loop may serve the descriptor before a posted cancellation, so each event checks the
    /// token first: a cancellation that came before the data wins.
    /// </summary>
    bool EndIfCancelled()
    {
        if (!IsWaiting || uncommon is not { Token.IsCancellationRequested: true })
            return false;
        Error = new OperationCanceledException(uncommon.Token);
        EndWait();
        return true;
    }

    void ThrowRefusal()
    {
        Volatile.Write(ref claimed, 0);
        throw Refusal!;
    }
}
