using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Reads a line with its newline, at most the buffer's size (figure 3.18).</summary>
    /// <remarks>
    /// <para>Each descriptor has its own read-ahead buffer, which is freed when the descriptor is closed. The book has one buffer for all.
    /// <see cref="Read"/>, <see cref="Readn"/> and <see cref="Recv"/> take from it first, so they may be mixed with this function. A poll
    /// does not see bytes that were read ahead, so check <see cref="Readlinebuf"/> before waiting.</para>
    /// <para>No NUL is appended, and the contents of <paramref name="line"/> after the newline are undefined. Only one thread at a time may
    /// read lines from a descriptor. The read-ahead belongs to the handle, so two handles of one descriptor (<see cref="Fd.Borrow"/>) have
    /// two.</para>
    /// </remarks>
    /// <returns>
    /// The number of bytes; 0 at end of file. The last byte is the newline, with two exceptions: a line longer than the buffer, whose rest
    /// the next call returns, and a last line without one.
    /// </returns>
    /// <exception cref="UnpException">The errors of <see cref="Read"/>. A partial line is kept for the next call.</exception>
    /// <exception cref="ArgumentException"><paramref name="line"/> is empty.</exception>
    /// <example>
    /// <code>
    /// int n;
    /// while ((n = Readline(fd, buffer)) > 0)
    ///     Console.Write(System.Text.Encoding.UTF8.GetString(buffer, 0, n));
    /// </code>
    /// </example>
    public static int Readline(SafeHandle fd, Span<byte> line)
    {
        int n = readline(fd, line);
        return n >= 0 ? n : throw FailedToReceive("readline", fd);
    }

    /// <summary>
    /// Works like <see cref="Readline"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing (figure 3.18).
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="line"/> is empty.</exception>
    /// <example>
    /// Lines of many clients on one thread. The descriptor is non-blocking, so an incomplete line ends the loop with EAGAIN and is kept:
    /// <code>
    /// int n;
    /// while ((n = readline(fd, buffer)) > 0)
    ///     Console.Write(System.Text.Encoding.UTF8.GetString(buffer, 0, n));
    /// bool isClosed = n == 0 || Errno.Last != Errno.EAGAIN;
    /// </code>
    /// </example>
    public static int readline(SafeHandle fd, Span<byte> line)
    {
        // Fast path: the reader of an Fd detects itself that the descriptor is closed.
        if (!line.IsEmpty && fd is Fd { ReadAhead: LineReader lines })
            return lines.TryReadLine(line);
        Check(fd);
        CheckRoom(line);
        return LineReader.For(fd).TryReadLine(line);
    }

    /// <summary>
    /// Gets the bytes that <see cref="Readline"/> has read ahead and not returned yet (figure 3.18). Valid until the next call on the
    /// descriptor.
    /// </summary>
    /// <example>
    /// Do not wait for a descriptor whose next line has already been read:
    /// <code>
    /// if (Readlinebuf(fd).Contains((byte)'\n') || Readable_timeo(fd, TimeSpan.FromSeconds(5)) > 0)
    ///     Readline(fd, buffer);
    /// </code>
    /// </example>
    public static ReadOnlySpan<byte> Readlinebuf(SafeHandle fd)
    {
        Check(fd);
        return LineReader.Attached(fd) is { } lines ? lines.Buffered : default;
    }

    /// <inheritdoc cref="Readlinebuf"/>
    public static ReadOnlySpan<byte> readlinebuf(SafeHandle fd) => Readlinebuf(fd);
}
