using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

// How the calls that move data, and those that wait for it, are made.
public static unsafe partial class Libc
{
    /// <summary>
    /// Without SetLastError, which asks for the error after every call, and costs 8 to 10 ns (CallBenchmarks tell): a call that moves data
    /// or waits mostly succeeds. <see cref="Kept(nint)"/> asks when it failed. The runtime keeps errno where it works between the two: at a garbage
    /// collection, when it compiles, and when it looks a function up.
    /// </summary>
    static partial class Bare
    {
        [LibraryImport(LibraryName)]
        internal static partial int close(int fd);

        [LibraryImport(LibraryName)]
        internal static partial nint read(int fd, void* buf, nuint count);

        [LibraryImport(LibraryName)]
        internal static partial nint write(int fd, void* buf, nuint count);

        [LibraryImport(LibraryName)]
        internal static partial nint recv(int fd, void* buf, nuint len, int flags);

        [LibraryImport(LibraryName)]
        internal static partial nint send(int fd, void* buf, nuint len, int flags);

        [LibraryImport(LibraryName)]
        internal static partial nint recvfrom(int fd, void* buf, nuint len, int flags, void* addr, uint* addrlen);

        [LibraryImport(LibraryName)]
        internal static partial nint sendto(int fd, void* buf, nuint len, int flags, void* addr, uint addrlen);

        [LibraryImport(LibraryName)]
        internal static partial nint readv(int fd, iovec* iov, int iovcnt);

        [LibraryImport(LibraryName)]
        internal static partial nint writev(int fd, iovec* iov, int iovcnt);

        [LibraryImport(LibraryName)]
        internal static partial nint recvmsg(int fd, void* msg, int flags);

        [LibraryImport(LibraryName)]
        internal static partial nint sendmsg(int fd, void* msg, int flags);

        // Of 32 bits on Linux, the count and the result, and of 64 on FreeBSD: so written both read all of the one and none that is not there of the other.
        [LibraryImport(LibraryName)]
        internal static partial int recvmmsg(int fd, void* msgvec, nuint vlen, int flags, timespec* timeout);

        [LibraryImport(LibraryName)]
        internal static partial int sendmmsg(int fd, void* msgvec, nuint vlen, int flags);

        [LibraryImport(LibraryName)]
        internal static partial int select(int nfds, FdSet* readfds, FdSet* writefds, FdSet* exceptfds, timeval* timeout);

        [LibraryImport(LibraryName)]
        internal static partial int poll(pollfd* fds, nuint nfds, int timeout);

        [LibraryImport(LibraryName)]
        internal static partial int epoll_wait(int epfd, void* events, int maxevents, int timeout);
    }

    /// <summary>The result of a bare call, whose error becomes <see cref="Errno.Last"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint Kept(nint result)
    {
        if (result < 0)
            Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        return result;
    }

    /// <summary>The number of a descriptor that stays open until <see cref="Kept(nint, SafeHandle)"/>. No try: nothing between the two throws.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Hold(SafeHandle fd)
    {
        bool held = false;
        fd.DangerousAddRef(ref held);
        return (int)fd.DangerousGetHandle();
    }

    /// <inheritdoc cref="Kept(nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Kept(nint result, SafeHandle held)
    {
        // Asked for before the release and kept after it, since that may close the descriptor.
        int error = result < 0 ? Marshal.GetLastSystemError() : 0;
        held.DangerousRelease();
        if (result < 0)
            Marshal.SetLastPInvokeError(error);
        return result;
    }
}
