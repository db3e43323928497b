using System.Runtime.InteropServices;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Sends data and with them a descriptor, of which the receiver gets one of its own (figure 15.13).</summary>
    /// <param name="fd">A unix socket.</param>
    /// <param name="buffer">At least one byte on a stream; what it says is the two sides' affair.</param>
    /// <param name="sendfd">Any open descriptor; it stays the caller's.</param>
    /// <returns>How many bytes of the data went.</returns>
    /// <exception cref="UnpException">EPIPE, ECONNRESET, EAGAIN (non-blocking), ETOOMANYREFS (too many descriptors on their way).</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty, and the socket a stream.</exception>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="sendfd"/> has unread bytes that <see cref="Readline"/> has read ahead.
    /// </exception>
    public static int Write_fd(SafeHandle fd, ReadOnlySpan<byte> buffer, SafeHandle sendfd) =>
        write_fd(fd, buffer, sendfd) is >= 0 and int n ? n : throw Failed("write_fd");

    /// <summary>As <see cref="Write_fd"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 15.13).</summary>
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

    /// <summary>Receives data and the descriptor that <see cref="Write_fd"/> sent with them (figure 15.11).</summary>
    /// <param name="fd">A unix socket.</param>
    /// <param name="buffer">Room for the data.</param>
    /// <param name="recvfd">
    /// The descriptor, close-on-exec, the caller's to dispose; null when none came, or this process has no number left for it (EMFILE), which
    /// <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> tells apart. Of several the first, the others are closed.
    /// </param>
    /// <returns>How many bytes of data; 0 when the peer is done sending.</returns>
    /// <exception cref="UnpException">ECONNRESET, EAGAIN (non-blocking, or the time-out ran out).</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    public static int Read_fd(SafeHandle fd, Span<byte> buffer, out Fd? recvfd) =>
        read_fd(fd, buffer, out recvfd) is >= 0 and int n ? n : throw Failed("read_fd");

    /// <summary>As <see cref="Read_fd"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 15.11).</summary>
    public static int read_fd(SafeHandle fd, Span<byte> buffer, out Fd? recvfd)
    {
        Check(fd);
        CheckRoom(buffer);
        recvfd = null;
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            MessageFacts.Begin(out MessageFacts facts);
            if (!TryReadAhead(fd, new(ref iov), 0, ref facts) && !RecvRights(fd, new(ref iov), 0, new(ref recvfd!), ref facts, wantsSender: false))
                return -1;
            facts.Pidfd?.Dispose();
            return facts.Length;
        }
    }
}
