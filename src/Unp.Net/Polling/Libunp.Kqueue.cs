using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>kqueue(2)</c>: creates an event queue, close-on-exec (UNP 14.9). macOS and FreeBSD only.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no kqueue. Use epoll or poll.</exception>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=kqueue&amp;sektion=2">kqueue(2)</seealso>
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static Fd Kqueue()
    {
        CheckKqueue("kqueue");
        int kq = kqueue();
        if (kq < 0)
            throw Failed("kqueue");
        var fd = new Fd(kq);
        Fcntl(fd, F_SETFD, FD_CLOEXEC);
        return fd;
    }

    /// <summary><c>kevent(2)</c>: applies changes, then waits for events (UNP 14.9). macOS and FreeBSD only.</summary>
    /// <remarks>
    /// A signal does not end the wait, which continues for the remaining time. The changes are applied once, before the wait.
    /// </remarks>
    /// <param name="kq">The queue.</param>
    /// <param name="changelist">The changes; it may be empty.</param>
    /// <param name="eventlist">The buffer for the events. If it is empty, the call only applies the changes.</param>
    /// <param name="timeout">The longest wait; zero checks once; null waits indefinitely.</param>
    /// <returns>The number of events, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">
    /// EBADF, EINVAL, ENOENT. A change that fails throws only if <paramref name="eventlist"/> is empty; otherwise it is reported as an
    /// event.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no kqueue. Use epoll or poll.</exception>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=kevent&amp;sektion=2">kevent(2)</seealso>
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static int Kevent(SafeHandle kq, ReadOnlySpan<kevent> changelist, Span<kevent> eventlist, TimeSpan? timeout = null)
    {
        Check(kq);
        CheckKqueue("kevent");
        var deadline = new Deadline(timeout);
        int n;
        do
        {
            timespec rest = deadline.RestAsTimespec();
            n = kevent(kq, changelist, eventlist, deadline.IsInfinite ? null : &rest);
            changelist = default;
        }
        while (Interrupted(n));
        return n >= 0 ? n : throw Failed("kevent", kq);
    }

    static void CheckKqueue(string function)
    {
        if (!Target.IsMacOS && !Target.IsFreeBSD)
            throw new PlatformNotSupportedException($"{function} exists on macOS and FreeBSD only. Use epoll or poll.");
    }
}
