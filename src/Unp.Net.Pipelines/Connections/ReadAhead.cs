using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>
/// A pipe that the connection fills before it is asked to. What has arrived is read before the failure that came after it is told, where a pipe that was
/// completed with an exception would drop the bytes.
/// </summary>
/// <param name="options">Of the pipe.</param>
/// <param name="tellsAtOnce">Whether a failure is told at once all the same: then the pipe's own reader does it, and costs a request no function more.</param>
sealed class ReadAhead(PipeOptions options, bool tellsAtOnce) : PipeReader
{
    readonly Pipe pipe = new(options);
    Exception? failure;
    SequencePosition end;
    bool isAllExamined;

    public PipeWriter Writer => pipe.Writer;

    /// <summary>What the connection's user reads from.</summary>
    public PipeReader Reader => tellsAtOnce ? pipe.Reader : this;

    /// <summary>Nothing more comes, because of a failure or without.</summary>
    public void End(Exception? failure)
    {
        this.failure = tellsAtOnce ? null : failure;
        pipe.Writer.Complete(tellsAtOnce ? failure : null);
    }

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
