using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Exceptions of calls that transfer data. Each part of a message is determined here, so a successful call has no cost.
public static unsafe partial class Libunp
{
    /// <summary>Creates the exception for a call that receives. The message names a time-out that has expired.</summary>
    internal static UnpException FailedToReceive(string function, SafeHandle fd, int flags = 0, long bytesTransferred = 0)
    {
        Errno error = Errno.Last;
        bool isOver = error == Errno.EAGAIN && (flags & MSG_DONTWAIT) == 0 && HasTimeout(fd, SO_RCVTIMEO);
        string detail = isOver ? $", {nameof(SO_RCVTIMEO)} has expired" : "";
        return new UnpException(error, function, NameOf(fd) + detail, printed: null, bytesTransferred);
    }

    /// <summary>
    /// Creates the exception for a call that sends. The message names the receiver, a time-out that has expired, and the size
    /// of segments that the kernel refuses.
    /// </summary>
    internal static UnpException FailedToSend(
        string function, SafeHandle fd, int flags = 0, in SockAddr to = default, long bytesTransferred = 0)
    {
        Errno error = Errno.Last;
        string? receiver = to.Length > 0 ? to.ToString() : null;
        string subject = receiver ?? NameOf(fd);
        if (error == Errno.EAGAIN && (flags & MSG_DONTWAIT) == 0 && HasTimeout(fd, SO_SNDTIMEO))
            subject += $", {nameof(SO_SNDTIMEO)} has expired";
        if (error == Errno.EINVAL && SegmentSize(fd) is > 0 and int size)
            subject += $", {nameof(UDP_SEGMENT)} is {size}: too many segments, or longer than the MTU";
        return new UnpException(error, function, subject, printed: receiver, bytesTransferred);
    }

    /// <summary>Returns the size of the datagrams into which the kernel cuts a buffer, or 0.</summary>
    static int SegmentSize(SafeHandle fd) =>
        Target.IsLinux && !fd.IsClosed && getsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, out int size) == 0 ? size : 0;

    /// <summary>Returns whether a blocking socket has a time-out, so that EAGAIN means its end.</summary>
    static bool HasTimeout(SafeHandle fd, int option)
    {
        if (fd.IsClosed)
            return false;
        timeval limit = default;
        uint length = (uint)sizeof(timeval);
        return fcntl(fd, F_GETFL) is >= 0 and int status && (status & O_NONBLOCK) == 0
            && getsockopt(fd, SOL_SOCKET, option, &limit, &length) == 0 && (limit.tv_sec | limit.tv_usec) != 0;
    }
}
