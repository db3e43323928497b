using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>
/// The input of a connection that receives before it is asked to, on the loop's thread, up to a limit. What has arrived is read before the
/// failure that came after it is told. Any thread may read, one at a time; while there is nothing to read, it holds no block.
/// </summary>
sealed partial class ReadAhead : ConnectionReader
{
    readonly LoopConnection connection;
    readonly object gate = new(); // each connection has one, and a Lock is larger
    readonly ReadWait wait;
    BlockChain chain;
    long unexamined;
    Exception? failure;
    bool isEnd;
    bool isCompleted;
    bool isInterrupted;

    public ReadAhead(LoopConnection connection)
    {
        this.connection = connection;
        chain = new BlockChain(connection.Resources.Blocks);
        minSpace = Math.Min(MinSpace, connection.Resources.Blocks.BlockSize);
        wait = new ReadWait(this);
        connection.Socket.Reader.RunContinuationsAsynchronously = false; // the only awaiter is this object
        connection.Resources.Scheduler.Schedule(static ahead => ((ReadAhead)ahead!).Receive(), this);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        short version;
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            if (wait.IsPending)
                throw new InvalidOperationException("Another read is pending. Await it before the next one starts.");
            if (HasResult)
                return DueFailure is { } reason ? ValueTask.FromException<ReadResult>(reason) : new ValueTask<ReadResult>(Result());
            version = wait.Begin();
        }
        return wait.Pending(version, cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            bool hasResult = HasResult;
            result = hasResult ? ResultOrFailure() : default;
            return hasResult;
        }
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        bool resumes;
        lock (gate)
        {
            ThrowIfCompleted(isCompleted);
            long left = examined.GetObject() is null ? unexamined : chain.LengthFrom(examined);
            chain.AdvanceTo(consumed, KeepsLast);
            unexamined = left;
            resumes = TryResume(unexamined < connection.Resources.ResumeReadingAt);
        }
        if (resumes)
            ScheduleReceiving();
    }

    public override void CancelPendingRead()
    {
        lock (gate)
            isInterrupted = true;
        wait.Wake();
    }

    public override void Complete(Exception? exception = null)
    {
        bool resumes;
        lock (gate)
        {
            isCompleted = true;
            if (!isFilling)
                chain.Clear();
            resumes = TryResume(true); // PrepareReceive then ends the receiving
        }
        if (resumes)
            ScheduleReceiving();
    }

    /// <summary>Whether a read can complete. The caller has the lock, as for the members below.</summary>
    bool HasResult => unexamined > 0 || isEnd || isInterrupted;

    /// <summary>
    /// The failure if the next read must report it: at once with GivesUpWhenFailed, otherwise once all data are examined. Null if not.
    /// </summary>
    Exception? DueFailure => connection.Resources.Options.GivesUpWhenFailed || unexamined == 0 ? failure : null;

    ReadResult ResultOrFailure() => DueFailure is { } reason ? throw reason : Result();

    ReadResult Result()
    {
        bool isCanceled = isInterrupted;
        isInterrupted = false;

        // An empty result has no position, because an empty block that is being filled returns to the source if no data come.
        return new ReadResult(chain.Length == 0 ? default : chain.AsSequence(), isCanceled, isEnd && failure is null);
    }

    sealed class ReadWait(ReadAhead ahead) : PipeWait<ReadResult>(ahead.connection, ahead.gate)
    {
        protected override bool HasResult => ahead.HasResult;

        protected override ReadResult Result()
        {
            lock (ahead.gate)
                return ahead.ResultOrFailure();
        }
    }
}
