using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

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
    FlushOperation? waiting;

    // Whether somebody may be filling the last block just now.
    bool isWriting;
    bool isCompleted;
    bool isInterrupted;

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
        waiting?.LookAgain();
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

    bool HasRoom(long limit) => Volatile.Read(ref unsent) < limit || Volatile.Read(ref isOver);

    ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        waiting ??= new FlushOperation(this);
        try
        {
            return waiting.Begin(cancellationToken);
        }
        catch (ObjectDisposedException e)
        {
            return ValueTask.FromException<FlushResult>(e); // the loop has ended
        }
    }

    FlushResult Result()
    {
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return new FlushResult(Volatile.Read(ref isInterrupted) && Interlocked.Exchange(ref isInterrupted, false), isOver);
    }

    void ThrowIfCompleted()
    {
        if (isCompleted)
            throw new InvalidOperationException("The output was completed; nothing is written after that.");
    }

    /// <summary>A flush that waits until enough is sent, which is looked at on the loop's thread only.</summary>
    sealed class FlushOperation : LoopOperation, IValueTaskSource<FlushResult>
    {
        readonly SocketWriter writer;

        public FlushOperation(SocketWriter writer)
            : base(writer.connection.Socket.Loop)
        {
            this.writer = writer;
            ContinuesOnPool = writer.connection.Means.ContinuesOnPool;
        }

        public ValueTask<FlushResult> Begin(CancellationToken cancellationToken)
        {
            Claim();
            if (!Start(cancellationToken))
                return new ValueTask<FlushResult>(this, Version);
            Take();
            return new ValueTask<FlushResult>(writer.Result());
        }

        FlushResult IValueTaskSource<FlushResult>.GetResult(short token)
        {
            GetResult(token);
            return writer.Result();
        }

        protected override bool Attempt() => writer.HasRoom(writer.connection.Means.ResumeAt) || Volatile.Read(ref writer.isInterrupted);

        protected override void Forget()
        {
        }
    }
}
