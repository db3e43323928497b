using System.Runtime.InteropServices;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Sends data together with a descriptor, of which the receiver gets a duplicate (figure 15.13).</summary>
    /// <param name="fd">A Unix socket.</param>
    /// <param name="buffer">The data, at least one byte on a stream. The application defines its meaning.</param>
    /// <param name="sendfd">Any open descriptor. It still belongs to the caller.</param>
    /// <returns>The number of bytes sent.</returns>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EAGAIN (non-blocking), ETOOMANYREFS (too many descriptors are in transit).
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty and the socket is a stream.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Readline"/> has read bytes of <paramref name="sendfd"/> ahead, and they are still unread.
    /// </exception>
    /// <example>
    /// The receiver gets a duplicate, so the sender closes its own descriptor:
    /// <code>
    /// using (Fd file = Open(path, O_RDONLY))
    ///     Write_fd(channel, "x"u8, file);          // at least one byte, because an empty message on a stream passes nothing
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static int Write_fd(SafeHandle fd, ReadOnlySpan<byte> buffer, SafeHandle sendfd) =>
        write_fd(fd, buffer, sendfd) is >= 0 and int n ? n : throw FailedToSend("write_fd", fd);

    /// <summary>
    /// Like <see cref="Write_fd"/>, but returns -1 and sets <see cref="Errno.Last"/> where that method throws (figure 15.13).
    /// </summary>
    public static int write_fd(SafeHandle fd, ReadOnlySpan<byte> buffer, SafeHandle sendfd)
    {
        Check(fd);
        Check(sendfd);
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            return (int)SendRights(fd, new(in iov), 0, default, default, new(in sendfd));
        }
    }

    /// <summary>Receives data and the descriptor that <see cref="Write_fd"/> has sent with it (figure 15.11).</summary>
    /// <param name="fd">A Unix socket.</param>
    /// <param name="buffer">A buffer for the data.</param>
    /// <param name="recvfd">
    /// The received descriptor, close-on-exec, which the caller must dispose. It is null if no descriptor has arrived, or if this process
    /// has no free descriptor for it (EMFILE); <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> distinguishes these
    /// cases. If several descriptors have arrived, it is the first, and the others are closed.
    /// </param>
    /// <returns>The number of bytes received; 0 when the peer has shut down its sending side.</returns>
    /// <exception cref="UnpException">ECONNRESET, EAGAIN (non-blocking, or the timeout has expired).</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <example>
    /// <code>
    /// Read_fd(channel, buffer, out Fd? received);
    /// using (received)
    /// {
    ///     if (received is not null)                // null: the peer sent data without a descriptor
    ///         Console.WriteLine($"{Fstat(received).Size} bytes");
    /// }
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</seealso>
    public static int Read_fd(SafeHandle fd, Span<byte> buffer, out Fd? recvfd) =>
        read_fd(fd, buffer, out recvfd) is >= 0 and int n ? n : throw FailedToReceive("read_fd", fd);

    /// <summary>
    /// Like <see cref="Read_fd"/>, but returns -1 and sets <see cref="Errno.Last"/> where that method throws (figure 15.11).
    /// </summary>
    public static int read_fd(SafeHandle fd, Span<byte> buffer, out Fd? recvfd)
    {
        Check(fd);
        CheckRoom(buffer);
        recvfd = null;
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            MessageFacts.Begin(out MessageFacts facts);
            if (!TryReadAhead(fd, new(ref iov), 0, ref facts)
                && !RecvRights(fd, new(ref iov), 0, new(ref recvfd!), ref facts, wantsSender: false))
            {
                return -1;
            }
            facts.Pidfd?.Dispose();
            return facts.Length;
        }
    }
}
