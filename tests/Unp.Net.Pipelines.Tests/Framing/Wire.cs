using System.Buffers;
using System.IO.Pipelines;

namespace Unp.Net.Pipelines.Tests.Framing;

/// <summary>Converts frames to bytes and back.</summary>
static class Wire
{
    public static byte[] Of(Pipelines.Framing framing, params IEnumerable<byte[]> frames)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (byte[] frame in frames)
            framing.Write(output, frame);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Returns a pipe in which the pieces arrive one by one, followed by the end if <paramref name="ends"/> is true.</summary>
    public static async Task<PipeReader> ArrivingAsync(IEnumerable<byte[]> pieces, bool ends = true)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false, minimumSegmentSize: 1));
        foreach (byte[] piece in pieces)
        {
            // One segment per piece, so that frames span the boundaries of segments.
            pipe.Writer.GetMemory(Math.Max(1, piece.Length));
            await pipe.Writer.WriteAsync(piece);
        }
        if (ends)
            await pipe.Writer.CompleteAsync();
        return pipe.Reader;
    }

    public static Task<PipeReader> ArrivingAsync(params byte[][] pieces) => ArrivingAsync((IEnumerable<byte[]>)pieces);

    public static async Task<List<byte[]>> ReadAllAsync(this FrameReader reader)
    {
        var frames = new List<byte[]>();
        while (await reader.ReadAsync() is { } frame)
            frames.Add(frame.ToArray());
        return frames;
    }
}
