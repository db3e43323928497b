using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>epoll_create1(2)</c>: creates an interest list, close-on-exec. Linux only.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no epoll. Use kqueue or poll.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_create1.2.html">epoll_create1(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static Fd Epoll_create1()
    {
        CheckEpoll("epoll_create1");
        int epfd = epoll_create1(EPOLL_CLOEXEC);
        return epfd >= 0 ? new Fd(epfd) : throw Failed("epoll_create1");
    }

    /// <summary><c>epoll_ctl(2)</c>: adds, changes or removes a descriptor of the interest list. Linux only.</summary>
    /// <param name="epfd">The interest list.</param>
    /// <param name="op">EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.</param>
    /// <param name="fd">The descriptor to watch. Closing it removes it, unless a duplicate of it is still open.</param>
    /// <param name="events">A combination of EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLET, EPOLLONESHOT... EPOLL_CTL_DEL ignores it.</param>
    /// <param name="data">The caller's own number, returned with each event.</param>
    /// <exception cref="UnpException">
    /// EEXIST, ENOENT, EPERM (a regular file), EINVAL, ELOOP, ENOSPC. The message names the descriptor.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The system has no epoll. Use kqueue or poll.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static void Epoll_ctl(SafeHandle epfd, int op, SafeHandle fd, uint events = 0, ulong data = 0)
    {
        CheckEpoll("epoll_ctl");
        Check(epfd);
        Check(fd);
        var request = new epoll_event { events = events, data = new epoll_data_t { u64 = data } };
        if (epoll_ctl(epfd, op, fd, request) < 0)
            throw Failed("epoll_ctl", $"fd {fd.DangerousGetHandle()}");
    }

    /// <summary><c>epoll_wait(2)</c>: waits until a descriptor of the interest list is ready. Linux only.</summary>
    /// <remarks>A signal does not end the wait, which continues for the remaining time. Signals end <see cref="Epoll_pwait2"/>.</remarks>
    /// <param name="epfd">The interest list.</param>
    /// <param name="events">The buffer for the events. It must not be empty.</param>
    /// <param name="timeout">The longest wait, rounded up to milliseconds; zero checks once; null waits indefinitely.</param>
    /// <returns>The number of events, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL.</exception>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no epoll. Use kqueue or poll.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_wait(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int Epoll_wait(SafeHandle epfd, Span<epoll_event> events, TimeSpan? timeout = null)
    {
        CheckEpoll("epoll_wait");
        Check(epfd);
        CheckEvents(events);
        var deadline = new Deadline(timeout);
        int n;
        do
            n = epoll_wait(epfd, events, deadline.RestInMilliseconds);
        while (Interrupted(n) || (n == 0 && !deadline.IsOver));
        return n >= 0 ? n : throw Failed("epoll_wait", epfd);
    }

    /// <summary>
    /// <c>epoll_pwait2(2)</c>: waits as <see cref="Epoll_wait"/> does, with a timeout in nanoseconds and a signal mask during the wait. A
    /// signal that the mask lets through ends the wait. Linux 5.11 or later.
    /// </summary>
    /// <param name="epfd">The interest list.</param>
    /// <param name="events">The buffer for the events. It must not be empty.</param>
    /// <param name="timeout">The longest wait; zero checks once; null waits indefinitely.</param>
    /// <param name="sigmask">The signals that are blocked during the wait. It replaces the mask of the thread.</param>
    /// <returns>The number of events, or 0 if the time is over.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; ENOSYS: the kernel is too old; EBADF, EINVAL.</exception>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no epoll. Use kqueue or poll.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/epoll_pwait2.2.html">epoll_pwait2(2)</seealso>
    [SupportedOSPlatform("linux")]
    public static int Epoll_pwait2(SafeHandle epfd, Span<epoll_event> events, TimeSpan? timeout, in SigSet sigmask)
    {
        CheckEpoll("epoll_pwait2");
        Check(epfd);
        CheckEvents(events);
        var deadline = new Deadline(timeout);
        timespec rest = deadline.RestAsTimespec();
        fixed (SigSet* mask = &sigmask)
        {
            int n = epoll_pwait2(epfd, events, deadline.IsInfinite ? null : &rest, mask);
            return n >= 0 ? n : throw Failed("epoll_pwait2", epfd);
        }
    }

    static void CheckEpoll(string function)
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"{function} exists on Linux only. Use kqueue or poll.");
    }

    static void CheckEvents(Span<epoll_event> events)
    {
        if (events.IsEmpty)
        {
            throw new ArgumentException(
                "The event buffer must not be empty, because an empty result means that the wait timed out.", nameof(events));
        }
    }
}
