using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>Reads frame after frame from a pipe, in whatever pieces they arrive. One caller at a time.</summary>
/// <remarks>Nobody else reads from the pipe meanwhile: frames that have arrived together are given out of one read.</remarks>
public sealed class FrameReader
{
    readonly PipeReader reader;
    readonly Framing framing;

    // What was read and is not given out; the pipe waits to be told so from the time it gave it.
    ReadOnlySequence<byte> rest;
    bool holdsRest;
    bool isEnd;
    long examined;

    /// <summary>Reads frames.</summary>
    /// <param name="reader">Where from. To complete it when done is up to its owner.</param>
    /// <param name="framing">How they stand there.</param>
    public FrameReader(PipeReader reader, Framing framing)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(framing);
        this.reader = reader;
        this.framing = framing;
    }

    /// <summary>The next frame, waiting for all of it.</summary>
    /// <param name="cancellationToken">Ends the waiting; nothing is lost, and the next call goes on where this one stopped.</param>
    /// <returns>The frame, which is valid until the next call; null when the other side has ended its sending between two frames.</returns>
    /// <exception cref="InvalidDataException">A frame is longer than <see cref="Framing.Limit"/>, or is none. The pipe is completed with this error.</exception>
    /// <exception cref="EndOfStreamException">The other side has ended inside a frame. The pipe is completed with this error.</exception>
    /// <exception cref="OperationCanceledException">By the token, or by <see cref="PipeReader.CancelPendingRead"/>.</exception>
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
                    throw new EndOfStreamException($"The peer has closed inside a frame, of which {rest.Length} bytes had arrived.");
                await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            Forget();
            await reader.CompleteAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (holdsRest)
            reader.AdvanceTo(rest.Start, rest.End);
        Forget();
        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        (rest, holdsRest, isEnd) = (result.Buffer, true, result.IsCompleted);
        if (result.IsCanceled)
            throw new OperationCanceledException();
    }

    void Forget() => (rest, holdsRest) = (default, false);
}
