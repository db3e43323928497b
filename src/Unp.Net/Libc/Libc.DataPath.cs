using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

// The P/Invokes of the calls that move data or wait for it.
public static unsafe partial class Libc
{
    /// <summary>
    /// P/Invokes without SetLastError. SetLastError reads the error after every call and costs 8 to 10 ns (see CallBenchmarks), but a call
    /// that moves data or waits usually succeeds. <see cref="Kept(nint)"/> reads errno only after a failure. The runtime preserves errno in
    /// between: during a garbage collection, a compilation and the look-up of a function.
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

        // The count and the result have 32 bits on Linux and 64 on FreeBSD. A 64-bit count and a 32-bit result are correct on both: Linux
        // ignores the upper half of the count, and the result fits into 32 bits.
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

    /// <summary>Returns the result of a bare call. After a failure it stores errno as <see cref="Errno.Last"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint Kept(nint result)
    {
        if (result < 0)
            Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        return result;
    }

    /// <summary>
    /// Returns the number of a descriptor, and keeps it open until <see cref="Kept(nint, SafeHandle)"/>. There is no try block because no
    /// code in between throws.
    /// </summary>
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
        // The error is read before the release and stored after it, because the release may close the descriptor and change errno.
        int error = result < 0 ? Marshal.GetLastSystemError() : 0;
        held.DangerousRelease();
        if (result < 0)
            Marshal.SetLastPInvokeError(error);
        return result;
    }
}
