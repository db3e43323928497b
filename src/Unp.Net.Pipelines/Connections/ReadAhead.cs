using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

// A reader and a receiver share this object. Its fields are read and changed with the lock `gate`.
//
// The reader is any thread, one at a time. Complete sets isCompleted, and CancelPendingRead sets isInterrupted until a read returns it.
// PipeWait.cs describes how a read waits.
//
// The receiver (ReadAhead.Receiving.cs) runs on the loop's thread, or on the thread pool once the loop has ended. Its states:
//
//   State       Known by      Next state, and what changes it
//   Receiving   isReceiving   Paused: the receiver, at PauseReadingAt unexamined bytes. Ended: End, at the peer's end, after a failure or
//                             when the reader is completed. A waiting receive keeps this state.
//   Paused      isPaused      Receiving: TryResume, called by AdvanceTo if enough bytes were examined, by Complete and by Stop, on any
//                             thread. The thread for which it returns true must call ScheduleReceiving.
//   Ended       isEnd         None. `failure` is the reason, or null.
//
// isFilling is set from GetMemory to Advance, while a system call may write into the last block. Meanwhile no thread may return that block
// to its source.

/// <summary>
/// The input of a connection that reads ahead: it receives on the loop's thread, without a pending read, up to a limit. Buffered data are
/// delivered before a later failure. While there are no data, it holds no block.
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
    /// The failure if the next read must report it: at once with AbortOnFailure, otherwise once all data are examined. Null if not.
    /// </summary>
    Exception? DueFailure => connection.Resources.Options.AbortOnFailure || unexamined == 0 ? failure : null;

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
