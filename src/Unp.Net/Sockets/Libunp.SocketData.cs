using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    // The runtime ignores SIGPIPE; this keeps it quiet in a host that does not. macOS has no such flag.
    internal static int NoSignal => Target.IsMacOS ? 0 : MSG_NOSIGNAL;

    /// <summary><c>recv(2)</c>: receives what is there, at most the buffer's size, waiting for the first byte (section 14.3).</summary>
    /// <remarks>Bytes that <see cref="Readline"/> has read ahead come first, unless out-of-band data is asked for.</remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">Room for the data; of a longer datagram the rest is lost.</param>
    /// <param name="flags">0, or MSG_PEEK, MSG_WAITALL, MSG_OOB, MSG_DONTWAIT... ored.</param>
    /// <returns>The number of bytes; 0 when the peer is done sending.</returns>
    /// <exception cref="UnpException">
    /// ECONNRESET, EAGAIN (non-blocking, or the time-out ran out), ENOTCONN, ECONNREFUSED (datagrams). MSG_OOB: EINVAL (there is no out-of-band data, it was received
    /// before, or SO_OOBINLINE is set), EAGAIN (it is announced, and still to come).
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
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
        return n >= 0 ? taken + (int)n : throw Failed("recv", taken);
    }

    /// <summary><c>send(2)</c>: sends all of the buffer, waiting for room; an empty one as an empty datagram (section 14.3).</summary>
    /// <param name="fd">A connected socket.</param>
    /// <param name="buffer">The data.</param>
    /// <param name="flags">0, or MSG_OOB, MSG_DONTROUTE, MSG_MORE... ored; MSG_NOSIGNAL is added.</param>
    /// <exception cref="UnpException">
    /// EPIPE, ECONNRESET, EMSGSIZE, EAGAIN (non-blocking); <see cref="UnpException.BytesTransferred"/> tells how many bytes went before.
    /// </exception>
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
                throw Failed("send", sent);
            sent += (int)n;
        }
        while (sent < buffer.Length);
    }

    /// <summary><c>recvfrom(2)</c>: receives a datagram and tells from whom (section 8.2).</summary>
    /// <remarks>On a stream bytes that <see cref="Readline"/> has read ahead come first, as in <see cref="Recv"/>.</remarks>
    /// <param name="fd">A socket.</param>
    /// <param name="buffer">Room for the datagram; the rest of a longer one is lost. With MSG_TRUNC (Linux) the full length is returned.</param>
    /// <param name="flags">0, or MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC... ored.</param>
    /// <param name="from">The sender; no family at all on a connected stream.</param>
    /// <returns>The number of bytes; 0 is an empty datagram.</returns>
    /// <exception cref="UnpException">EAGAIN (non-blocking, or the time-out ran out), ECONNREFUSED (an ICMP error, connected sockets only).</exception>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
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
        return n >= 0 ? taken + (int)n : throw Failed("recvfrom", taken);
    }

    /// <summary><c>sendto(2)</c>: sends one datagram (section 8.2).</summary>
    /// <param name="fd">A datagram socket.</param>
    /// <param name="buffer">The datagram; it may be empty.</param>
    /// <param name="flags">0, or MSG_DONTROUTE, MSG_CONFIRM... ored; MSG_NOSIGNAL is added.</param>
    /// <param name="to">The receiver.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EACCES (a broadcast address without SO_BROADCAST); the message has the address.</exception>
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
                throw Failed("sendto", to, sent);
            sent += (int)n;
        }
        while (sent < buffer.Length); // only of a stream less than all is taken
    }

    /// <summary>What was read ahead of the data that these flags ask for, and whether the call need not wait for more.</summary>
    static int TakeReadAhead(SafeHandle fd, Span<byte> buffer, int flags, out bool enough)
    {
        int taken = (flags & MSG_OOB) == 0 ? TakeReadAhead(fd, buffer, peek: (flags & MSG_PEEK) != 0) : 0;
        enough = taken == buffer.Length || (taken > 0 && (flags & (MSG_WAITALL | MSG_PEEK)) != MSG_WAITALL);
        return taken;
    }
}
