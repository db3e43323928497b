using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>Frames with a length prefix. Subclasses define its encoding.</summary>
abstract class PrefixFraming(int limit) : Framing(limit)
{
    /// <summary>The maximum length of a prefix in bytes: a 64-bit number in LEB128.</summary>
    const int MaxPrefixLength = 10;

    /// <summary>Reads the prefix at the start of the bytes. Returns false if it is incomplete.</summary>
    protected abstract bool TryReadPrefix(ReadOnlySpan<byte> bytes, out int size, out ulong length);

    /// <summary>Writes the prefix, and returns its length in bytes.</summary>
    protected abstract int WritePrefix(Span<byte> destination, uint length);

    public sealed override bool TryRead(
        in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        ReadOnlySpan<byte> start = buffer.FirstSpan;
        if (start.Length < MaxPrefixLength && !buffer.IsSingleSegment)
        {
            ReadOnlySequence<byte> prefix = buffer.Slice(0, Math.Min(MaxPrefixLength, buffer.Length));
            Span<byte> copy = stackalloc byte[MaxPrefixLength];
            prefix.CopyTo(copy);
            return TryRead(buffer, copy[..(int)prefix.Length], out frame, out end);
        }
        return TryRead(buffer, start, out frame, out end);
    }

    bool TryRead(
        in ReadOnlySequence<byte> buffer, scoped ReadOnlySpan<byte> start, out ReadOnlySequence<byte> frame, out SequencePosition end)
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
        output.Advance(WritePrefix(output.GetSpan(MaxPrefixLength), (uint)frame.Length));
        output.Write(frame);
    }
}
