using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>
/// The input of a connection that receives before it is asked to, on the loop's thread, up to a limit. What has arrived is read before the failure that came
/// after it is told. Any thread may read, one at a time; while there is nothing to read, it holds no block.
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
        chain = new BlockChain(connection.Means.Blocks);
        leastRoom = Math.Min(LeastRoom, connection.Means.Blocks.BlockSize);
        wait = new ReadWait(this);
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
            if (wait.IsPending)
                throw new InvalidOperationException("A read is still going on; there is one reader at a time.");
            if (HasNews)
                return Due is { } reason ? ValueTask.FromException<ReadResult>(reason) : new ValueTask<ReadResult>(Result());
            version = wait.Begin();
        }
        return wait.Pending(version, cancellationToken);
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
            resumes = Resumes(true); // it finds out that nobody reads
        }
        if (resumes)
            ScheduleReceiving();
    }

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

    sealed class ReadWait(ReadAhead ahead) : PipeWait<ReadResult>(ahead.connection, ahead.gate)
    {
        protected override bool HasResult => ahead.HasNews;

        protected override ReadResult Result()
        {
            lock (ahead.gate)
                return ahead.ResultOrFailure();
        }
    }
}
