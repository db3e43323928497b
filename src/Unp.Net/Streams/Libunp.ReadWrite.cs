using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Reads available data, at most the buffer's size, waiting for the first byte (<c>read(2)</c>).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first, so the order of bytes is kept.</remarks>
    /// <returns>The number of bytes; 0 at end of file, or when the peer has finished sending.</returns>
    /// <exception cref="UnpException">
    /// ECONNRESET, EISDIR, EBADF; EAGAIN: the descriptor is non-blocking, or its time-out expired...
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <example>
    /// A stream has no messages: one read can return a part of what the peer sent, or several of its writes.
    /// <code>
    /// int n;
    /// while ((n = Read(fd, buffer)) > 0)           // 0: the peer has finished sending
    ///     Writen(fd, buffer.AsSpan(0, n));
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</seealso>
    public static int Read(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        CheckRoom(buffer);
        nint n = ReadSome(fd, buffer);
        return n >= 0 ? (int)n : throw FailedToReceive("read", fd);
    }

    /// <summary>Writes the whole buffer, waiting for space (<c>write(2)</c>). A datagram is written in one call.</summary>
    /// <exception cref="UnpException">
    /// EPIPE (without SIGPIPE), ECONNRESET, EAGAIN (non-blocking), ENOSPC. <see cref="UnpException.BytesTransferred"/> is the number of
    /// bytes written before the failure.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</seealso>
    public static void Write(SafeHandle fd, ReadOnlySpan<byte> buffer)
    {
        Check(fd);
        if (!TryWriteAll(fd, buffer, out int written))
            throw FailedToSend("write", fd, bytesTransferred: written);
    }

    /// <summary>Reads until the buffer is full or the end of file is reached (figure 3.15).</summary>
    /// <returns>The number of bytes: the buffer's size, or fewer if the data ended early.</returns>
    /// <exception cref="UnpException">
    /// The errors of <see cref="Read"/>. The buffer contains <see cref="UnpException.BytesTransferred"/> bytes.
    /// </exception>
    public static int Readn(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        return TryReadAll(fd, buffer, out int read) ? read : throw FailedToReceive("readn", fd, bytesTransferred: read);
    }

    /// <summary>
    /// Works like <see cref="Readn"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing (figure 3.15).
    /// </summary>
    public static int readn(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        return TryReadAll(fd, buffer, out int read) ? read : -1;
    }

    /// <summary>Writes the whole buffer, waiting for space (figure 3.16).</summary>
    /// <exception cref="UnpException">
    /// The errors of <see cref="Write"/>. <see cref="UnpException.BytesTransferred"/> is the number of bytes written before the failure.
    /// </exception>
    public static void Writen(SafeHandle fd, ReadOnlySpan<byte> buffer)
    {
        Check(fd);
        if (!TryWriteAll(fd, buffer, out int written))
            throw FailedToSend("writen", fd, bytesTransferred: written);
    }

    /// <summary>
    /// Works like <see cref="Writen"/>, but returns the size, or -1 with the error in <see cref="Errno.Last"/> instead of throwing (figure
    /// 3.16).
    /// </summary>
    public static int writen(SafeHandle fd, ReadOnlySpan<byte> buffer)
    {
        Check(fd);
        return TryWriteAll(fd, buffer, out int written) ? written : -1;
    }

    static bool TryReadAll(SafeHandle fd, Span<byte> buffer, out int read)
    {
        read = 0;
        while (read < buffer.Length)
        {
            nint n = ReadSome(fd, buffer[read..]);
            if (n < 0)
                return false;
            if (n == 0)
                break;
            read += (int)n;
        }
        return true;
    }

    static bool TryWriteAll(SafeHandle fd, ReadOnlySpan<byte> buffer, out int written)
    {
        written = 0;
        do
        {
            nint n;
            do
                n = Libc.write(fd, buffer[written..]);
            while (Interrupted(n));
            if (n < 0)
                return false;
            written += (int)n;
        }
        while (written < buffer.Length);
        return true;
    }

    /// <summary>Takes bytes that were read ahead, or else reads once.</summary>
    static nint ReadSome(SafeHandle fd, Span<byte> buffer)
    {
        nint n = IReadAhead.Take(fd, buffer, peek: false);
        if (n > 0)
            return n;
        do
            n = Libc.read(fd, buffer);
        while (Interrupted(n));
        return n;
    }
}
