using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

/// <summary>
/// The input of a connection that receives before it is asked to, on the loop's thread, up to a limit. What has arrived is read before the failure that came
/// after it is told. Any thread may read, one at a time; while there is nothing to read, it holds no block.
/// </summary>
sealed partial class ReadAhead : ConnectionReader, IValueTaskSource<ReadResult>
{
    readonly LoopConnection connection;
    readonly object gate = new(); // each connection has one, and a Lock is larger
    BlockChain chain;
    long unexamined;
    Exception? failure;
    bool isEnd;
    bool isCompleted;
    bool isInterrupted;

    // Who reads and waits: who takes back the mark ends the waiting.
    bool isWaiting;
    ManualResetValueTaskSourceCore<bool> arrival;
    CancellationTokenRegistration cancellation;

    public ReadAhead(LoopConnection connection)
    {
        this.connection = connection;
        chain = new BlockChain(connection.Means.Blocks);
        leastRoom = Math.Min(LeastRoom, connection.Means.Blocks.BlockSize);
        arrival.RunContinuationsAsynchronously = connection.Means.ContinuesOnPool;
        connection.Socket.Reader.ContinuesOnPool = false; // what awaits it is this object
        connection.Means.Scheduler.Schedule(static ahead => ((ReadAhead)ahead!).Receive(), this);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        short version;
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            if (isWaiting)
                throw new InvalidOperationException("A read is still going on; there is one reader at a time.");
            if (HasNews)
                return Due is { } reason ? ValueTask.FromException<ReadResult>(reason) : new ValueTask<ReadResult>(Result());
            arrival.Reset();
            version = arrival.Version;
            isWaiting = true;
        }
        if (cancellationToken.CanBeCanceled)
            Register(version, cancellationToken);
        return new ValueTask<ReadResult>(this, version);
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            bool hasNews = HasNews;
            result = hasNews ? ResultOrFailure() : default;
            return hasNews;
        }
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        bool resumes;
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            long left = examined.GetObject() is null ? unexamined : chain.LengthFrom(examined);
            chain.Take(consumed, KeepsLast);
            unexamined = left;
            resumes = Resumes(unexamined < connection.Means.ResumeReadingAt);
        }
        if (resumes)
            ScheduleReceiving();
    }

    public override void CancelPendingRead()
    {
        lock (gate)
            isInterrupted = true;
        Wake();
    }

    public override void Complete(Exception? exception = null)
    {
        bool resumes;
        lock (gate)
        {
            isCompleted = true;
            if (!isFilling)
                chain.Clear();
            resumes = Resumes(true); // it finds out that nobody reads
        }
        if (resumes)
            ScheduleReceiving();
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        arrival.GetResult(token);
        lock (gate)
            return ResultOrFailure();
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => arrival.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        arrival.OnCompleted(continuation, state, token, flags);

    /// <summary>Whether a read has something to tell. The caller has the lock, as of all that follows here.</summary>
    bool HasNews => unexamined > 0 || isEnd || isInterrupted;

    /// <summary>The failure, if it is what is told next: at once, or after what has arrived.</summary>
    Exception? Due => connection.Means.Options.GivesUpWhenFailed || unexamined == 0 ? failure : null;

    ReadResult ResultOrFailure() => Due is { } reason ? throw reason : Result();

    ReadResult Result()
    {
        bool isCanceled = isInterrupted;
        isInterrupted = false;

        // Where there is nothing there is no position either: the empty block that is just being filled goes back if nothing comes.
        return new ReadResult(chain.Length == 0 ? default : chain.All, isCanceled, isEnd && failure is null);
    }

    /// <summary>Ends the waiting of who reads, if somebody does and there still is something to tell: what came may have been read meanwhile.</summary>
    void Wake()
    {
        CancellationTokenRegistration registered;
        lock (gate)
        {
            if (!isWaiting || !HasNews)
                return;
            isWaiting = false;
            (registered, cancellation) = (cancellation, default);
        }
        registered.Dispose(); // waits for a cancellation that is just being told on another thread: none of this read's comes later
        Arrive(static ahead => ((ReadAhead)ahead!).arrival.SetResult(true), this);
    }

    /// <summary>Goes on with who has waited: on the loop's thread, or on the pool.</summary>
    void Arrive(Action<object?> arrive, object state)
    {
        if (arrival.RunContinuationsAsynchronously)
            arrive(state);
        else
            connection.Means.Scheduler.Schedule(arrive, state);
    }

    void Register(short version, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registered = cancellationToken.UnsafeRegister(static (ahead, token) => ((ReadAhead)ahead!).Cancel(token), this);
        lock (gate)
        {
            if (isWaiting && arrival.Version == version)
            {
                cancellation = registered;
                return;
            }
        }
        registered.Dispose(); // the waiting was over before
    }

    void Cancel(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!isWaiting)
                return;
            isWaiting = false;
            cancellation = default;
        }
        Arrive(
            static told =>
            {
                var (ahead, token) = ((ReadAhead, CancellationToken))told!;
                ahead.arrival.SetException(new OperationCanceledException(token));
            },
            (this, cancellationToken));
    }
}
