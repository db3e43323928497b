using System.Runtime.InteropServices;

namespace Unp.Net;

// Variants for callers that expect EAGAIN, because an exception is expensive.
public static unsafe partial class Libunp
{
    /// <summary>
    /// Like <see cref="Sendmsg(SafeHandle, ReadOnlySpan{byte}, int, in SockAddr, ReadOnlySpan{byte}, ReadOnlySpan{SafeHandle})"/>, but
    /// returns false instead of throwing <see cref="UnpException"/>: <c>sendmsg(2)</c>.
    /// </summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">The data. On a stream, descriptors need at least one byte of data.</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_EOR, MSG_OOB, MSG_ERRQUEUE...; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver; omit it on a connected socket.</param>
    /// <param name="control">Control messages: <see cref="ControlWriter.Written"/>.</param>
    /// <param name="descriptors">Descriptors to pass, at most 253. The receiver gets duplicates of them; they stay open here.</param>
    /// <param name="sent">The number of bytes that were sent; 0 after an error.</param>
    /// <returns>Whether the message was sent. If not, <see cref="Errno.Last"/> has the reason.</returns>
    /// <exception cref="ArgumentException">There are more than 253 descriptors, or a stream gets descriptors without data.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Readline"/> has read bytes of one of the descriptors ahead, and they are still unread.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</seealso>
    public static bool TrySendmsg(
        SafeHandle fd, ReadOnlySpan<byte> buffer, out int sent, int flags = 0, in SockAddr to = default,
        ReadOnlySpan<byte> control = default, ReadOnlySpan<SafeHandle> descriptors = default)
    {
        fixed (byte* p = buffer)
        {
            var iov = new iovec(p, buffer.Length);
            nint n = SendOnce(fd, new(in iov), flags, to, control, descriptors);
            sent = int.Max(0, (int)n);
            return n >= 0;
        }
    }

    /// <summary>
    /// Like <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/>, but returns false instead of throwing
    /// <see cref="UnpException"/>: <c>recvmsg(2)</c>.
    /// </summary>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">
    /// A buffer for the data. The rest of a longer datagram is lost, see <see cref="ReceivedMessage.IsTruncated"/>.
    /// </param>
    /// <param name="message">The properties of the message, without its data; the default value after an error.</param>
    /// <param name="flags">
    /// 0, or a combination of MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_ERRQUEUE, MSG_TRUNC...; MSG_CMSG_CLOEXEC is added.
    /// </param>
    /// <param name="control">A buffer for control messages; <see cref="ControlSpace"/> gives its size.</param>
    /// <param name="descriptors">Receives the descriptors.</param>
    /// <returns>Whether a message was received. If not, <see cref="Errno.Last"/> contains the error.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="descriptors"/> has more than 253 elements and <paramref name="control"/> is empty.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</seealso>
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
