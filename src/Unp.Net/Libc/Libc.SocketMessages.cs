using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/socket.h>: messages. The structures have Linux's layout. For the BSDs they are converted before and after a call, on the stack or in
// place.
public static unsafe partial class Libc
{
    /// <summary><c>sendmsg(2)</c>: sends several pieces of memory as one message, with address and control data (UNP 14.5).</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="msg">The message.</param>
    /// <param name="flags">0, or MSG_* combined.</param>
    /// <returns>
    /// The number of bytes, or -1: EAGAIN, EINTR, EPIPE, ECONNRESET, EMSGSIZE (a datagram too long, or more than <see cref="IOV_MAX"/>
    /// pieces), EINVAL (malformed
    /// control data, or too many descriptors), ETOOMANYREFS (too many descriptors in flight), EPERM (credentials of another process), EBADF
    /// (also for a passed descriptor), ENOBUFS, EDESTADDRREQ. musl copies the control data and fails with ENOMEM above about 1 kB.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</seealso>
    public static nint sendmsg(int fd, msghdr* msg, int flags)
    {
        if (Target.IsLinux || msg == null)
            return Kept(Bare.sendmsg(fd, msg, flags));
        Abi.Bsd.msghdr own = new(in *msg);
        return Kept(Bare.sendmsg(fd, &own, flags));
    }

    /// <inheritdoc cref="sendmsg(int, msghdr*, int)"/>
    public static nint sendmsg(SafeHandle fd, msghdr* msg, int flags)
    {
        if (Target.IsLinux || msg == null)
            return Kept(Bare.sendmsg(Hold(fd), msg, flags), fd);
        Abi.Bsd.msghdr own = new(in *msg);
        return Kept(Bare.sendmsg(Hold(fd), &own, flags), fd);
    }

    /// <inheritdoc cref="sendmsg(int, msghdr*, int)"/>
    public static nint sendmsg(int fd, in msghdr msg, int flags = 0)
    {
        fixed (msghdr* p = &msg)
            return sendmsg(fd, p, flags);
    }

    /// <inheritdoc cref="sendmsg(int, msghdr*, int)"/>
    public static nint sendmsg(SafeHandle fd, in msghdr msg, int flags = 0)
    {
        fixed (msghdr* p = &msg)
            return sendmsg(fd, p, flags);
    }

    /// <summary>
    /// <c>recvmsg(2)</c>: receives a message into several pieces of memory, with address and control data (UNP 14.5). Received
    /// descriptors are open from then on, even if the program ignores them.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="msg">In: the buffers. Out: the lengths of address and control data, and flags: MSG_TRUNC, MSG_CTRUNC...</param>
    /// <param name="flags">0, or MSG_* combined: MSG_CMSG_CLOEXEC for descriptors that are not inherited.</param>
    /// <returns>
    /// The number of bytes (0: the peer has ended its output, or an empty datagram), or -1: EAGAIN (non-blocking, SO_RCVTIMEO expired, or
    /// an empty error queue),
    /// EINTR, ECONNREFUSED, ECONNRESET, ENOTCONN, EMSGSIZE (more than <see cref="IOV_MAX"/> pieces).
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</seealso>
    public static nint recvmsg(int fd, msghdr* msg, int flags)
    {
        if (Target.IsLinux || msg == null)
            return Kept(Bare.recvmsg(fd, msg, flags));
        Abi.Bsd.msghdr own = new(in *msg);
        nint result = Kept(Bare.recvmsg(fd, &own, flags));
        own.CopyReceivedTo(ref *msg);
        return result;
    }

    /// <inheritdoc cref="recvmsg(int, msghdr*, int)"/>
    public static nint recvmsg(SafeHandle fd, msghdr* msg, int flags)
    {
        if (Target.IsLinux || msg == null)
            return Kept(Bare.recvmsg(Hold(fd), msg, flags), fd);
        Abi.Bsd.msghdr own = new(in *msg);
        nint result = Kept(Bare.recvmsg(Hold(fd), &own, flags), fd);
        own.CopyReceivedTo(ref *msg);
        return result;
    }

    /// <inheritdoc cref="recvmsg(int, msghdr*, int)"/>
    public static nint recvmsg(int fd, ref msghdr msg, int flags = 0)
    {
        fixed (msghdr* p = &msg)
            return recvmsg(fd, p, flags);
    }

    /// <inheritdoc cref="recvmsg(int, msghdr*, int)"/>
    public static nint recvmsg(SafeHandle fd, ref msghdr msg, int flags = 0)
    {
        fixed (msghdr* p = &msg)
            return recvmsg(fd, p, flags);
    }

    /// <summary>
    /// <c>sendmmsg(2)</c>: sends several messages in one call. On FreeBSD and with musl, the C library calls sendmsg in a loop.
    /// </summary>
    /// <param name="fd">The socket.</param>
    /// <param name="msgvec">In: the messages. Out: the number of sent bytes of each.</param>
    /// <param name="vlen">The number of messages; Linux uses at most <see cref="IOV_MAX"/>.</param>
    /// <param name="flags">0, or MSG_* combined, for each message.</param>
    /// <returns>
    /// The number of sent messages, or -1 if the first failed, with the errors of sendmsg. The error of a later message is lost.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static int sendmmsg(int fd, mmsghdr* msgvec, uint vlen, int flags)
    {
        if (Target.IsLinux)
            return (int)Kept(Bare.sendmmsg(fd, msgvec, vlen, flags));
        Span<mmsghdr> messages = new(msgvec, checked((int)vlen));
        Abi.FreeBsd.mmsghdr.Pack(messages);
        nint result = Kept(Bare.sendmmsg(fd, msgvec, vlen, flags));
        Abi.FreeBsd.mmsghdr.Unpack(messages);
        return (int)result;
    }

