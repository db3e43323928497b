using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>kqueue(2)</c>: makes a queue of events (section 14.9). The BSDs only.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has epoll or poll instead.</exception>
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

    /// <summary><c>kevent(2)</c>: makes changes to what is watched, and waits for events (section 14.9). The BSDs only.</summary>
    /// <remarks>A signal does not end the wait: it goes on for the rest of the time. The changes are made before the wait, once.</remarks>
    /// <param name="kq">The queue.</param>
    /// <param name="changelist">The changes, none if it is empty.</param>
    /// <param name="eventlist">Where the events go; empty to make changes only.</param>
    /// <param name="timeout">At most so long; zero looks once; null waits for ever.</param>
    /// <returns>How many events there are; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL, ENOENT: without room for events a change that fails.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has epoll or poll instead.</exception>
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
        return n >= 0 ? n : throw Failed("kevent");
    }

    static void CheckKqueue(string function)
    {
        if (!OperatingSystem.IsMacOS() && !OperatingSystem.IsFreeBSD())
            throw new PlatformNotSupportedException($"{function} exists on macOS and FreeBSD only; here are epoll and poll.");
    }
}
