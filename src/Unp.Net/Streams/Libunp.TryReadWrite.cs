using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

// The pattern "accept, read, write" of a server that waits with a Poller: no call waits, and no error is an exception.
public static partial class Libunp
{
    /// <summary><c>read(2)</c> without an exception: reads available bytes of a non-blocking descriptor (UNP 16.2).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first.</remarks>
    /// <param name="fd">A descriptor, usually a non-blocking one; a blocking one waits.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="read">The number of bytes; 0 at the end of file or after the peer's last byte, and after an error.</param>
    /// <returns>False if nothing was read. <see cref="Errno.Last"/> has the reason: EAGAIN (no data yet), ECONNRESET, EISDIR...</returns>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <example>
    /// <code>
    /// while (TryRead(fd, buffer, out int n))
    /// {
    ///     if (n == 0)
    ///     {
    ///         fd.Dispose();       // the peer has finished sending
    ///         return;
    ///     }
    ///     Console.WriteLine($"{n} bytes");
    /// }
    /// if (Errno.Last != Errno.EAGAIN)
    ///     fd.Dispose();           // the connection is lost
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</seealso>
    public static bool TryRead(SafeHandle fd, Span<byte> buffer, out int read)
    {
        Check(fd);
        CheckRoom(buffer);
        nint n = ReadSome(fd, buffer);
        read = int.Max(0, (int)n);
        return n >= 0;
    }

    /// <summary><c>write(2)</c> without an exception: writes as many bytes as there is room for (UNP 16.2).</summary>
    /// <param name="fd">A descriptor, usually a non-blocking one; a blocking one waits.</param>
    /// <param name="buffer">The data.</param>
    /// <param name="written">The number of bytes that were written, possibly fewer than all; 0 after an error.</param>
    /// <returns>False if nothing was written. <see cref="Errno.Last"/> has the reason: EAGAIN (no room yet), EPIPE, ECONNRESET...</returns>
    /// <example>
    /// Keep what was not written, and wait until the descriptor is writable:
    /// <code>
    /// while (unsent.Length > 0 &amp;&amp; TryWrite(fd, unsent.Span, out int written))
    ///     unsent = unsent[written..];
    /// bool isLost = unsent.Length > 0 &amp;&amp; Errno.Last != Errno.EAGAIN;
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</seealso>
    public static bool TryWrite(SafeHandle fd, ReadOnlySpan<byte> buffer, out int written)
    {
        Check(fd);
        nint n;
        do
            n = write(fd, buffer);
        while (Interrupted(n));
        written = int.Max(0, (int)n);
        return n >= 0;
    }

    /// <summary><c>recv(2)</c> that neither waits nor throws: receives available bytes, or the next datagram.</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first, unless out-of-band data is asked for.</remarks>
    /// <param name="fd">A socket. A blocking one does not wait either, because MSG_DONTWAIT is added.</param>
    /// <param name="buffer">The buffer; the rest of a longer datagram is lost.</param>
    /// <param name="received">The number of bytes; 0 after the peer's last byte, of an empty datagram, and after an error.</param>
    /// <param name="flags">0, or a combination of MSG_PEEK, MSG_OOB...</param>
    /// <returns>
    /// False if nothing was received. <see cref="Errno.Last"/> has the reason: EAGAIN (no data yet), ECONNRESET, ECONNREFUSED...
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</seealso>
    public static bool TryRecv(SafeHandle fd, Span<byte> buffer, out int received, int flags = 0)
    {
        Check(fd);
        CheckRoom(buffer);
        received = TakeReadAhead(fd, buffer, flags, out bool isEnough);
        if (isEnough)
            return true;
        nint n;
        do
            n = recv(fd, buffer[received..], flags | MSG_DONTWAIT);
        while (Interrupted(n));
        if (n < 0)
            return received > 0;
        received += (int)n;
        return true;
    }

    /// <summary><c>send(2)</c> that neither waits nor throws: sends as many bytes as there is room for, or one datagram.</summary>
    /// <param name="fd">A connected socket. A blocking one does not wait either, because MSG_DONTWAIT is added.</param>
    /// <param name="buffer">The data.</param>
    /// <param name="sent">The number of bytes that were sent, possibly fewer than all; 0 after an error.</param>
    /// <param name="flags">0, or a combination of MSG_OOB, MSG_MORE...; MSG_NOSIGNAL is added.</param>
    /// <returns>
    /// False if nothing was sent. <see cref="Errno.Last"/> has the reason: EAGAIN (no room yet), EPIPE, ECONNRESET, EMSGSIZE...
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</seealso>
    public static bool TrySend(SafeHandle fd, ReadOnlySpan<byte> buffer, out int sent, int flags = 0)
    {
        Check(fd);
        nint n;
        do
            n = send(fd, buffer, flags | MSG_DONTWAIT | NoSignal);
        while (Interrupted(n));
        sent = int.Max(0, (int)n);
        return n >= 0;
    }
}
