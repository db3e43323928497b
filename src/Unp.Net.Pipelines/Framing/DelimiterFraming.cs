using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>Frames that end with a delimiter.</summary>
sealed class DelimiterFraming : Framing
{
    readonly byte[] delimiter;

    public DelimiterFraming(ReadOnlySpan<byte> delimiter, int limit)
        : base(limit)
    {
        if (delimiter.IsEmpty)
            throw new ArgumentException("The delimiter must not be empty.", nameof(delimiter));
        this.delimiter = delimiter.ToArray();
    }

    public override bool TryRead(
        in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        // The examined bytes may end with the first bytes of a delimiter.
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
            throw new InvalidDataException($"The frame has no delimiter in its first {buffer.Length} bytes. The limit is {Limit}.");
        examined = buffer.Length;
        frame = default;
        end = default;
        return false;
    }

    public override void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        CheckLeaving(frame);
        int index = IndexOfDelimiter(frame);
        if (index < frame.Length)
        {
            throw new ArgumentException(
                $"The frame must not contain the delimiter, which a reader would find at index {index}.", nameof(frame));
        }
        output.Write(frame);
        output.Write(delimiter);
    }

    /// <summary>
    /// Returns the index at which a reader would find the first delimiter. A delimiter may begin in the frame and end in the
    /// delimiter after it. Example with the delimiter "aa": the frame "xa" is sent as "xaaa", where a reader would find it at index 1.
    /// </summary>
    int IndexOfDelimiter(ReadOnlySpan<byte> frame)
    {
        int inside = frame.IndexOf(delimiter);
        if (inside >= 0)
            return inside;
        for (int shared = Math.Min(delimiter.Length - 1, frame.Length); shared > 0; shared--)
        {
            bool endsWithStart = frame[^shared..].SequenceEqual(delimiter.AsSpan(0, shared));
            if (endsWithStart && delimiter.AsSpan(shared).SequenceEqual(delimiter.AsSpan(..^shared)))
                return frame.Length - shared;
        }
        return frame.Length;
    }
}
