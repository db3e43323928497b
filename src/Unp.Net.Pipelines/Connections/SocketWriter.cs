using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// The output of a connection. What was flushed is sent on the loop's thread, all of it in a call; more may be written and flushed meanwhile, up to a limit.
/// When all is sent it holds no block. Any thread may write, one at a time.
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

    // Whether somebody may be filling the last block just now.
    bool isWriting;
    bool isCompleted;
    bool isInterrupted;

    // A flush was ended from outside because it blocked the loop's thread. The connection is being aborted, and no later flush waits for
    // that.
    bool isBroken;

    public SocketWriter(LoopConnection connection)
    {
        this.connection = connection;
        blocks = new BlockChain(connection.Means.Blocks);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int least = Math.Max(sizeHint, 1);
        if (isWriting && blocks.HasRoom(least))
            return blocks.Room(least);
        lock (gate)
        {
            ThrowIfCompleted();
            isWriting = true;
            return blocks.Room(least);
        }
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ThrowIfCompleted();
        blocks.Add(bytes);
        unflushed += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        bool begins;
        lock (gate)
        {
            ThrowIfCompleted();
            Flush();
            begins = unsent > 0 && !isSending;
            isSending |= begins;
        }
        if (begins)
            ScheduleSending();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        if (!HasRoom(connection.Means.PauseAt))
            return WaitAsync(cancellationToken);
        return failure is null ? new ValueTask<FlushResult>(Result()) : ValueTask.FromException<FlushResult>(failure);
    }

    public override void CancelPendingFlush()
    {
        Interlocked.Exchange(ref isInterrupted, true);
        waiting?.Wake();
    }

    /// <summary>Sends what was written, and ends the sending; with an exception it aborts the connection.</summary>
    public override void Complete(Exception? exception = null)
    {
        bool begins;
        lock (gate)
        {
            if (isCompleted)
                return;
            isCompleted = true;
            Flush();
            begins = !isSending;
            isSending = true;
        }
        if (exception is not null)
            connection.Abort(exception);
        if (begins)
            ScheduleSending();
    }

    /// <summary>What was written is to be sent. The caller has the lock.</summary>
    void Flush()
    {
        isWriting = false;
        unsent += isOver ? 0 : unflushed;
        unflushed = 0;
        flushed = blocks.End;
        if (unsent == 0 && (isOver || !isSending))
            blocks.Clear();
    }

    bool HasRoom(long limit) => Volatile.Read(ref unsent) < limit || Volatile.Read(ref isOver) || Volatile.Read(ref isBroken);

    ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        short version;
        lock (gate)
        {
            waiting ??= new FlushWait(this);
            if (waiting.IsPending)
                throw new InvalidOperationException("A flush is still pending, and there is one writer at a time.");
            if (HasResult)
                return failure is null ? new ValueTask<FlushResult>(Result()) : ValueTask.FromException<FlushResult>(failure);
            version = waiting.Begin();
        }
        return waiting.Pending(version, cancellationToken);
    }

    bool HasResult => HasRoom(connection.Means.ResumeAt) || Volatile.Read(ref isInterrupted);

    FlushResult Result()
    {
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return new FlushResult(Volatile.Read(ref isInterrupted) && Interlocked.Exchange(ref isInterrupted, false), isOver || isBroken);
    }

    void ThrowIfCompleted()
    {
        if (isCompleted)
            throw new InvalidOperationException("The output was completed; nothing is written after that.");
    }

    /// <summary>A flush that waits until enough is sent.</summary>
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
