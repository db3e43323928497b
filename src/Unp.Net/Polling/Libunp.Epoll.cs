using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary><c>epoll_create1(2)</c>: makes an interest list, close-on-exec. Linux only.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue or poll instead.</exception>
    [SupportedOSPlatform("linux")]
    public static Fd Epoll_create1()
    {
        CheckEpoll("epoll_create1");
        int epfd = epoll_create1(EPOLL_CLOEXEC);
        return epfd >= 0 ? new Fd(epfd) : throw Failed("epoll_create1");
    }

    /// <summary><c>epoll_ctl(2)</c>: adds, changes or removes a descriptor of the list. Linux only.</summary>
    /// <param name="epfd">The list.</param>
    /// <param name="op">EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.</param>
    /// <param name="fd">The descriptor that is watched. Closing it removes it, unless a duplicate of it is still open.</param>
    /// <param name="events">EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLET, EPOLLONESHOT... ored; not looked at by EPOLL_CTL_DEL.</param>
    /// <param name="data">The program's own number, which comes with each event.</param>
    /// <exception cref="UnpException">EEXIST, ENOENT, EPERM (a regular file), EINVAL, ELOOP, ENOSPC; the message has the descriptor.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue or poll instead.</exception>
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

    /// <summary><c>epoll_wait(2)</c>: waits until a descriptor of the list is ready. Linux only.</summary>
    /// <remarks>A signal does not end the wait: it goes on for the rest of the time. <see cref="Epoll_pwait2"/> is the one that signals end.</remarks>
    /// <param name="epfd">The list.</param>
    /// <param name="events">Where the events go; its length, at least 1, is how many at the most.</param>
    /// <param name="timeout">At most so long, rounded up to milliseconds; zero looks once; null waits for ever.</param>
    /// <returns>How many events there are; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL.</exception>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue or poll instead.</exception>
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
        return n >= 0 ? n : throw Failed("epoll_wait");
    }

    /// <summary>
    /// <c>epoll_pwait2(2)</c>: as <see cref="Epoll_wait"/>, with a time-out to the nanosecond and a signal mask for the time of the wait. A signal that the
    /// mask lets through ends the wait. Linux 5.11 only.
    /// </summary>
    /// <param name="epfd">The list.</param>
    /// <param name="events">Where the events go; its length, at least 1, is how many at the most.</param>
    /// <param name="timeout">At most so long; zero looks once; null waits for ever.</param>
    /// <param name="sigmask">The signals that are blocked during the wait, in place of the thread's.</param>
    /// <returns>How many events there are; 0 when the time ran out.</returns>
    /// <exception cref="UnpException">EINTR: a signal was handled; ENOSYS: an older kernel; EBADF, EINVAL.</exception>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue or poll instead.</exception>
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
            return n >= 0 ? n : throw Failed("epoll_pwait2");
        }
    }

    static void CheckEpoll(string function)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"{function} exists on Linux only; here are kqueue and poll.");
    }

    static void CheckEvents(Span<epoll_event> events)
    {
        if (events.IsEmpty)
            throw new ArgumentException("There is room for 0 events: nothing ready could not be told from the end of the wait.", nameof(events));
    }
}
