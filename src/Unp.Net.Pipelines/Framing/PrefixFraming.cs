using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>Frames behind their length, in whatever form that is.</summary>
abstract class PrefixFraming(int limit) : Framing(limit)
{
    /// <summary>The bytes of the longest prefix.</summary>
    const int MostPrefix = 10;

    /// <summary>Reads the prefix with which the bytes begin; false when it has not arrived to its end.</summary>
    protected abstract bool TryReadPrefix(ReadOnlySpan<byte> bytes, out int size, out ulong length);

    /// <summary>Writes the prefix, and returns its bytes.</summary>
    protected abstract int WritePrefix(Span<byte> room, uint length);

    public sealed override bool TryRead(in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        ReadOnlySpan<byte> start = buffer.FirstSpan;
        if (start.Length < MostPrefix && !buffer.IsSingleSegment)
        {
            ReadOnlySequence<byte> prefix = buffer.Slice(0, Math.Min(MostPrefix, buffer.Length));
            Span<byte> together = stackalloc byte[MostPrefix];
            prefix.CopyTo(together);
            return TryRead(buffer, together[..(int)prefix.Length], out frame, out end);
        }
        return TryRead(buffer, start, out frame, out end);
    }

    bool TryRead(in ReadOnlySequence<byte> buffer, scoped ReadOnlySpan<byte> start, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        frame = default;
        end = default;
        if (!TryReadPrefix(start, out int size, out ulong length))
            return false;
        CheckArriving(length);
        if ((ulong)buffer.Length - (ulong)size < length)
            return false;
        frame = buffer.Slice(size, (long)length);
        end = frame.End;
        return true;
    }

    public sealed override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        CheckLeaving(frame);
        output.Advance(WritePrefix(output.GetSpan(MostPrefix), (uint)frame.Length));
        output.Write(frame);
    }
}
