using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Unp.Net.Pipelines;

/// <summary>
/// The input of a connection that does not read ahead. A read waits in the socket's read operation, which is also the source of the
/// ValueTasks. This object holds only data that are received and not consumed. A block is rented when data are available.
/// </summary>
sealed class SocketReader : ConnectionReader, IReceiver, IValueTaskSource<ReadResult>
{
    /// <summary>The smallest space for a receive. With less space in the last block another one is rented.</summary>
    const int MinSpace = 1024;

    readonly LoopSocket socket;
    readonly int minSpace;
    BlockChain received;
    bool isAllExamined;
    bool isEnd;
    bool isCompleted;
    bool isInterrupted;

    public SocketReader(LoopConnection connection)
    {
        socket = connection.Socket;
        socket.Reader.RunContinuationsAsynchronously = connection.Resources.RunContinuationsAsynchronously;
        minSpace = Math.Min(MinSpace, connection.Resources.Blocks.BlockSize);
        received = new BlockChain(connection.Resources.Blocks);
    }

    bool IReceiver.IsInterrupted => Volatile.Read(ref isInterrupted);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        if (TryRead(out ReadResult result))
            return new ValueTask<ReadResult>(result);
        if (socket.ReceiveFailure is { } failure)
            return ValueTask.FromException<ReadResult>(failure);
        try
        {
            if (socket.Reader.BeginReceive(this, cancellationToken))
                return new ValueTask<ReadResult>(Received(socket.Reader.TakeCount()));
        }
        catch (Exception e)
        {
            return ValueTask.FromException<ReadResult>(e);
        }
        var reading = new ValueTask<ReadResult>(this, socket.Reader.Version);

        // CancelPendingRead may have run before the operation waited, and then had no effect on it.
        if (Volatile.Read(ref isInterrupted))
            socket.Reader.Recheck();
        return reading;
    }

    public override bool TryRead(out ReadResult result)
    {
        ThrowIfCompleted(isCompleted);
        bool isCanceled = ConsumeInterruption();
        bool hasResult = isCanceled || isEnd || (!received.IsEmpty && !isAllExamined);
        result = hasResult ? Result(isCanceled) : default;
        return hasResult;
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        ThrowIfCompleted(isCompleted);
        bool isEnd = received.IsEnd(examined);
        received.AdvanceTo(consumed);
        isAllExamined = isEnd;
    }

    public override void CancelPendingRead()
    {
        Volatile.Write(ref isInterrupted, true);
        socket.Reader.Recheck();
    }

    public override void Complete(Exception? exception = null)
    {
        isCompleted = true;
        received.Clear();
    }

    Memory<byte> IReceiver.GetMemory() => received.GetMemory(minSpace);

    void IReceiver.Advance(int bytes)
    {
        received.Advance(bytes);
        if (bytes == 0)
            received.ReleaseEmpty();
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => Received(socket.Reader.GetResult(token));

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => socket.Reader.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        socket.Reader.OnCompleted(continuation, state, token, flags);

    ReadResult Received(int bytes)
    {
        bool isCanceled = ConsumeInterruption();
        if (bytes == 0 && !isCanceled)
            isEnd = true;
        return Result(isCanceled);
    }

    ReadResult Result(bool isCanceled)
    {
        isAllExamined = false;
        return new ReadResult(received.AsSequence(), isCanceled, isEnd);
    }

    bool ConsumeInterruption() => Volatile.Read(ref isInterrupted) && Interlocked.Exchange(ref isInterrupted, false);
}
