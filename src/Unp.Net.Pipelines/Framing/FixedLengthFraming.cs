using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>Frames of one fixed length.</summary>
sealed class FixedLengthFraming(int length) : Framing(length)
{
    public override bool TryRead(
        in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        bool arrived = buffer.Length >= Limit;
        frame = arrived ? buffer.Slice(0, Limit) : default;
        end = frame.End;
        return arrived;
    }

    public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        if (frame.Length != Limit)
            throw new ArgumentException($"The frame has {frame.Length} bytes, but must have {Limit}.", nameof(frame));
        output.Write(frame);
    }
}
