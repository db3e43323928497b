using System.Runtime.InteropServices;

namespace Unp.Net;

// <sys/socket.h>: sending and receiving.
public static unsafe partial class Libc
{
    /// <summary><c>recv(2)</c>: receives data, as read does, with flags (UNP 14.3).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">Receives the data.</param>
    /// <param name="len">The size of <paramref name="buf"/> in bytes.</param>
    /// <param name="flags">0, or MSG_* combined.</param>
    /// <returns>
    /// The number of bytes (0: the peer has ended its output, or an empty datagram), or -1: EAGAIN (non-blocking, or SO_RCVTIMEO expired),
    /// EINTR, ECONNREFUSED (an ICMP error for a connected datagram socket), ECONNRESET, ENOTCONN.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</seealso>
    public static nint recv(int fd, void* buf, nuint len, int flags) => Kept(Bare.recv(fd, buf, len, flags));

    /// <inheritdoc cref="recv(int, void*, nuint, int)"/>
    public static nint recv(SafeHandle fd, void* buf, nuint len, int flags) => Kept(Bare.recv(Hold(fd), buf, len, flags), fd);

    /// <inheritdoc cref="recv(int, void*, nuint, int)"/>
    public static nint recv(int fd, Span<byte> buf, int flags = 0)
    {
        fixed (byte* p = buf)
            return recv(fd, p, (nuint)buf.Length, flags);
    }

    /// <inheritdoc cref="recv(int, void*, nuint, int)"/>
    public static nint recv(SafeHandle fd, Span<byte> buf, int flags = 0)
    {
        fixed (byte* p = buf)
            return recv(fd, p, (nuint)buf.Length, flags);
    }

    /// <summary><c>send(2)</c>: sends data, as write does, with flags (UNP 14.3).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">The data.</param>
    /// <param name="len">The size of <paramref name="buf"/> in bytes.</param>
    /// <param name="flags">0, or MSG_* combined.</param>
    /// <returns>
    /// The number of bytes, or -1: EAGAIN, EINTR, EPIPE, ECONNRESET, EMSGSIZE (a datagram too long), ENOBUFS, EDESTADDRREQ.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</seealso>
    public static nint send(int fd, void* buf, nuint len, int flags) => Kept(Bare.send(fd, buf, len, flags));

    /// <inheritdoc cref="send(int, void*, nuint, int)"/>
    public static nint send(SafeHandle fd, void* buf, nuint len, int flags) => Kept(Bare.send(Hold(fd), buf, len, flags), fd);

    /// <inheritdoc cref="send(int, void*, nuint, int)"/>
    public static nint send(int fd, ReadOnlySpan<byte> buf, int flags = 0)
    {
        fixed (byte* p = buf)
            return send(fd, p, (nuint)buf.Length, flags);
    }

    /// <inheritdoc cref="send(int, void*, nuint, int)"/>
    public static nint send(SafeHandle fd, ReadOnlySpan<byte> buf, int flags = 0)
    {
        fixed (byte* p = buf)
            return send(fd, p, (nuint)buf.Length, flags);
    }

    /// <summary><c>recvfrom(2)</c>: receives data and the address of its sender (UNP 8.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">Receives the datagram. The part that does not fit is lost.</param>
    /// <param name="len">The size of <paramref name="buf"/> in bytes.</param>
    /// <param name="flags">0, or MSG_* combined.</param>
    /// <param name="addr">Receives the sender's address, or null.</param>
    /// <param name="addrlen">In: the size of <paramref name="addr"/> in bytes. Out: the length of the address.</param>
    /// <returns>
    /// The number of bytes (0: the peer has ended its output, or an empty datagram), or -1: EAGAIN (non-blocking, or SO_RCVTIMEO expired),
    /// EINTR, ECONNREFUSED (an ICMP error for a connected datagram socket), ECONNRESET, ENOTCONN.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvfrom.2.html">recvfrom(2)</seealso>
    public static nint recvfrom(int fd, void* buf, nuint len, int flags, void* addr, uint* addrlen) =>
        Kept(Bare.recvfrom(fd, buf, len, flags, addr, addrlen));

    /// <inheritdoc cref="recvfrom(int, void*, nuint, int, void*, uint*)"/>
    public static nint recvfrom(SafeHandle fd, void* buf, nuint len, int flags, void* addr, uint* addrlen) =>
        Kept(Bare.recvfrom(Hold(fd), buf, len, flags, addr, addrlen), fd);

    /// <inheritdoc cref="recvfrom(int, void*, nuint, int, void*, uint*)"/>
    public static nint recvfrom(int fd, Span<byte> buf, int flags, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (byte* p = buf)
        fixed (SockAddr* a = &addr)
            return addr.Received(recvfrom(fd, p, (nuint)buf.Length, flags, a, &length), length);
    }

    /// <inheritdoc cref="recvfrom(int, void*, nuint, int, void*, uint*)"/>
    public static nint recvfrom(SafeHandle fd, Span<byte> buf, int flags, out SockAddr addr)
    {
        addr = default;
        uint length = SockAddr.Capacity;
        fixed (byte* p = buf)
        fixed (SockAddr* a = &addr)
            return addr.Received(recvfrom(fd, p, (nuint)buf.Length, flags, a, &length), length);
    }

    /// <summary><c>sendto(2)</c>: sends data to an address (UNP 8.2).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="buf">The datagram.</param>
    /// <param name="len">The size of <paramref name="buf"/> in bytes.</param>
    /// <param name="flags">0, or MSG_* combined.</param>
    /// <param name="addr">The receiver, or null on a connected socket.</param>
    /// <param name="addrlen">The length of the address in bytes.</param>
    /// <returns>
    /// The number of bytes, or -1: EAGAIN, EINTR, EPIPE, ECONNRESET, EMSGSIZE (a datagram too long), ENOBUFS, EDESTADDRREQ.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendto.2.html">sendto(2)</seealso>
    public static nint sendto(int fd, void* buf, nuint len, int flags, void* addr, uint addrlen) =>
        Kept(Bare.sendto(fd, buf, len, flags, addr, addrlen));

    /// <inheritdoc cref="sendto(int, void*, nuint, int, void*, uint)"/>
    public static nint sendto(SafeHandle fd, void* buf, nuint len, int flags, void* addr, uint addrlen) =>
        Kept(Bare.sendto(Hold(fd), buf, len, flags, addr, addrlen), fd);

    /// <inheritdoc cref="sendto(int, void*, nuint, int, void*, uint)"/>
    public static nint sendto(int fd, ReadOnlySpan<byte> buf, int flags, in SockAddr addr)
    {
        fixed (byte* p = buf)
        fixed (SockAddr* a = &addr)
            return sendto(fd, p, (nuint)buf.Length, flags, a, (uint)addr.Length);
    }

    /// <inheritdoc cref="sendto(int, void*, nuint, int, void*, uint)"/>
    public static nint sendto(SafeHandle fd, ReadOnlySpan<byte> buf, int flags, in SockAddr addr)
    {
        fixed (byte* p = buf)
        fixed (SockAddr* a = &addr)
            return sendto(fd, p, (nuint)buf.Length, flags, a, (uint)addr.Length);
    }
}
