using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>sendmmsg(2)</c>: sends several datagrams of a batch in one system call, each to its own address. On macOS, and in the C libraries
    /// of FreeBSD and musl, it is a loop of <c>sendmsg(2)</c> with the same result.
    /// </summary>
    /// <param name="fd">
    /// A datagram or seqpacket socket. A stream may send only a part of a message; <see cref="BatchMessage.Length"/> is then the number of
    /// bytes sent.
    /// </param>
    /// <param name="batch">
    /// The datagrams. The caller or <see cref="Recvmmsg"/> has set their <see cref="BatchMessage.Length"/> and
    /// <see cref="BatchMessage.Address"/>.
    /// </param>
    /// <param name="count">The number of datagrams to send.</param>
    /// <param name="flags">0, or a combination of MSG_DONTWAIT, MSG_CONFIRM..., for each; MSG_NOSIGNAL is added.</param>
    /// <param name="start">The index of the first datagram to send.</param>
    /// <returns>
    /// The number of datagrams sent, at least 1 (0 if <paramref name="count"/> is 0). It is less than <paramref name="count"/> if the next
    /// datagram failed or a signal arrived. Call again for the rest: that call reports the error, if it persists.
    /// </returns>
    /// <exception cref="UnpException">
    /// The first datagram failed: EMSGSIZE, EAGAIN (non-blocking), ECONNREFUSED (on a connected socket, because of an earlier datagram)...
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The range exceeds the batch.</exception>
    /// <example>
    /// The kernel may take a part of the batch, so the caller continues with the rest:
    /// <code>
    /// var batch = new MessageBatch(count: 2, size: 1500);
    /// for (int i = 0; i &lt; batch.Count; i++)
    /// {
    ///     batch[i].Length = 5;
    ///     "hello"u8.CopyTo(batch[i].Data);
    ///     batch[i].Address = address;
    /// }
    /// for (int sent = 0; sent &lt; batch.Count;)
    ///     sent += Sendmmsg(udp, batch, batch.Count - sent, start: sent);
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</seealso>
    public static int Sendmmsg(SafeHandle fd, MessageBatch batch, int count, int flags = 0, int start = 0)
    {
        Check(fd);
        Span<mmsghdr> headers = ToSend(batch, count, start);
        if (headers.IsEmpty)
            return 0;
        if (Target.IsMacOS)
            return SendEach(fd, batch, headers, flags, start);
        int sent;
        do
            sent = sendmmsg(fd, headers, flags | NoSignal);
        while (Interrupted(sent));
        GC.KeepAlive(batch);
        return sent >= 0 ? sent : throw FailedToSend("sendmmsg", fd, flags, batch[start].Address);
    }

    /// <summary>Implements <see cref="Sendmmsg"/> with <c>sendmsg(2)</c>.</summary>
    internal static int SendEach(SafeHandle fd, MessageBatch batch, int count, int flags, int start) =>
        SendEach(fd, batch, ToSend(batch, count, start), flags, start);

    static int SendEach(SafeHandle fd, MessageBatch batch, Span<mmsghdr> headers, int flags, int start)
    {
        for (int i = 0; i < headers.Length; i++)
        {
            nint n;
            do
                n = sendmsg(fd, in headers[i].msg_hdr, flags | NoSignal);
            while (Interrupted(n));
            if (n < 0)
                return i > 0 ? i : throw FailedToSend("sendmmsg", fd, flags, batch[start].Address);
            headers[i].msg_len = (uint)n;
        }
        return headers.Length;
    }

    static Span<mmsghdr> ToSend(MessageBatch batch, int count, int start)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, batch.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, batch.Count - start);
        return batch.ToSend(start, count);
    }

    /// <summary>
    /// <c>recvmmsg(2)</c>: receives several datagrams in one system call. It waits for the first datagram and takes the others that have
    /// arrived (MSG_WAITFORONE). On macOS, and in the C library of FreeBSD, it is a loop of <c>recvmsg(2)</c> with the same result.
    /// </summary>
    /// <remarks>
    /// <para>To limit the wait for the first datagram, set SO_RCVTIMEO (<see cref="SocketOptions.RcvTimeo"/>); the call then fails with
    /// EAGAIN. The timeout parameter of recvmmsg(2) is not used, because Linux checks it only after each datagram. If no datagram arrives,
    /// it would wait indefinitely.</para>
    /// <para>With <paramref name="fill"/> the call waits until the batch is full. An error or SO_RCVTIMEO, which restarts with every
    /// datagram, ends the wait early; the call then returns the datagrams that have arrived.</para>
    /// <para>Received descriptors and pidfds are closed. Use <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> to
    /// receive them.</para>
    /// <para>At the end of a connection the kernel fills the batch with empty messages. The result counts neither these nor empty messages
    /// that the peer has sent immediately before the end.</para>
    /// <para>On a stream, bytes that <see cref="Readline"/> has read ahead are returned first and alone, in as many messages as they need.
    /// This is also true with <paramref name="fill"/>.</para>
    /// </remarks>
    /// <param name="fd">A datagram or seqpacket socket.</param>
    /// <param name="batch">The batch that receives the datagrams. Its previous contents are lost.</param>
    /// <param name="flags">
    /// 0, or a combination of MSG_DONTWAIT, MSG_PEEK (every message is then the same datagram), MSG_TRUNC...; MSG_CMSG_CLOEXEC is added.
    /// </param>
    /// <param name="fill">Whether to wait until the batch is full, like C's recvmmsg without MSG_WAITFORONE.</param>
    /// <returns>The number of datagrams received. 0 means that the peer has ended the connection (seqpacket, stream).</returns>
    /// <exception cref="UnpException">
    /// No datagram was received: EAGAIN (non-blocking, or SO_RCVTIMEO has expired), ECONNREFUSED (connected sockets). If an error occurs
    /// after some datagrams, the next call reports it.
    /// </exception>
    /// <example>
    /// <code>
    /// var batch = new MessageBatch(count: 64, size: 1500);
    /// int received = Recvmmsg(udp, batch);
    /// for (int i = 0; i &lt; received; i++)
    ///     Console.WriteLine($"{batch[i].Data.Length} bytes from {batch[i].Address}");
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</seealso>
    public static int Recvmmsg(SafeHandle fd, MessageBatch batch, int flags = 0, bool fill = false)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(batch);
        if ((flags & (MSG_OOB | ErrorQueue)) == 0 && IReadAhead.Attached(fd) is { } reader
            && TakeReadAhead(reader, batch, flags) is > 0 and int taken)
        {
            return taken;
        }
        if (Target.IsMacOS)
            return RecvEach(fd, batch, flags, fill);
        Span<mmsghdr> headers = batch.ToReceive();
        flags |= CloseOnExecControl | (fill ? 0 : MSG_WAITFORONE);
        int received;
        do
            received = recvmmsg(fd, headers, flags);
        while (Interrupted(received));
        if (received < 0)
            throw FailedToReceive("recvmmsg", fd, flags);
        received = WithoutEnd(fd, headers[..received]);
        batch.Received(received, flags);
        return received;
    }

    /// <summary>
    /// Counts the messages before the end of a connection. At the end, every further message is empty. So empty messages at the end of the
    /// batch are not counted if the connection has ended and nothing else can be received.
    /// </summary>
    static int WithoutEnd(SafeHandle fd, ReadOnlySpan<mmsghdr> received)
    {
        int count = received.Length;
        if (received[^1].msg_len > 0 || !IsAtEnd(fd))
            return count;
        while (count > 0 && received[count - 1].msg_len == 0)
            count--;
        return count;
    }

    static bool IsAtEnd(SafeHandle fd)
    {
        var ended = new pollfd { fd = Hold(fd), events = Target.IsMacOS ? POLLIN : POLLRDHUP };
        int n = (int)Kept(poll(&ended, 1, 0), fd);
        if (n <= 0 || (ended.revents & (ended.events == POLLIN ? POLLHUP : POLLRDHUP)) == 0)
            return false;
        byte next;
        return recv(fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    }

    /// <summary>
    /// Fills messages with the bytes that were read ahead; with MSG_PEEK only one message. Returns the number of messages.
    /// </summary>
    static int TakeReadAhead(IReadAhead reader, MessageBatch batch, int flags)
    {
        bool peek = (flags & MSG_PEEK) != 0;
        Span<mmsghdr> headers = batch.ToReceive();
        int filled = 0;
        while (filled < (peek ? 1 : headers.Length) && reader.Take(batch.Buffer(filled), peek) is > 0 and int size)
        {
            ref mmsghdr header = ref headers[filled++];
            header.msg_len = (uint)size;
            header.msg_hdr.msg_namelen = 0;
            header.msg_hdr.msg_controllen = 0;
        }
        batch.Received(filled, flags);
        return filled;
    }

    /// <summary>Implements <see cref="Recvmmsg"/> with <c>recvmsg(2)</c>.</summary>
    internal static int RecvEach(SafeHandle fd, MessageBatch batch, int flags, bool fill)
    {
        Span<mmsghdr> headers = batch.ToReceive();
        int received = 0;
        for (; received < headers.Length; received++)
        {
            MessageFacts.Begin(out MessageFacts facts);
            nint n;
            fixed (msghdr* message = &headers[received].msg_hdr)
            {
                do
                    n = RecvOwned(fd, message, flags, default, ref facts);
                while (Interrupted(n));
            }
            if (n < 0)
                break;
            headers[received].msg_len = (uint)n;
            flags |= fill ? 0 : MSG_DONTWAIT;
        }
        if (received == 0)
            throw FailedToReceive("recvmmsg", fd, flags);
        received = WithoutEnd(fd, headers[..received]);
        batch.Received(received, flags);
        return received;
    }
}
