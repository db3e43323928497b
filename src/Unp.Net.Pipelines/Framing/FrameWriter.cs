using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines;

/// <summary>Writes frames to a pipe. Only one caller may use it at a time.</summary>
/// <example>
/// <c>Write</c> only buffers. The frames are sent by the flush:
/// <code>
/// var writer = new FrameWriter(connection.Output, Framing.LengthPrefix(size: 4, limit: 65536));
/// writer.Write("hello"u8);
/// writer.Write("world"u8);
/// await writer.FlushAsync();
/// </code>
/// </example>
public sealed class FrameWriter
{
    readonly PipeWriter writer;
    readonly Framing framing;

    /// <summary>Creates a writer of frames.</summary>
    /// <param name="writer">The pipe to write to. Its owner completes it.</param>
    /// <param name="framing">The format of the frames, the same as on the peer's side.</param>
    public FrameWriter(PipeWriter writer, Framing framing)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(framing);
        this.writer = writer;
        this.framing = framing;
    }

    /// <summary>
    /// Writes a frame to the pipe without sending it. <see cref="FlushAsync"/> or the next <c>WriteAsync</c> sends it, together
    /// with all frames that were written earlier.
    /// </summary>
    /// <param name="frame">The frame, which is copied.</param>
    /// <exception cref="ArgumentException">
    /// The frame is longer than <see cref="Framing.Limit"/>, or the format cannot represent it, for example because it contains the
    /// delimiter. Nothing was written.
    /// </exception>
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
            throw new ArgumentException($"The frame has {frame.Length} bytes, more than the limit of {framing.Limit}.", nameof(frame));
        byte[] copy = ArrayPool<byte>.Shared.Rent((int)frame.Length);
        try
        {
            frame.CopyTo(copy);
            Write(copy.AsSpan(0, (int)frame.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Sends the frames that were written, and waits while the pipe is full.</summary>
    /// <param name="cancellationToken">Cancels the wait. The frames are sent nevertheless.</param>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => writer.FlushAsync(cancellationToken);

    /// <summary>Writes a frame and sends it.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    /// <param name="frame">The frame, which is copied.</param>
    /// <param name="cancellationToken">Cancels the wait for a full pipe. The frame is sent nevertheless.</param>
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
