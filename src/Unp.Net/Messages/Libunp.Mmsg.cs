using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// <c>sendmmsg(2)</c>: sends several datagrams of a batch in one system call, each to its own address. macOS has no such call: there, and in the C
    /// libraries of FreeBSD and musl, it is a loop of sendmsg with the same result.
    /// </summary>
    /// <param name="fd">A datagram or seqpacket socket. (Of a stream's message less than all may go; <see cref="BatchMessage.Length"/> tells.)</param>
    /// <param name="batch">The datagrams; <see cref="BatchMessage.Length"/> and <see cref="BatchMessage.Address"/> were set, or came by <see cref="Recvmmsg"/>.</param>
    /// <param name="count">How many to send.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_CONFIRM... ored, for each; MSG_NOSIGNAL is added.</param>
    /// <param name="start">The first of them.</param>
    /// <returns>
    /// How many went, 1 at the least (0 if <paramref name="count"/> is 0). Fewer than <paramref name="count"/>: the next one could not be sent, or a signal
    /// came between; the call for the rest tells the error, if it is still there.
    /// </returns>
    /// <exception cref="UnpException">The first one failed: EMSGSIZE, EAGAIN (non-blocking), ECONNREFUSED (connected sockets, of an earlier datagram)...</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch has no such messages.</exception>
    public static int Sendmmsg(SafeHandle fd, MessageBatch batch, int count, int flags = 0, int start = 0)
    {
        Check(fd);
        Span<mmsghdr> headers = ToSend(batch, count, start);
        if (headers.IsEmpty)
            return 0;
        if (OperatingSystem.IsMacOS())
            return SendEach(fd, batch, headers, flags, start);
        int sent;
        do
            sent = sendmmsg(fd, headers, flags | NoSignal);
        while (Interrupted(sent));
        GC.KeepAlive(batch);
        return sent >= 0 ? sent : throw FailedMessage("sendmmsg", batch[start].Address);
    }

    /// <summary>As <see cref="Sendmmsg"/>, by sendmsg.</summary>
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
                return i > 0 ? i : throw FailedMessage("sendmmsg", batch[start].Address);
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
    /// <c>recvmmsg(2)</c>: receives several datagrams in one system call: waits for the first, and takes what else is there (MSG_WAITFORONE). macOS has
    /// no such call: there, and in FreeBSD's C library, it is a loop of recvmsg with the same result.
    /// </summary>
    /// <remarks>
    /// <para>To wait no longer than some time for the first, set SO_RCVTIMEO (<see cref="SocketOptions.RcvTimeo"/>): the call then fails with EAGAIN.
    /// recvmmsg's own time-out is not used, since Linux looks at it only after each datagram, so that one which does not come is waited for without end.</para>
    /// <para>With <paramref name="fill"/> the call waits until the whole batch is full, and ends earlier by an error or SO_RCVTIMEO, which starts anew
    /// with every datagram: then what has come is returned.</para>
    /// <para>Descriptors and pidfds among the control data are closed; <see cref="Recvmsg(SafeHandle, Span{byte}, int, Span{byte}, Span{Fd})"/> gives
    /// them out.</para>
    /// <para>At the end of a connection the kernel would fill the batch with empty messages. They are left out, as are empty messages that the peer sent
    /// right before the end.</para>
    /// <para>On a stream bytes that <see cref="Readline"/> has read ahead come first, in as many messages as they take, and alone, also with
    /// <paramref name="fill"/>.</para>
    /// </remarks>
    /// <param name="fd">A datagram or seqpacket socket.</param>
    /// <param name="batch">Room for the datagrams. What it held is gone.</param>
    /// <param name="flags">0, or MSG_DONTWAIT, MSG_PEEK (each is then the same one), MSG_TRUNC... ored; MSG_CMSG_CLOEXEC is added.</param>
    /// <param name="fill">Whether to wait until the batch is full: C's recvmmsg without MSG_WAITFORONE.</param>
    /// <returns>How many came: the first ones of the batch. 0: the peer has ended the connection (seqpacket, stream).</returns>
    /// <exception cref="UnpException">
    /// Before any came: EAGAIN (non-blocking, or SO_RCVTIMEO ran out), ECONNREFUSED (connected sockets). An error after some came is told by the next call.
    /// </exception>
    public static int Recvmmsg(SafeHandle fd, MessageBatch batch, int flags = 0, bool fill = false)
    {
        Check(fd);
        ArgumentNullException.ThrowIfNull(batch);
        if ((flags & (MSG_OOB | ErrorQueue)) == 0 && LineReader.Attached(fd) is { } reader && TakeReadAhead(reader, batch, flags) is > 0 and int taken)
            return taken;
        if (OperatingSystem.IsMacOS())
            return RecvEach(fd, batch, flags, fill);
        Span<mmsghdr> headers = batch.ToReceive();
        flags |= CloseOnExecControl | (fill ? 0 : MSG_WAITFORONE);
        int received;
        do
            received = recvmmsg(fd, headers, flags);
        while (Interrupted(received));
        if (received < 0)
            throw Failed("recvmmsg");
        received = WithoutEnd(fd, headers[..received]);
        batch.Received(received, CloseOnExecControl);
        return received;
    }

    /// <summary>
    /// Counts the messages before the end of a connection. It reads as an empty message, without end; so empty messages are the end if nothing but that can
    /// still be received.
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
        var ended = new pollfd { fd = Hold(fd), events = OperatingSystem.IsMacOS() ? POLLIN : POLLRDHUP };
        int n = (int)Kept(poll(&ended, 1, 0), fd);
        if (n <= 0 || (ended.revents & (ended.events == POLLIN ? POLLHUP : POLLRDHUP)) == 0)
            return false;
        byte next;
        return recv(fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    }

    /// <summary>Fills messages with what was read ahead; one, if it is only peeked at. 0: there is nothing.</summary>
    static int TakeReadAhead(LineReader reader, MessageBatch batch, int flags)
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
        batch.Received(filled, flagsOfOurs: 0);
        return filled;
    }

    /// <summary>As <see cref="Recvmmsg"/>, by recvmsg.</summary>
    internal static int RecvEach(SafeHandle fd, MessageBatch batch, int flags, bool fill)
    {
        Span<mmsghdr> headers = batch.ToReceive();
        int received = 0;
        for (; received < headers.Length; received++)
        {
            nint n;
            do
                n = recvmsg(fd, ref headers[received].msg_hdr, flags | CloseOnExecControl);
            while (Interrupted(n));
            if (n < 0)
                break;
            headers[received].msg_len = (uint)n;
            flags |= fill ? 0 : MSG_DONTWAIT;
        }
        if (received == 0)
            throw Failed("recvmmsg");
        received = WithoutEnd(fd, headers[..received]);
        batch.Received(received, CloseOnExecControl);
        return received;
    }
}
