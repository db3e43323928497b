using System.Buffers;

namespace Unp.Net.Pipelines;

sealed class FixedLengthFraming(int length) : Framing(length)
{
    public override bool TryRead(in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        bool arrived = buffer.Length >= Limit;
        frame = arrived ? buffer.Slice(0, Limit) : default;
        end = frame.End;
        return arrived;
    }

    public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        if (frame.Length != Limit)
            throw new ArgumentException($"A frame has {Limit} bytes here, not {frame.Length}.", nameof(frame));
        output.Write(frame);
    }
}
