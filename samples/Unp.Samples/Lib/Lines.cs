using System.Buffers;

namespace Unp.Samples;

/// <summary>
/// A splitter of buffered pipe data into lines, with the rules of <c>readline</c>. A line includes its newline and has at most MAXLINE
/// bytes. Only the last line may lack the newline.
/// </summary>
static class Lines
{
    /// <summary>Removes the next line from the buffer.</summary>
    /// <param name="buffer">The data read so far. Only an incomplete line remains when no line is found.</param>
    /// <param name="isEnd">Whether no data follows the buffer.</param>
    /// <param name="line">The line.</param>
    /// <returns>Whether a line was found.</returns>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, bool isEnd, out ReadOnlySequence<byte> line)
    {
        ReadOnlySequence<byte> head = buffer.Slice(0, Math.Min(MAXLINE, buffer.Length));
        if (head.PositionOf((byte)'\n') is { } newline)
            line = buffer.Slice(0, buffer.GetPosition(1, newline));
        else if (isEnd || head.Length == MAXLINE)
            line = head;
        else
            line = default;
        buffer = buffer.Slice(line.Length);
        return !line.IsEmpty;
    }
}
