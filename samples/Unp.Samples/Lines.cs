using System.Buffers;

namespace Unp.Samples;

/// <summary>
/// The lines in what a pipe has read so far, as <c>readline</c> has them: with their newline, of at most MAXLINE bytes, the last one perhaps without.
/// </summary>
static class Lines
{
    /// <summary>Takes the next line out of the bytes.</summary>
    /// <param name="buffer">What was read, from which the line is removed; what remains is the beginning of one that has not arrived.</param>
    /// <param name="isEnd">Whether nothing comes behind it.</param>
    /// <param name="line">The line.</param>
    /// <returns>Whether there was one.</returns>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, bool isEnd, out ReadOnlySequence<byte> line)
    {
        ReadOnlySequence<byte> most = buffer.Slice(0, Math.Min(MAXLINE, buffer.Length));
        if (most.PositionOf((byte)'\n') is { } newline)
            line = buffer.Slice(0, buffer.GetPosition(1, newline));
        else if (isEnd || most.Length == MAXLINE)
            line = most;
        else
            line = default;
        buffer = buffer.Slice(line.Length);
        return !line.IsEmpty;
    }
}
