using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary><c>read(2)</c>: reads what is there, at most the buffer's size, waiting for the first byte.</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first, so that the order of bytes is kept.</remarks>
    /// <returns>The number of bytes; 0 at the end of file, or when the peer is done sending.</returns>
    /// <exception cref="UnpException">ECONNRESET, EAGAIN (non-blocking, or the time-out ran out), EISDIR, EBADF...</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    public static int Read(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        CheckRoom(buffer);
        nint n = ReadSome(fd, buffer);
        return n >= 0 ? (int)n : throw Failed("read");
    }

    /// <summary><c>write(2)</c>: writes all of the buffer, waiting for room. A datagram goes in one call.</summary>
    /// <exception cref="UnpException">
    /// EPIPE (without SIGPIPE), ECONNRESET, EAGAIN (non-blocking), ENOSPC; <see cref="UnpException.BytesTransferred"/> tells how many bytes went before.
    /// </exception>
    public static void Write(SafeHandle fd, ReadOnlySpan<byte> buffer)
    {
        Check(fd);
        if (!TryWriteAll(fd, buffer, out int written))
            throw Failed("write", written);
    }

    /// <summary>Reads until the buffer is full or the end comes (figure 3.15).</summary>
    /// <returns>The number of bytes: the buffer's size, or fewer when the peer was done sending before.</returns>
    /// <exception cref="UnpException">As <see cref="Read"/>; <see cref="UnpException.BytesTransferred"/> bytes are in the buffer.</exception>
    public static int Readn(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        return TryReadAll(fd, buffer, out int read) ? read : throw Failed("readn", read);
    }

    /// <summary>As <see cref="Readn"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 3.15).</summary>
    public static int readn(SafeHandle fd, Span<byte> buffer)
    {
        Check(fd);
        return TryReadAll(fd, buffer, out int read) ? read : -1;
    }

    /// <summary>Writes all of the buffer, waiting for room (figure 3.16).</summary>
    /// <exception cref="UnpException">As <see cref="Write"/>; <see cref="UnpException.BytesTransferred"/> tells how many bytes went before.</exception>
    public static void Writen(SafeHandle fd, ReadOnlySpan<byte> buffer)
    {
        Check(fd);
        if (!TryWriteAll(fd, buffer, out int written))
            throw Failed("writen", written);
    }

    /// <summary>As <see cref="Writen"/>, but returns the size, or -1 with <see cref="Errno.Last"/> where that throws (figure 3.16).</summary>
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

    /// <summary>What was read ahead, or else one read.</summary>
    static nint ReadSome(SafeHandle fd, Span<byte> buffer)
    {
        nint n = TakeReadAhead(fd, buffer, peek: false);
        if (n > 0)
            return n;
        do
            n = Libc.read(fd, buffer);
        while (Interrupted(n));
        return n;
    }

    static int TakeReadAhead(SafeHandle fd, Span<byte> buffer, bool peek) => LineReader.Attached(fd)?.Take(buffer, peek) ?? 0;
}
