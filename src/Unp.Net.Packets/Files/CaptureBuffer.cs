namespace Unp.Net.Packets;

/// <summary>
/// The part of a stream that was read and not consumed. It grows no further than to twice the bytes that a record was asked for and has.
/// </summary>
/// <remarks>The stream is read in large pieces. A record is a slice of the buffer, and only an incomplete one at the buffer's end is
/// copied.</remarks>
sealed class CaptureBuffer(Stream stream)
{
    const int ChunkLength = 64 * 1024;

    byte[] bytes = new byte[ChunkLength];
    int start, end;

    /// <summary>Gets the offset in the stream of the first available byte.</summary>
    public long Offset { get; private set; }

    /// <summary>Gets the bytes that are not consumed.</summary>
    public ReadOnlySpan<byte> Available => bytes.AsSpan(start, end - start);

    /// <summary>
    /// Reads until a number of bytes is available. After the end of the stream a further call tries again, because a file may grow.
    /// </summary>
    /// <returns>False if the stream ended before.</returns>
    public bool TryFill(int count)
    {
        while (end - start < count)
        {
            if (!TryReadMore())
                return false;
        }
        return true;
    }

    /// <summary>Consumes available bytes.</summary>
    public void Consume(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Consumes bytes, also those that are not available yet.</summary>
    /// <returns>The number of consumed bytes, which is less than the count if the stream ended before.</returns>
    public long Skip(long count)
    {
        long left = count;
        do
        {
            int step = (int)Math.Min(left, end - start);
            Consume(step);
            left -= step;
        }
        while (left > 0 && TryReadMore());
        return count - left;
    }

    bool TryReadMore()
    {
        if (start > 0)
        {
            Available.CopyTo(bytes);
            end -= start;
            start = 0;
        }
        if (end == bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(2L * end, Array.MaxLength));
        int n = stream.Read(bytes, end, bytes.Length - end);
        end += n;
        return n > 0;
    }
}