    /// <inheritdoc cref="sendmmsg(int, mmsghdr*, uint, int)"/>
    [UnsupportedOSPlatform("macos")]
    public static int sendmmsg(SafeHandle fd, mmsghdr* msgvec, uint vlen, int flags)
    {
        if (Target.IsLinux)
            return (int)Kept(Bare.sendmmsg(Hold(fd), msgvec, vlen, flags), fd);
        Span<mmsghdr> messages = new(msgvec, checked((int)vlen));
        int number = Hold(fd); // before the messages are converted, because it throws if the handle is closed
        Abi.FreeBsd.mmsghdr.Pack(messages);
        nint result = Kept(Bare.sendmmsg(number, msgvec, vlen, flags), fd);
        Abi.FreeBsd.mmsghdr.Unpack(messages);
        return (int)result;
    }

    /// <inheritdoc cref="sendmmsg(int, mmsghdr*, uint, int)"/>
    [UnsupportedOSPlatform("macos")]
    public static int sendmmsg(int fd, Span<mmsghdr> msgvec, int flags = 0)
    {
        fixed (mmsghdr* p = msgvec)
            return sendmmsg(fd, p, (uint)msgvec.Length, flags);
    }

    /// <inheritdoc cref="sendmmsg(int, mmsghdr*, uint, int)"/>
    [UnsupportedOSPlatform("macos")]
    public static int sendmmsg(SafeHandle fd, Span<mmsghdr> msgvec, int flags = 0)
    {
        fixed (mmsghdr* p = msgvec)
            return sendmmsg(fd, p, (uint)msgvec.Length, flags);
    }

    /// <summary><c>recvmmsg(2)</c>: receives several messages in one call. On FreeBSD the C library calls recvmsg in a loop.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="msgvec">In: the buffers of each message. Out: as recvmsg, and the number of bytes of each.</param>
    /// <param name="vlen">The number of messages; Linux uses at most <see cref="IOV_MAX"/>.</param>
    /// <param name="flags">0, or MSG_* combined. With MSG_WAITFORONE, the call waits only for the first message.</param>
    /// <param name="timeout">
    /// The longest time, or null. Linux checks it only after each message, so it waits indefinitely for a message that never arrives, and
    /// stores the remaining time in it. FreeBSD uses it as the time-out of the first message, and returns 0 when it expires.
    /// </param>
    /// <returns>
    /// The number of received messages, or -1 if the first failed, with the errors of recvmsg, and EINVAL for a malformed time-out.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</seealso>
    [UnsupportedOSPlatform("macos")]
    public static int recvmmsg(int fd, mmsghdr* msgvec, uint vlen, int flags, timespec* timeout)
    {
        if (Target.IsLinux)
            return (int)Kept(Bare.recvmmsg(fd, msgvec, vlen, flags, timeout));
        Span<mmsghdr> messages = new(msgvec, checked((int)vlen));
        Abi.FreeBsd.mmsghdr.Pack(messages);
        nint result = Kept(Bare.recvmmsg(fd, msgvec, vlen, flags, timeout));
        Abi.FreeBsd.mmsghdr.Unpack(messages);
        return (int)result;
    }

    /// <inheritdoc cref="recvmmsg(int, mmsghdr*, uint, int, timespec*)"/>
    [UnsupportedOSPlatform("macos")]
    public static int recvmmsg(SafeHandle fd, mmsghdr* msgvec, uint vlen, int flags, timespec* timeout)
    {
        if (Target.IsLinux)
            return (int)Kept(Bare.recvmmsg(Hold(fd), msgvec, vlen, flags, timeout), fd);
        Span<mmsghdr> messages = new(msgvec, checked((int)vlen));
        int number = Hold(fd);
        Abi.FreeBsd.mmsghdr.Pack(messages);
        nint result = Kept(Bare.recvmmsg(number, msgvec, vlen, flags, timeout), fd);
        Abi.FreeBsd.mmsghdr.Unpack(messages);
        return (int)result;
    }

    /// <inheritdoc cref="recvmmsg(int, mmsghdr*, uint, int, timespec*)"/>
    [UnsupportedOSPlatform("macos")]
    public static int recvmmsg(int fd, Span<mmsghdr> msgvec, int flags = 0, timespec* timeout = null)
    {
        fixed (mmsghdr* p = msgvec)
            return recvmmsg(fd, p, (uint)msgvec.Length, flags, timeout);
    }

    /// <inheritdoc cref="recvmmsg(int, mmsghdr*, uint, int, timespec*)"/>
    [UnsupportedOSPlatform("macos")]
    public static int recvmmsg(SafeHandle fd, Span<mmsghdr> msgvec, int flags = 0, timespec* timeout = null)
    {
        fixed (mmsghdr* p = msgvec)
            return recvmmsg(fd, p, (uint)msgvec.Length, flags, timeout);
    }

    /// <summary><c>sockatmark(3)</c>: returns whether the read position is at the urgent mark (UNP 24.3).</summary>
    /// <returns>1 or 0, or -1: EBADF, ENOTTY or EINVAL (not a socket with urgent data).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/sockatmark.3.html">sockatmark(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sockatmark(int fd);

    /// <inheritdoc cref="sockatmark(int)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int sockatmark(SafeHandle fd);
}
