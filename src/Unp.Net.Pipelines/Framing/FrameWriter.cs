using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>Writes frame after frame to a pipe. One caller at a time.</summary>
public sealed class FrameWriter
{
    readonly PipeWriter writer;
    readonly Framing framing;

    /// <summary>Writes frames.</summary>
    /// <param name="writer">Where to. To complete it when done is up to its owner.</param>
    /// <param name="framing">How they stand there; the other side's.</param>
    public FrameWriter(PipeWriter writer, Framing framing)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(framing);
        this.writer = writer;
        this.framing = framing;
    }

    /// <summary>Puts a frame into the pipe, from where <see cref="FlushAsync"/> or the next <c>WriteAsync</c> sends it: many small ones in one call.</summary>
    /// <param name="frame">The frame, which is copied.</param>
    /// <exception cref="ArgumentException">It is longer than <see cref="Framing.Limit"/>, or a reader would take it for something else. Nothing was written.</exception>
    public void Write(ReadOnlySpan<byte> frame) => framing.Write(writer, frame);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    public void Write(in ReadOnlySequence<byte> frame)
    {
        if (frame.IsSingleSegment)
        {
            Write(frame.FirstSpan);
            return;
        }
        if (frame.Length > framing.Limit)
            throw new ArgumentException($"A frame of {frame.Length} bytes is longer than the limit, {framing.Limit}.", nameof(frame));
        byte[] together = ArrayPool<byte>.Shared.Rent((int)frame.Length);
        try
        {
            frame.CopyTo(together);
            Write(together.AsSpan(0, (int)frame.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(together);
        }
    }

    /// <summary>Sends what was written, and waits while the pipe is full.</summary>
    /// <param name="cancellationToken">Ends the waiting; what was written goes on its way nevertheless.</param>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => writer.FlushAsync(cancellationToken);

    /// <summary>Writes a frame, and sends it.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    /// <param name="frame">The frame, which is copied.</param>
    /// <param name="cancellationToken">Ends the waiting for a full pipe; the frame goes on its way nevertheless.</param>
    public ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default)
    {
        Write(frame.Span);
        return FlushAsync(cancellationToken);
    }

    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public ValueTask<FlushResult> WriteAsync(in ReadOnlySequence<byte> frame, CancellationToken cancellationToken = default)
    {
        Write(frame);
        return FlushAsync(cancellationToken);
    }
}
