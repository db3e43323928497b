using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// A pipe that the connection fills before it is asked to. What has arrived is read before the failure that came after it is told, where a pipe that was
/// completed with an exception would drop the bytes.
/// </summary>
sealed class ReadAhead : PipeReader
{
    readonly LoopConnection connection;
    readonly Pipe pipe;
    readonly TaskCompletionSource received = new();
    Exception? failure;
    SequencePosition end;
    bool isAllExamined;

    public ReadAhead(LoopConnection connection)
    {
        this.connection = connection;
        connection.Socket.Reader.ContinuesOnPool = false; // what awaits it is this object
        pipe = new Pipe(connection.Means.Ahead);
        Receiving = ReceiveAsync();
    }

    /// <summary>What the connection's user reads from; if a failure is told at once the pipe's own reader, which costs a request one function less.</summary>
    public PipeReader Reader => TellsAtOnce ? pipe.Reader : this;

    /// <summary>Completes when the peer is done sending, or nothing can be received any more.</summary>
    public Task Received => received.Task;

    /// <summary>The filling, which ends after that.</summary>
    public Task Receiving { get; }

    /// <summary>The socket was closed: nobody need read first what has arrived.</summary>
    public void Stop() => pipe.Writer.CancelPendingFlush();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Checked(await pipe.Reader.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        bool succeeded = pipe.Reader.TryRead(out result);
        if (succeeded)
            result = Checked(result);
        return succeeded;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // Of what is all consumed the memory may be used again: what stands there then is new, and the next buffer is empty if nothing does.
        isAllExamined = examined.Equals(end) && !consumed.Equals(end);
        pipe.Reader.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => pipe.Reader.CancelPendingRead();

    public override void Complete(Exception? exception = null) => pipe.Reader.Complete(exception);

    /// <summary>Goes on on the loop's thread, as long as the connection lasts.</summary>
    async Task ReceiveAsync()
    {
        LoopSocket socket = connection.Socket;
        Exception? reason = null;
        try
        {
            await socket.Loop.SwitchTo();
            FlushResult flushed;
            do
            {
                if (connection.Means.Options.WaitForDataBeforeAllocatingBuffer)
                    await socket.WaitReadableAsync().ConfigureAwait(false);
                int n = await socket.ReceiveAsync(pipe.Writer.GetMemory()).ConfigureAwait(false);
                if (n == 0)
                    break;
                pipe.Writer.Advance(n);
                flushed = await pipe.Writer.FlushAsync().ConfigureAwait(false);
            }
            while (!flushed.IsCompleted);
        }
        catch (Exception e)
        {
            reason = Translated(e);
        }
        received.SetResult();
        End(reason);
    }

    Exception Translated(Exception failure)
    {
        try
        {
            return connection.Means.Options.Translate?.Invoke(failure) ?? failure;
        }
        catch (Exception e)
        {
            connection.Socket.Loop.Report(e);
            return failure;
        }
    }

    /// <summary>Whether a failure is told at once, and not after what has arrived.</summary>
    bool TellsAtOnce => connection.Means.Options.GivesUpWhenFailed;

    /// <summary>Nothing more comes, because of a failure or without.</summary>
    void End(Exception? reason)
    {
        failure = TellsAtOnce ? null : reason;
        pipe.Writer.Complete(TellsAtOnce ? reason : null);
    }

    ReadResult Checked(in ReadResult result)
    {
        ReadOnlySequence<byte> buffer = result.Buffer;
        if (!result.IsCompleted || failure is null)
        {
            end = buffer.End;
            return result;
        }
        if (buffer.IsEmpty || (isAllExamined && buffer.End.Equals(end)))
        {
            pipe.Reader.AdvanceTo(buffer.Start, buffer.End);
            throw failure;
        }
        end = buffer.End;
        return new ReadResult(buffer, result.IsCanceled, isCompleted: false);
    }
}
