using System.Buffers;

namespace Unp.Net.Pipelines;

sealed class DelimiterFraming : Framing
{
    readonly byte[] delimiter;

    public DelimiterFraming(ReadOnlySpan<byte> delimiter, int limit)
        : base(limit)
    {
        if (delimiter.IsEmpty)
            throw new ArgumentException("Nothing delimits nothing: one byte at least.", nameof(delimiter));
        this.delimiter = delimiter.ToArray();
    }

    public override bool TryRead(in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        // What was looked at may end with the beginning of a delimiter.
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(Math.Max(0, examined - (delimiter.Length - 1)));
        if (reader.TryReadTo(out ReadOnlySequence<byte> _, delimiter))
        {
            frame = buffer.Slice(0, reader.Consumed - delimiter.Length);
            end = reader.Position;
            CheckArriving((ulong)frame.Length);
            return true;
        }
        if (buffer.Length >= (long)Limit + delimiter.Length)
            throw new InvalidDataException($"A frame has not ended after {buffer.Length} bytes, and the limit is {Limit}.");
        examined = buffer.Length;
        frame = default;
        end = default;
        return false;
    }

    public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        CheckLeaving(frame);
        int ends = FirstEnd(frame);
        if (ends < frame.Length)
            throw new ArgumentException($"The frame has the delimiter at {ends}: a reader would take it for its end.", nameof(frame));
        output.Write(frame);
        output.Write(delimiter);
    }

    /// <summary>Where a reader would find the first delimiter; it may begin in the frame and end in the delimiter behind it, as "aa" does in "xa" + "aa".</summary>
    int FirstEnd(ReadOnlySpan<byte> frame)
    {
        int inside = frame.IndexOf(delimiter);
        if (inside >= 0)
            return inside;
        for (int shared = Math.Min(delimiter.Length - 1, frame.Length); shared > 0; shared--)
        {
            if (frame[^shared..].SequenceEqual(delimiter.AsSpan(0, shared)) && delimiter.AsSpan(shared).SequenceEqual(delimiter.AsSpan(..^shared)))
                return frame.Length - shared;
        }
        return frame.Length;
    }
}
