using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// The output of a connection. What was flushed is sent on the loop's thread, all of it in a call; more may be written and flushed
/// meanwhile, up to a limit. When all is sent it holds no block. Any thread may write, one at a time.
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
        if (!HasRoom(connection.Resources.PauseAt))
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

    bool HasRoom(long limit) => Volatile.Read(ref unsent) < limit || Volatile.Read(ref isOver) || Volatile.Read(ref isBroken);

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

    bool HasResult => HasRoom(connection.Resources.ResumeAt) || Volatile.Read(ref isInterrupted);

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
