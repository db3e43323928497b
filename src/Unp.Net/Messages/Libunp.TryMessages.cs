using System.Runtime.InteropServices;

namespace Unp.Net;

// For who expects EAGAIN, and should not pay for an exception.
public static unsafe partial class Libunp
{
    /// <summary>As <see cref="Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>, but an error is no exception.</summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">The data. On a stream at least one byte has to go with descriptors.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_EOR, MSG_OOB, MSG_ERRQUEUE... ored; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; left out on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">What the receiver gets a descriptor of, too; 253 at most. They stay open here.</param>
    /// <param name="sent">The number of bytes that were sent; 0 after an error.</param>
    /// <returns>Whether the message was sent. If not, <see cref="Errno.Last"/> has the reason.</returns>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or no byte to go with them.</exception>
    /// <exception cref="InvalidOperationException">
    /// One of the descriptors has unread bytes that <see cref="Readline"/> has read ahead.
    /// </exception>
    public static bool TrySendmsg(
        SafeHandle fd, ReadOnlySpan<byte> buffer, out int sent, int flags = 0, in SockAddr to = default, ReadOnlySpan<byte> control = default,
        ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            nint n = SendOnce(fd, new(in iov), flags, to, control, descriptors);
            sent = int.Max(0, (int)n);
            return n >= 0;
        }
    }

    /// <summary>As <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>, but an error is no exception.</summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">Room for the data; the rest of a longer datagram is lost, see <see cref="ReceivedMessage.IsTruncated"/>.</param>
    /// <param name="message">What was received, beside the data; nothing after an error.</param>
    /// <param name="flags">0, or MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_ERRQUEUE, MSG_TRUNC... ored; MSG_CMSG_CLOEXEC is added.</param>
    /// <param name="control">Room for control messages, by <see cref="ControlSpace"/>.</param>
    /// <param name="descriptors">Room for descriptors.</param>
    /// <returns>Whether a message was received; if not, <see cref="Errno.Last"/> says why.</returns>
    /// <exception cref="ArgumentException"><paramref name="descriptors"/> has more than 253 elements and <paramref name="control"/> none.</exception>
    public static bool TryRecvmsg(
        SafeHandle fd, scoped Span<byte> buffer, out ReceivedMessage message, int flags = 0, Span<byte> control = default,
        scoped Span<Fd> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            bool received = ReceiveOnce(fd, new(ref iov), flags, control, descriptors, out MessageFacts facts);
            message = received ? new ReceivedMessage(facts, control) : default;
            return received;
        }
    }
}
