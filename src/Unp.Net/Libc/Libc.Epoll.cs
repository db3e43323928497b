using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/epoll.h>, Linux only. The kernel's epoll_event is packed on x86-64, so ours is translated there.
public static unsafe partial class Libc
{
    /// <summary><c>epoll_create1(2)</c>: makes an interest list, itself a descriptor.</summary>
    /// <param name="flags">0 or EPOLL_CLOEXEC.</param>
    /// <returns>The descriptor, or -1: EMFILE, ENFILE, ENOMEM, EINVAL.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("linux")]
    public static partial int epoll_create1(int flags);

    /// <summary><c>epoll_ctl(2)</c>: adds, changes or removes a descriptor of the list.</summary>
    /// <param name="epfd">The list.</param>
    /// <param name="op">EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.</param>
    /// <param name="fd">The descriptor that is watched.</param>
    /// <param name="event">What to wait for, and the program's own data; for EPOLL_CTL_DEL it is not looked at.</param>
    /// <returns>0, or -1: EEXIST, ENOENT, EPERM (a regular file), EBADF, EINVAL, ELOOP, ENOSPC (max_user_watches).</returns>
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

    /// <summary><c>epoll_wait(2)</c>: waits until a descriptor of the list is ready.</summary>
    /// <param name="epfd">The list.</param>
    /// <param name="events">Where the events go; its length, at least 1, is how many at the most.</param>
    /// <param name="timeout">Milliseconds; 0 looks once, -1 waits for ever.</param>
    /// <returns>How many events there are, 0 when the time ran out, or -1: EINTR (never restarted), EINVAL, EBADF.</returns>
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

    /// <summary><c>epoll_pwait2(2)</c>: as epoll_wait, with a time-out in nanoseconds and a signal mask for the time of the wait. Linux 5.11.</summary>
    /// <param name="epfd">The list.</param>
    /// <param name="events">Where the events go; its length, at least 1, is how many at the most.</param>
    /// <param name="timeout">The longest wait, or null for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's; null leaves them.</param>
    /// <returns>As <see cref="epoll_wait(int, Span{epoll_event}, int)"/>; ENOSYS on an older kernel.</returns>
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

    // Made of syscall(2): glibc has the function since 2.35, musl has none.
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
    private static partial nint syscall(nint number, nint epfd, void* events, nint maxevents, timespec* timeout, SigSet* sigmask, nint sigsetsize);

    [LibraryImport(LibraryName, SetLastError = true)]
    private static partial nint syscall(nint number, SafeHandle epfd, void* events, nint maxevents, timespec* timeout, SigSet* sigmask, nint sigsetsize);
}
