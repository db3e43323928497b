namespace Unp.Net.Pipelines;

/// <summary>
/// One direction of a <see cref="LoopSocket"/>, or a delay: what is going on there, one thing at a time. It lasts as long as its owner and is the
/// source of all its ValueTasks, so that an operation allocates nothing.
/// </summary>
/// <remarks>
/// Free, it can be claimed by any thread. From then to the moment at which the result is taken only the loop's thread changes it, but for the
/// continuation (see LoopOperation.Completion.cs).
/// </remarks>
abstract partial class LoopOperation(EventLoop loop)
{
    int claimed;
    bool isClosed;
    Rare? rare;

    /// <summary>What few operations need, made when it is first used: the cache lines of a connection are what one of many costs, and its memory.</summary>
    sealed class Rare
    {
        public CancellationToken Token;
        public CancellationTokenRegistration Cancellation;
        public Action<object?>? LateContinuation;
        public object? Context;
        public ExecutionContext? Flow;
    }

    Rare Rarely => rare ??= new Rare();

    public EventLoop Loop => loop;

    /// <summary>Whether what awaits it goes on on the thread pool, and not on the loop's thread.</summary>
    public bool ContinuesOnPool { get; set; } = loop.RunsContinuationsAsynchronously;

    /// <summary>Whether it waits for the descriptor to become ready.</summary>
    public bool IsWaiting { get; protected set; }

    /// <summary>What a completed one has to say, unless <see cref="Error"/> is what it says.</summary>
    protected int Count { get; set; }

    protected Exception? Error { get; set; }

    /// <summary>Whether a call of this attempt has said EAGAIN.</summary>
    protected bool HasFoundNothing { get; set; }

    /// <summary>Makes the calls.</summary>
    /// <returns>Whether it is done, with its result or <see cref="Error"/>; if not it has to wait.</returns>
    protected abstract bool Attempt();

    /// <summary>What the memory that the caller has given throws ends the operation, not the loop.</summary>
    bool Try()
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

    /// <summary>Whether the loop tells when it is worth an attempt; if not <see cref="Watch"/> sees to it.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Has the loop tell.</summary>
    protected virtual void Watch()
    {
    }

    /// <summary>It waits no more.</summary>
    protected virtual void Unpark()
    {
    }

    /// <summary>Lets go of the caller's memory.</summary>
    protected abstract void Forget();

    /// <summary>Why it cannot be started, or null.</summary>
    protected virtual Exception? Refusal => null;

    /// <summary>Whether the first attempt may succeed; if not it waits from the start.</summary>
    protected bool IsWorthTrying { get; set; } = true;

    /// <summary>Whether nothing is going on.</summary>
    public bool IsFree => Volatile.Read(ref claimed) == 0;

    /// <summary>Refuses a second operation of the same direction, and any of a socket that is disposed.</summary>
    protected void Claim()
    {
        if (Interlocked.CompareExchange(ref claimed, 1, 0) != 0)
            throw Refusal ?? new InvalidOperationException(
                "An operation of this direction is still going on, or its result was not awaited; there is one reader and one writer at a time.");
        if (isClosed)
            ThrowRefusal();
    }

    /// <summary>Nothing can be claimed from now on. Any thread may call it.</summary>
    public void Refuse() => Volatile.Write(ref isClosed, true);

    /// <summary>Starts what was claimed and described.</summary>
    /// <returns>Whether it is done, successfully, and its result to be taken by <see cref="Take"/>; if not it is the source of a ValueTask.</returns>
    protected bool Start(CancellationToken cancellationToken)
    {
        if (!loop.IsCurrent)
        {
            StartElsewhere(cancellationToken);
            return false;
        }
        if (cancellationToken.IsCancellationRequested)
        {
            Error = new OperationCanceledException(cancellationToken);
            SignalToNobody();
            return false;
        }
        bool isDone = IsWorthTrying && Try();
        if (!isDone || Error is not null)
        {
            StartAfter(isDone, cancellationToken);
            return false;
        }
        if (loop.Spend())
            return true;
        loop.Defer(this);
        return false;
    }

    /// <summary>Starts what was claimed and described after a first attempt, on the loop's thread: <see cref="Error"/> tells how it was done, or it has to wait.</summary>
    protected void StartAfter(bool isDone, CancellationToken cancellationToken)
    {
        if (isDone || !Park(cancellationToken))
            SignalToNobody();
    }

