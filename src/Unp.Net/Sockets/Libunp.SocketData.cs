using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    // Suppresses SIGPIPE in a host process that does not ignore it; the .NET runtime does. macOS has no such flag.
    internal static int NoSignal => Target.IsMacOS ? 0 : MSG_NOSIGNAL;

    /// <summary>Receives available data, at most the buffer's size, waiting for the first byte (UNP 14.3, <c>recv(2)</c>).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first, unless out-of-band data is asked for.</remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">Room for the data. The rest of a longer datagram is lost.</param>
    /// <param name="flags">0, or a combination of MSG_PEEK, MSG_WAITALL, MSG_OOB, MSG_DONTWAIT...</param>
    /// <returns>The number of bytes, or 0 if the peer has finished sending.</returns>
    /// <exception cref="UnpException">
    /// ECONNRESET, ENOTCONN; EAGAIN: the socket is non-blocking, or its time-out expired; ECONNREFUSED: an ICMP error, datagrams only. With
    /// MSG_OOB: EINVAL: no out-of-band data exists, it was received before, or SO_OOBINLINE is set; EAGAIN: it is announced but has not
    /// arrived.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</seealso>
    public static int Recv(SafeHandle fd, Span<byte> buffer, int flags = 0)
    {
        Check(fd);
        CheckRoom(buffer);
        int taken = TakeReadAhead(fd, buffer, flags, out bool enough);
        if (enough)
            return taken;
        nint n;
        do
            n = recv(fd, buffer[taken..], flags);
        while (Interrupted(n));
        return n >= 0 ? taken + (int)n : throw FailedToReceive("recv", fd, flags, taken);
    }

    /// <summary>
    /// Sends the whole buffer, waiting for space; an empty buffer is sent as an empty datagram (UNP 14.3, <c>send(2)</c>).
    /// </summary>
    /// <param name="fd">A connected socket.</param>
    /// <param name="buffer">The data.</param>
    /// <param name="flags">0, or a combination of MSG_OOB, MSG_DONTROUTE, MSG_MORE...; MSG_NOSIGNAL is added.</param>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, EAGAIN (non-blocking). <see cref="UnpException.BytesTransferred"/> is the number of bytes sent before
    /// the failure.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</seealso>
    public static void Send(SafeHandle fd, ReadOnlySpan<byte> buffer, int flags = 0)
    {
        Check(fd);
        int sent = 0;
        do
        {
            nint n;
            do
                n = send(fd, buffer[sent..], flags | NoSignal);
            while (Interrupted(n));
            if (n < 0)
                throw FailedToSend("send", fd, flags, bytesTransferred: sent);
            sent += (int)n;
        }
        while (sent < buffer.Length);
    }

    /// <summary>Receives a datagram and its sender's address (UNP 8.2, <c>recvfrom(2)</c>).</summary>
    /// <remarks>On a stream, bytes that <see cref="Readline"/> has read ahead come first, as in <see cref="Recv"/>.</remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">
    /// Room for the datagram. The rest of a longer one is lost; with MSG_TRUNC (Linux) its full length is returned.
    /// </param>
    /// <param name="flags">0, or a combination of MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC...</param>
    /// <param name="from">The sender. On a connected stream it has no family.</param>
    /// <returns>The number of bytes; 0 for an empty datagram.</returns>
    /// <exception cref="UnpException">
    /// EAGAIN: the socket is non-blocking, or its time-out expired; ECONNREFUSED: an ICMP error, connected sockets only.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvfrom.2.html">recvfrom(2)</seealso>
    public static int Recvfrom(SafeHandle fd, Span<byte> buffer, int flags, out SockAddr from)
    {
        Check(fd);
        CheckRoom(buffer);
        from = default;
        int taken = TakeReadAhead(fd, buffer, flags, out bool enough);
        if (enough)
            return taken;
        nint n;
        do
            n = recvfrom(fd, buffer[taken..], flags, out from);
        while (Interrupted(n));
        return n >= 0 ? taken + (int)n : throw FailedToReceive("recvfrom", fd, flags, taken);
    }

    /// <summary>Sends one datagram (UNP 8.2, <c>sendto(2)</c>).</summary>
    /// <param name="fd">A datagram socket.</param>
    /// <param name="buffer">The datagram; it may be empty.</param>
    /// <param name="flags">0, or a combination of MSG_DONTROUTE, MSG_CONFIRM...; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EACCES (a broadcast address without SO_BROADCAST).
    /// The message contains the address.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendto.2.html">sendto(2)</seealso>
    public static void Sendto(SafeHandle fd, ReadOnlySpan<byte> buffer, int flags, in SockAddr to)
    {
        Check(fd);
        int sent = 0;
        do
        {
            nint n;
            do
                n = sendto(fd, buffer[sent..], flags | NoSignal, to);
            while (Interrupted(n));
            if (n < 0)
                throw FailedToSend("sendto", fd, flags, to, sent);
            sent += (int)n;
        }
        while (sent < buffer.Length); // a stream may accept fewer bytes than the whole buffer
    }

    /// <summary>
    /// Takes bytes that were read ahead, if the flags ask for normal data, and reports whether the call is already satisfied.
    /// </summary>
    static int TakeReadAhead(SafeHandle fd, Span<byte> buffer, int flags, out bool enough)
    {
        int taken = (flags & MSG_OOB) == 0 ? IReadAhead.Take(fd, buffer, peek: (flags & MSG_PEEK) != 0) : 0;
        enough = taken == buffer.Length || (taken > 0 && (flags & (MSG_WAITALL | MSG_PEEK)) != MSG_WAITALL);
        return taken;
    }
}
