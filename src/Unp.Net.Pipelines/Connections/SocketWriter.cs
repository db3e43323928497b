using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

// A writer and a sender share this object. Its fields are changed with the lock `gate`. The exceptions are unflushed and the last block,
// which only the writer changes, and isInterrupted, which is exchanged atomically.
//
// The writer is any thread, one at a time. isWriting is set from GetMemory to the flush. Meanwhile the writer may fill the last block, so
// the sender must not return that block to its source. PipeWait.cs describes how a flush waits.
//
// The sender (SocketWriter.Sending.cs) runs on the loop's thread, or on the thread pool once the loop has ended. Its states:
//
//   State     Known by                 Next state, and what changes it
//   Idle      neither of these flags   Sending: FlushAsync with unsent bytes, Complete or Stop, on any thread. The thread that sets
//                                      isSending must call ScheduleSending.
//   Sending   isSending                Idle: the sender, if there are no unsent bytes. Over: End, after the end of the data is sent or a
//                                      send has failed. A waiting send keeps this state.
//   Over      isOver                   None. Further output is dropped; `failure` is the reason, or null.
//
// The chain `blocks` has three parts: bytes in the current call up to `sending`, bytes for the next call up to `flushed`, and unflushed
// bytes. `unsent` is the length of the first two.

/// <summary>
/// The output of a connection. Flushed data are sent on the loop's thread, all in one call if possible. More may be written and flushed
/// meanwhile, up to a limit. When all data are sent, it holds no block.
/// </summary>
sealed partial class SocketWriter : PipeWriter
{
    readonly LoopConnection connection;
    readonly object gate = new(); // each connection has one, and a Lock is larger
    BlockChain blocks;
    SequencePosition flushed;
    long unsent;
    int unflushed;
    FlushWait? waiting;

    bool isWriting;
    bool isCompleted;
    bool isInterrupted;

    // The stall watch has ended a flush because it blocked the loop's thread. The connection is being aborted, and later flushes do not
    // wait.
    bool isBroken;

    public SocketWriter(LoopConnection connection)
    {
        this.connection = connection;
        blocks = new BlockChain(connection.Resources.Blocks);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int minimum = Math.Max(sizeHint, 1);
        if (isWriting && blocks.HasSpace(minimum))
            return blocks.GetMemory(minimum);
        lock (gate)
        {
            ThrowIfCompleted();
            isWriting = true;
            return blocks.GetMemory(minimum);
        }
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ThrowIfCompleted();
        blocks.Advance(bytes);
        unflushed += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        bool starts;
        lock (gate)
        {
            ThrowIfCompleted();
            Flush();
            starts = unsent > 0 && !isSending;
            isSending |= starts;
        }
        if (starts)
            ScheduleSending();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        if (!HasSpace(connection.Resources.PauseAt))
            return WaitAsync(cancellationToken);
        return failure is null ? new ValueTask<FlushResult>(Result()) : ValueTask.FromException<FlushResult>(failure);
    }

    public override void CancelPendingFlush()
    {
        Interlocked.Exchange(ref isInterrupted, true);
        waiting?.Wake();
    }

    /// <summary>Sends the written data and then the end. With an exception it aborts the connection.</summary>
    public override void Complete(Exception? exception = null)
    {
        bool starts;
        lock (gate)
        {
            if (isCompleted)
                return;
            isCompleted = true;
            Flush();
            starts = !isSending;
            isSending = true;
        }
        if (exception is not null)
            connection.Abort(exception);
        if (starts)
            ScheduleSending();
    }

    /// <summary>Makes the written bytes available to the sender. The caller has the lock.</summary>
    void Flush()
    {
        isWriting = false;
        unsent += isOver ? 0 : unflushed;
        unflushed = 0;
        flushed = blocks.End;
        if (unsent == 0 && (isOver || !isSending))
            blocks.Clear();
    }

    bool HasSpace(long limit) => Volatile.Read(ref unsent) < limit || Volatile.Read(ref isOver) || Volatile.Read(ref isBroken);

    ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        short version;
        lock (gate)
        {
            waiting ??= new FlushWait(this);
            if (waiting.IsPending)
                throw new InvalidOperationException("Another flush is pending. Await it before the next one starts.");
            if (HasResult)
                return failure is null ? new ValueTask<FlushResult>(Result()) : ValueTask.FromException<FlushResult>(failure);
            version = waiting.Begin();
        }
        return waiting.Pending(version, cancellationToken);
    }

    bool HasResult => HasSpace(connection.Resources.ResumeAt) || Volatile.Read(ref isInterrupted);

    FlushResult Result()
    {
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return new FlushResult(Volatile.Read(ref isInterrupted) && Interlocked.Exchange(ref isInterrupted, false), isOver || isBroken);
    }

    void ThrowIfCompleted()
    {
        if (isCompleted)
            throw new InvalidOperationException("The output was completed. Do not write after Complete.");
    }

    /// <summary>The wait of a flush until enough bytes are sent.</summary>
    sealed class FlushWait(SocketWriter writer) : PipeWait<FlushResult>(writer.connection, writer.gate)
    {
        protected override bool HasResult => writer.HasResult;

        protected override FlushResult Result() => writer.Result();

        protected override void OnBroken(Exception reason)
        {
            Volatile.Write(ref writer.isBroken, true);
            writer.connection.Abort(reason);
        }
    }
}
