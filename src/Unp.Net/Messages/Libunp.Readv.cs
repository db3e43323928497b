using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>readv(2)</c>: reads into several buffers, one after the other (UNP 14.4).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead are returned first, without further bytes.</remarks>
    /// <param name="fd">A descriptor.</param>
    /// <param name="buffers">The buffers. Each is filled before the next.</param>
    /// <returns>The number of bytes; 0 at the end of file, or when the peer has shut down its sending side.</returns>
    /// <exception cref="UnpException">The errors are those of <see cref="Read"/>.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</seealso>
    public static int Readv(SafeHandle fd, ScatterBuffers buffers)
    {
        Check(fd);
        GatherBuffers all = buffers.AsGather;
        fixed (byte* p0 = all.B0, p1 = all.B1, p2 = all.B2, p3 = all.B3)
        fixed (byte* p4 = all.B4, p5 = all.B5, p6 = all.B6, p7 = all.B7)
        {
            Span<iovec> iov = all.Pieces(stackalloc iovec[GatherBuffers.Max], p0, p1, p2, p3, p4, p5, p6, p7);
            return ReadPieces(fd, iov);
        }
    }

    static int ReadPieces(SafeHandle fd, Span<iovec> iov)
    {
        if (IReadAhead.Attached(fd) is { } reader && TakeReadAhead(reader, iov, 0) is > 0 and int taken)
            return taken;
        nint n;
        do
            n = readv(fd, iov);
        while (Interrupted(n));
        return n >= 0 ? (int)n : throw FailedToReceive("readv", fd);
    }

    /// <summary>
    /// <c>writev(2)</c>: writes all data of several buffers, and waits while the send buffer is full (UNP 14.4). A datagram is sent in one
    /// call.
    /// </summary>
    /// <param name="fd">A descriptor.</param>
    /// <param name="buffers">The data.</param>
    /// <exception cref="UnpException">
    /// The errors of <see cref="Write"/>; <see cref="UnpException.BytesTransferred"/> is the number of bytes written before the failure.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/writev.2.html">writev(2)</seealso>
    public static void Writev(SafeHandle fd, GatherBuffers buffers)
    {
        Check(fd);
        fixed (byte* p0 = buffers.B0, p1 = buffers.B1, p2 = buffers.B2, p3 = buffers.B3)
        fixed (byte* p4 = buffers.B4, p5 = buffers.B5, p6 = buffers.B6, p7 = buffers.B7)
        {
            Span<iovec> iov = buffers.Pieces(stackalloc iovec[GatherBuffers.Max], p0, p1, p2, p3, p4, p5, p6, p7);
            WritePieces(fd, iov);
        }
    }

    static void WritePieces(SafeHandle fd, Span<iovec> iov)
    {
        long written = 0;
        do
        {
            nint n;
            do
                n = writev(fd, iov);
            while (Interrupted(n));
            if (n < 0)
                throw FailedToSend("writev", fd, bytesTransferred: written);
            written += n;
            iov = Rest(iov, (nuint)n);
        }
        while (!iov.IsEmpty);
    }

    /// <summary>Returns the pieces that remain after a number of bytes has been written.</summary>
    static Span<iovec> Rest(Span<iovec> iov, nuint written)
    {
        while (!iov.IsEmpty && iov[0].iov_len <= written)
        {
            written -= iov[0].iov_len;
            iov = iov[1..];
        }
        if (!iov.IsEmpty)
        {
            iov[0].iov_base = (byte*)iov[0].iov_base + written;
            iov[0].iov_len -= written;
        }
        return iov;
    }
}
