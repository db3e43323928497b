using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// How frames, messages with a beginning and an end, stand in a stream of bytes, which has neither: what one call sent may arrive in many pieces, and
/// what many calls sent in one (section 3.9; the "sticky packets" of some courses). Immutable: one can serve all connections.
/// </summary>
/// <remarks><see cref="FrameReader"/> and <see cref="FrameWriter"/> use it. A protocol with a form of its own derives from it.</remarks>
public abstract class Framing
{
    /// <param name="limit">The bytes of the longest frame, 1 at least.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    protected Framing(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
    }

    /// <summary>The bytes of the longest frame, without what separates it from others.</summary>
    public int Limit { get; }

    /// <summary>Frames that all have the same length, with nothing between them.</summary>
    /// <param name="length">Bytes, 1 at least.</param>
    public static Framing FixedLength(int length) => new FixedLengthFraming(length);

    /// <summary>Frames that end with certain bytes, which are not among their own: lines, for one, with <c>"\n"u8</c> or <c>"\r\n"u8</c>.</summary>
    /// <param name="delimiter">The bytes behind each frame, one at least.</param>
    /// <param name="limit">The bytes of the longest frame, without the delimiter.</param>
    /// <exception cref="ArgumentException"><paramref name="delimiter"/> is empty.</exception>
    public static Framing Delimiter(ReadOnlySpan<byte> delimiter, int limit) => new DelimiterFraming(delimiter, limit);

    /// <summary>Frames behind their length, a number of a fixed size without a sign, which counts the bytes of the frame alone.</summary>
    /// <param name="size">The bytes of the number: 1, 2, 4 or 8.</param>
    /// <param name="limit">The bytes of the longest frame; a number of that size has to hold it.</param>
    /// <param name="littleEndian">Whether the number begins with its lowest byte. Network byte order begins with the highest (section 3.4).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is none of these, or too small for <paramref name="limit"/>.</exception>
    public static Framing LengthPrefix(int size, int limit, bool littleEndian = false) => new LengthPrefixFraming(size, limit, littleEndian);

    /// <summary>
    /// Frames behind their length in seven bits a byte, the lowest first, with the eighth bit set in all but the last: LEB128, as Protocol Buffers has it
    /// between messages.
    /// </summary>
    /// <param name="limit">The bytes of the longest frame.</param>
    public static Framing VarintPrefix(int limit) => new VarintPrefixFraming(limit);

    /// <summary>Finds the frame with which the bytes begin.</summary>
    /// <param name="buffer">What has arrived from the frame's beginning on, perhaps not all of it, perhaps more.</param>
    /// <param name="examined">
    /// For the framing to remember how many of the bytes it need not look at again when more have come; 0 at each frame's first call.
    /// </param>
    /// <param name="frame">The frame, without what separates it from others.</param>
    /// <param name="end">Where what belongs to it ends, and the next begins.</param>
    /// <returns>Whether it has arrived to its end.</returns>
    /// <exception cref="InvalidDataException">It is longer than <see cref="Limit"/>, or is no frame.</exception>
    public abstract bool TryRead(in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end);

    /// <summary>Writes a frame with what separates it from others; one that it refuses leaves nothing behind.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">A reader would take it for something else: it is too long, or has a delimiter in it.</exception>
    public abstract void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame);

    /// <summary>For <see cref="TryRead"/>: refuses what the other side says is longer than <see cref="Limit"/>, before it is waited for.</summary>
    /// <param name="length">The bytes of the frame.</param>
    /// <exception cref="InvalidDataException">It is.</exception>
    protected void CheckArriving(ulong length)
    {
        if (length > (ulong)Limit)
            throw new InvalidDataException($"A frame of {length} bytes is longer than the limit, {Limit}.");
    }

    /// <summary>For <see cref="Write"/>: refuses what is longer than <see cref="Limit"/>.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">It is.</exception>
    protected void CheckLeaving(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > Limit)
            throw new ArgumentException($"A frame of {frame.Length} bytes is longer than the limit, {Limit}.", nameof(frame));
    }
}
