using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/epoll.h>, Linux only. The kernel's epoll_event is packed on x86-64, so it is converted there.
public static unsafe partial class Libc
{
    /// <summary><c>epoll_create1(2)</c>: creates an interest list and returns its descriptor.</summary>
    /// <param name="flags">0 or EPOLL_CLOEXEC.</param>
    /// <returns>The descriptor, or -1: EMFILE, ENFILE, ENOMEM, EINVAL.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_create1.2.html">epoll_create1(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("linux")]
    public static partial int epoll_create1(int flags);

    /// <summary><c>epoll_ctl(2)</c>: adds a descriptor to the interest list, changes it or removes it.</summary>
    /// <param name="epfd">The interest list.</param>
    /// <param name="op">EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.</param>
    /// <param name="fd">The watched descriptor.</param>
    /// <param name="event">The events to wait for, and data of the program; EPOLL_CTL_DEL ignores it.</param>
    /// <returns>0, or -1: EEXIST, ENOENT, EPERM (a regular file), EBADF, EINVAL, ELOOP, ENOSPC (max_user_watches).</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int epoll_ctl(int epfd, int op, int fd, in epoll_event @event)
    {
        if (Target.IsArm64)
        {
            fixed (epoll_event* p = &@event)
                return epoll_ctl_raw(epfd, op, fd, p);
        }
        var packed = new Abi.Linux.X64.epoll_event(in @event);
        return epoll_ctl_raw(epfd, op, fd, &packed);
    }

    /// <inheritdoc cref="epoll_ctl(int, int, int, in epoll_event)"/>
    [SupportedOSPlatform("linux")]
    public static int epoll_ctl(SafeHandle epfd, int op, SafeHandle fd, in epoll_event @event)
    {
        if (Target.IsArm64)
        {
            fixed (epoll_event* p = &@event)
                return epoll_ctl_raw(epfd, op, fd, p);
        }
        var packed = new Abi.Linux.X64.epoll_event(in @event);
        return epoll_ctl_raw(epfd, op, fd, &packed);
    }

    /// <summary><c>epoll_wait(2)</c>: waits until a descriptor of the interest list is ready.</summary>
    /// <param name="epfd">The interest list.</param>
    /// <param name="events">Receives the events, at most as many as it has elements, which must be at least 1.</param>
    /// <param name="timeout">Milliseconds; 0 does not wait, -1 waits indefinitely.</param>
    /// <returns>The number of events, 0 after a time-out, or -1: EINTR (never restarted), EINVAL, EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_wait(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int epoll_wait(int epfd, Span<epoll_event> events, int timeout)
    {
        fixed (epoll_event* p = events)
            return InPlace(events, (int)Kept(Bare.epoll_wait(epfd, p, events.Length, timeout)));
    }

    /// <inheritdoc cref="epoll_wait(int, Span{epoll_event}, int)"/>
    [SupportedOSPlatform("linux")]
    public static int epoll_wait(SafeHandle epfd, Span<epoll_event> events, int timeout)
    {
        fixed (epoll_event* p = events)
            return InPlace(events, (int)Kept(Bare.epoll_wait(Hold(epfd), p, events.Length, timeout), epfd));
    }

    /// <summary>
    /// <c>epoll_pwait2(2)</c>: like epoll_wait, with a time-out in nanoseconds and a signal mask for the duration of the wait. Linux 5.11.
    /// </summary>
    /// <param name="epfd">The interest list.</param>
    /// <param name="events">Receives the events, at most as many as it has elements, which must be at least 1.</param>
    /// <param name="timeout">The longest wait, or null to wait indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, instead of the mask of the thread; null keeps that mask.</param>
    /// <returns>The result of <see cref="epoll_wait(int, Span{epoll_event}, int)"/>; ENOSYS on an older kernel.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_pwait2.2.html">epoll_pwait2(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int epoll_pwait2(int epfd, Span<epoll_event> events, timespec* timeout, SigSet* sigmask)
    {
        fixed (epoll_event* p = events)
            return InPlace(events, (int)syscall(EpollPwait2, epfd, p, events.Length, timeout, sigmask, KernelSigSetSize));
    }

    /// <inheritdoc cref="epoll_pwait2(int, Span{epoll_event}, timespec*, SigSet*)"/>
    [SupportedOSPlatform("linux")]
    public static int epoll_pwait2(SafeHandle epfd, Span<epoll_event> events, timespec* timeout, SigSet* sigmask)
    {
        fixed (epoll_event* p = events)
            return InPlace(events, (int)syscall(EpollPwait2, epfd, p, events.Length, timeout, sigmask, KernelSigSetSize));
    }

    // Calls syscall(2), because glibc has the function only since 2.35 and musl lacks it.
    const nint EpollPwait2 = 441;
    const nint KernelSigSetSize = 8;

    static int InPlace(Span<epoll_event> events, int count)
    {
        if (!Target.IsArm64 && count > 0)
            Abi.Linux.X64.epoll_event.Unpack(events, count);
        return count;
    }

    [LibraryImport(LibraryName, EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int epoll_ctl_raw(int epfd, int op, int fd, void* @event);

    [LibraryImport(LibraryName, EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int epoll_ctl_raw(SafeHandle epfd, int op, SafeHandle fd, void* @event);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(
        nint number, nint epfd, void* events, nint maxevents, timespec* timeout, SigSet* sigmask, nint sigsetsize);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(
        nint number, SafeHandle epfd, void* events, nint maxevents, timespec* timeout, SigSet* sigmask, nint sigsetsize);
}
