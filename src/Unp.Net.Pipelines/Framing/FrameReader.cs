using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>Reads frames from a pipe, however the bytes are split on arrival. Only one caller may use it at a time.</summary>
/// <remarks>
/// No other code may read from the pipe, because the reader keeps frames that arrived together and returns them one by one.
/// </remarks>
/// <example>
/// <code>
/// var reader = new FrameReader(connection.Input, Framing.Delimiter("\n"u8, limit: 1024));
/// while (await reader.ReadAsync() is { } line)
///     Console.WriteLine(Encoding.UTF8.GetString(line));
/// </code>
/// </example>
public sealed class FrameReader
{
    readonly PipeReader reader;
    readonly Framing framing;

    // The bytes that were read and not yet returned as frames. While hasBuffer is true, the pipe expects a call of AdvanceTo.
    ReadOnlySequence<byte> rest;
    bool hasBuffer;
    bool isEnd;
    long examined;

    /// <summary>Creates a reader of frames.</summary>
    /// <param name="reader">
    /// The pipe to read from. Its owner must complete it, unless <see cref="ReadAsync"/> has completed it with an exception.
    /// </param>
    /// <param name="framing">The format of the frames.</param>
    public FrameReader(PipeReader reader, Framing framing)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(framing);
        this.reader = reader;
        this.framing = framing;
    }

    /// <summary>Reads the next frame, and waits until it is complete.</summary>
    /// <param name="cancellationToken">Cancels the wait. No data is lost, and the next call continues the same frame.</param>
    /// <returns>The frame, which is valid until the next call, or null if the peer has ended the stream between two frames.</returns>
    /// <exception cref="InvalidDataException">
    /// A frame is longer than <see cref="Framing.Limit"/> or malformed. The pipe is completed with this exception.
    /// </exception>
    /// <exception cref="EndOfStreamException">
    /// The peer has ended the stream inside a frame. The pipe is completed with this exception.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled, or <see cref="PipeReader.CancelPendingRead"/> was called.
    /// </exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlySequence<byte>?> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                if (!rest.IsEmpty && framing.TryRead(rest, ref examined, out ReadOnlySequence<byte> frame, out SequencePosition end))
                {
                    rest = rest.Slice(end);
                    examined = 0;
                    return frame;
                }
                if (isEnd && rest.IsEmpty)
                    return null;
                if (isEnd)
                    throw new EndOfStreamException($"The peer has ended the stream inside a frame, after {rest.Length} bytes of it.");
                await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            ClearBuffer();
            await reader.CompleteAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (hasBuffer)
            reader.AdvanceTo(rest.Start, rest.End);
        ClearBuffer();
        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        (rest, hasBuffer, isEnd) = (result.Buffer, true, result.IsCompleted);
        if (result.IsCanceled)
            throw new OperationCanceledException();
    }

    void ClearBuffer() => (rest, hasBuffer) = (default, false);
}
