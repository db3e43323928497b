using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Reads a line with its newline, at most the buffer's size (figure 3.18).</summary>
    /// <remarks>
    /// <para>Every descriptor has a read-ahead buffer of its own, freed with it, where the book's one was everybody's. <see cref="Read"/>,
    /// <see cref="Readn"/> and <see cref="Recv"/> take from it first, so that they may be mixed with this. A poll of the descriptor does not see what
    /// was read ahead: look at <see cref="Readlinebuf"/> before waiting.</para>
    /// <para>No NUL is appended; what the buffer holds behind the line is undefined. One thread at a time may read lines from a descriptor. The
    /// read-ahead belongs to the handle: two handles of one descriptor (<see cref="Fd.Borrow"/>) have two.</para>
    /// </remarks>
    /// <returns>
    /// The number of bytes; the last is the newline, except in a line longer than the buffer, whose rest comes next, and in an unended last line.
    /// 0 at the end of file.
    /// </returns>
    /// <exception cref="UnpException">As <see cref="Read"/>. What had come of the line is kept for the next call.</exception>
    /// <exception cref="ArgumentException"><paramref name="line"/> is empty.</exception>
    public static int Readline(SafeHandle fd, Span<byte> line)
    {
        int n = readline(fd, line);
        return n >= 0 ? n : throw Failed("readline");
    }

    /// <summary>As <see cref="Readline"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 3.18).</summary>
    /// <exception cref="ArgumentException"><paramref name="line"/> is empty.</exception>
    public static int readline(SafeHandle fd, Span<byte> line)
    {
        // The short way: the reader of an Fd knows itself when that is closed.
        if (!line.IsEmpty && fd is Fd { Lines: { } lines })
            return lines.TryReadLine(line);
        Check(fd);
        CheckRoom(line);
        return LineReader.For(fd).TryReadLine(line);
    }

    /// <summary>What <see cref="Readline"/> has read ahead and not given out yet (figure 3.18). Valid until the next call on the descriptor.</summary>
    public static ReadOnlySpan<byte> Readlinebuf(SafeHandle fd)
    {
        Check(fd);
        return LineReader.Attached(fd) is { } lines ? lines.Buffered : default;
    }

    /// <inheritdoc cref="Readlinebuf"/>
    public static ReadOnlySpan<byte> readlinebuf(SafeHandle fd) => Readlinebuf(fd);
}
