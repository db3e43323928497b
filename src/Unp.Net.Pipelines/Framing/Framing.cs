using System.Buffers;

namespace Unp.Net.Pipelines;

/// <summary>
/// The format of frames in a stream of bytes. <see cref="FrameReader"/> and <see cref="FrameWriter"/> use it.
/// </summary>
/// <remarks>
/// <para>A stream has no message boundaries (UNP 3.9). The bytes of one send call may arrive in many pieces, and the bytes of many send
/// calls in one piece. Some courses call this "sticky packets". A framing adds the boundaries.</para>
/// <para>An instance is immutable, so all connections can share it. A protocol with another format derives its own class.</para>
/// </remarks>
public abstract class Framing
{
    /// <summary>Creates a framing with a limit.</summary>
    /// <param name="limit">The maximum length of a frame in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    protected Framing(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
    }

    /// <summary>Gets the maximum length of a frame in bytes, without its prefix or delimiter.</summary>
    public int Limit { get; }

    /// <summary>Creates a framing for frames of one fixed length, without a separator.</summary>
    /// <param name="length">The length of each frame in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public static Framing FixedLength(int length) => new FixedLengthFraming(length);

    /// <summary>
    /// Creates a framing for frames that end with a delimiter, such as lines with <c>"\n"u8</c> or <c>"\r\n"u8</c>. A frame must not
    /// contain the delimiter.
    /// </summary>
    /// <param name="delimiter">The bytes after each frame, at least one.</param>
    /// <param name="limit">The maximum length of a frame in bytes, without the delimiter.</param>
    /// <exception cref="ArgumentException"><paramref name="delimiter"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    public static Framing Delimiter(ReadOnlySpan<byte> delimiter, int limit) => new DelimiterFraming(delimiter, limit);

    /// <summary>
    /// Creates a framing for frames with a length prefix, an unsigned integer of a fixed size. The length does not include the prefix.
    /// </summary>
    /// <param name="size">The size of the prefix in bytes: 1, 2, 4 or 8.</param>
    /// <param name="limit">The maximum length of a frame in bytes. It must fit into the prefix.</param>
    /// <param name="littleEndian">
    /// Whether the prefix begins with its least significant byte. In network byte order, the default, it begins with the most significant
    /// byte (UNP 3.4).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="size"/> is invalid or too small for <paramref name="limit"/>, or <paramref name="limit"/> is less than 1.
    /// </exception>
    public static Framing LengthPrefix(int size, int limit, bool littleEndian = false) =>
        new LengthPrefixFraming(size, limit, littleEndian);

    /// <summary>Creates a framing for frames with a length prefix in LEB128, as Protocol Buffers uses it between messages.</summary>
    /// <remarks>
    /// Each byte of the prefix holds seven bits of the length, the lowest bits first. The eighth bit is set in all bytes but the last.
    /// </remarks>
    /// <param name="limit">The maximum length of a frame in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    public static Framing VarintPrefix(int limit) => new VarintPrefixFraming(limit);

    /// <summary>Reads the frame at the start of a buffer, if the frame is complete.</summary>
    /// <param name="buffer">
    /// The bytes that have arrived, from the start of the frame. They may be a part of the frame, or more than it.
    /// </param>
    /// <param name="examined">
    /// The number of bytes that the framing need not examine again when more bytes have arrived. It is 0 at the first call for each frame,
    /// and the framing may change it.
    /// </param>
    /// <param name="frame">The frame, without its prefix or delimiter.</param>
    /// <param name="end">The position after the frame and its delimiter, where the next frame begins.</param>
    /// <returns>Whether the frame is complete.</returns>
    /// <exception cref="InvalidDataException">The frame is longer than <see cref="Limit"/>, or malformed.</exception>
    public abstract bool TryRead(
        in ReadOnlySequence<byte> buffer, ref long examined, out ReadOnlySequence<byte> frame, out SequencePosition end);

    /// <summary>Writes a frame with its prefix or delimiter. If it throws, it has written nothing.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">The frame is too long, or contains the delimiter.</exception>
    public abstract void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame);

    /// <summary>
    /// Throws if a frame to read is longer than <see cref="Limit"/>. Implementations of <see cref="TryRead"/> call it as soon as they know
    /// the length, before the frame has arrived.
    /// </summary>
    /// <param name="length">The length of the frame in bytes.</param>
    /// <exception cref="InvalidDataException">The frame is longer than <see cref="Limit"/>.</exception>
    protected void CheckArriving(ulong length)
    {
        if (length > (ulong)Limit)
            throw new InvalidDataException($"The frame has {length} bytes, more than the limit of {Limit}.");
    }

    /// <summary>
    /// Throws if a frame to write is longer than <see cref="Limit"/>. Implementations of <see cref="Write"/> call it first.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">The frame is longer than <see cref="Limit"/>.</exception>
    protected void CheckLeaving(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > Limit)
            throw new ArgumentException($"The frame has {frame.Length} bytes, more than the limit of {Limit}.", nameof(frame));
    }
}