    /// <summary>The end of an operation that was done at once, or is concluded.</summary>
    protected int Take()
    {
        int result = Count;
        Release();
        return result;
    }

    /// <summary>Waits until the descriptor is ready.</summary>
    /// <returns>False when it cannot be watched, and <see cref="Error"/> says why.</returns>
    protected bool Park(CancellationToken cancellationToken)
    {
        IsWaiting = IsWatched || TryWatch();
        if (!IsWaiting)
            return false;
        if (cancellationToken.CanBeCanceled)
            Register(cancellationToken);
        return true;
    }

    /// <returns>False when the poller refuses it, and <see cref="Error"/> says why.</returns>
    protected bool TryWatch()
    {
        try
        {
            Watch();
            return true;
        }
        catch (Exception e)
        {
            // The mechanism refuses the descriptor: ENOSPC (max_user_watches), ENOMEM; or another registration of the loop's has it.
            Error = e;
            return false;
        }
    }

    void Register(CancellationToken cancellationToken)
    {
        Rarely.Token = cancellationToken;
        short version = Version;
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static operation => ((LoopOperation)operation!).Cancel(), this);

        // If it was cancelled just now who awaited it has gone on meanwhile, and may wait again, with another token.
        if (IsWaiting && Version == version)
            Rarely.Cancellation = registration;
        else
            registration.Dispose();
    }

    /// <summary>The descriptor is reported as ready.</summary>
    /// <returns>False when the call found nothing: the operation still waits, and nothing was transferred.</returns>
    public bool OnReady()
    {
        HasFoundNothing = false;
        if (!IsWaiting || EndIfCancelled())
            return true;
        if (!Try())
            return !HasFoundNothing;
        Finish();
        return true;
    }

    /// <summary>Has it look whether it is done, as if the descriptor were ready. Any thread may call it.</summary>
    public void LookAgain()
    {
        // One that was just started on another thread waits when its turn has come: this comes after it.
        if (loop.IsCurrent && IsWaiting)
            OnReady();
        else
            loop.TryPostOwn(static operation => ((LoopOperation)operation!).OnReady(), this);
    }

    /// <summary>Ends it if it waits.</summary>
    public void Fail(Func<Exception> reason)
    {
        if (!IsWaiting)
            return;
        Error = reason();
        Finish();
    }

    /// <summary>Ends the waiting, with what has come of it.</summary>
    protected void Finish()
    {
        IsWaiting = false;
        if (rare is { Token.CanBeCanceled: true })
        {
            // Waits for a cancellation that is just being told on another thread: none of this operation's comes later.
            rare.Cancellation.Dispose();
            rare.Cancellation = default;
            rare.Token = default;
        }
        Unpark();
        loop.Complete(this);
    }

    void Release()
    {
        Forget();
        Volatile.Write(ref claimed, 0);
    }

    void StartElsewhere(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            Rarely.Token = cancellationToken;
        if (loop.TryPostOwn(static operation => ((LoopOperation)operation!).Begin(), this))
            return;
        if (rare is not null)
            rare.Token = default;
        Release();
        throw new ObjectDisposedException(loop.ToString());
    }

    /// <summary>Starts what another thread has claimed and described, whose ValueTask is out already.</summary>
    void Begin()
    {
        CancellationToken cancellationToken = default;
        if (rare is not null)
            (cancellationToken, rare.Token) = (rare.Token, default);
        if (Refusal is { } refusal)
            Error = refusal;
        else if (cancellationToken.IsCancellationRequested)
            Error = new OperationCanceledException(cancellationToken);
        else if ((!IsWorthTrying || !Try()) && Park(cancellationToken))
            return;
        loop.Complete(this);
    }

    /// <summary>Runs on the thread that cancels.</summary>
    void Cancel()
    {
        if (loop.IsCurrent)
            EndIfCancelled();
        else
            loop.TryPostOwn(static operation => ((LoopOperation)operation!).EndIfCancelled(), this);
    }

    /// <summary>
    /// Ends the wait if its token is cancelled. A cancellation is posted to the loop, which may serve the descriptor first; the cancellation
    /// came before the data then.
    /// </summary>
    bool EndIfCancelled()
    {
        if (!IsWaiting || rare is not { Token.IsCancellationRequested: true })
            return false;
        Error = new OperationCanceledException(rare.Token);
        Finish();
        return true;
    }

    void ThrowRefusal()
    {
        Volatile.Write(ref claimed, 0);
        throw Refusal!;
    }
}
