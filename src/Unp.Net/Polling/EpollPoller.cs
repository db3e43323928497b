using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A <see cref="Poller"/> that uses <c>epoll(7)</c> (Linux). It watches any number of descriptors, and only ready descriptors cost time.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class EpollPoller : Poller
{
    // No descriptor has this number.
    const int WakeNumber = -1;

    // How many waits may report a closed descriptor before the list is rebuilt. A descriptor that another thread closes during the wait is
    // reported once and needs no rebuild.
    const int MaxWaitsWithDead = 16;

    readonly WakeDescriptor wake;
    Fd epfd;
    epoll_event[] found = new epoll_event[64];
    int waitsWithDead;

    /// <summary>Creates a poller without descriptors.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has kqueue or poll instead.</exception>
    public EpollPoller()
        : base("epoll")
    {
        epfd = Libunp.Epoll_create1();
        try
        {
            wake = new WakeDescriptor();
        }
        catch
        {
            epfd.Dispose();
            throw;
        }
        if (!TryWatchWake())
        {
            Errno reason = Errno.Last;
            Close();
            throw new UnpException(reason, "epoll_ctl");
        }
    }

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        // The kernel accepts EPOLLEXCLUSIVE with few other flags only: epoll_ctl(2).
        if ((mode & PollMode.Exclusive) != 0
            && ((mode & PollMode.OneShot) != 0 || (interest & (PollEvents.Priority | PollEvents.PeerClosed)) != 0))
        {
            throw new NotSupportedException(
                $"epoll does not support {mode} with {interest}. Combine Exclusive with Readable, Writable and EdgeTriggered only.");
        }
    }

    private protected override void Attach(PollRegistration registration)
    {
        if (TryAttach(registration))
            return;

        // The list still has an entry of a closed descriptor: same number and same open file, because this descriptor is a duplicate.
        if (Errno.Last == Errno.EEXIST && Control(EPOLL_CTL_DEL, registration, 0, 0) == 0 && TryAttach(registration))
            return;
        if (Errno.Last != Errno.EPERM)
            throw new UnpException(Errno.Last, "epoll_ctl", $"fd {registration.Number}");

        // epoll refuses files and directories, because they never block.
        AddFile(registration);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode)
    {
        if (Control(EPOLL_CTL_MOD, registration, interest, mode) < 0)
            throw new UnpException(Errno.Last, "epoll_ctl", $"fd {registration.Number}");
    }

    private protected override void Detach(PollRegistration registration)
    {
        // A closed descriptor's number may belong to another registration by now, which must not be removed.
        if (registration.Descriptor.IsClosed)
            return;
        try
        {
            _ = Control(EPOLL_CTL_DEL, registration, 0, 0);
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed the descriptor in the meantime.
        }
    }

    private protected override int WaitOnce(Span<PollEvent> events, TimeSpan timeout)
    {
        if (found.Length < events.Length)
            found = new epoll_event[events.Length];
        int n = epoll_wait(epfd, found.AsSpan(0, events.Length), Milliseconds(timeout));
        if (n < 0 && Errno.Last != Errno.EINTR)
            throw new UnpException(Errno.Last, "epoll_wait");
        int reported = Report(events, found.AsSpan(0, Math.Max(0, n)));
        return reported > 0 ? reported : n == 0 ? 0 : EndedEarly;
    }

    int Report(Span<PollEvent> events, ReadOnlySpan<epoll_event> ready)
    {
        int reported = 0;
        bool anyDead = false;
        foreach (ref readonly epoll_event item in ready)
        {
            ulong data = item.data.u64;
            PollRegistration? registration = Registered((int)data);
            if (registration is not null && registration.Generation == (uint)(data >> 32) && !registration.Descriptor.IsClosed)
            {
                if (registration.Mode != PollMode.LevelTriggered && HasReported(registration))
                    continue;
                events[reported++] = new PollEvent(registration, PollBits.FromPoll((int)item.events, registration.Interest));
            }
            else if ((int)data == WakeNumber)
            {
                wake.Reset();
            }
            else
            {
                anyDead = true;
            }
        }
        if (anyDead && ++waitsWithDead == MaxWaitsWithDead)
            RebuildInterestList();
        else if (!anyDead && ready.Length < events.Length)
            waitsWithDead = 0; // the kernel reported everything, so no dead entry is left
        return reported;
    }

    /// <summary>
    /// Returns whether a OneShot registration has already reported, and marks it as reported. The kernel knows this too, but forgets it in
    /// <see cref="RebuildInterestList"/>.
    /// </summary>
    static bool HasReported(PollRegistration registration)
    {
        bool spent = registration.IsSpent;
        registration.IsSpent = (registration.Mode & PollMode.OneShot) != 0;
        return spent;
    }

    /// <summary>
    /// Creates a new interest list without entries of closed descriptors. epoll reports a closed descriptor while a duplicate is open, for
    /// example in a child process. Such an entry ends every wait, and it cannot be removed because it no longer has a number.
    /// </summary>
    void RebuildInterestList()
    {
        // If a new list cannot be created (EMFILE, ENOSPC), the poller keeps the old list and tries again later.
        waitsWithDead = 0;
        int list = epoll_create1(EPOLL_CLOEXEC);
        if (list < 0)
            return;
        Fd old = epfd;
        epfd = new Fd(list);
        try
        {
            if (TryWatchWake() && TryAttachOpen())
            {
                old.Dispose();
                return;
            }
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed a descriptor in the meantime.
        }
        epfd.Dispose();
        epfd = old;
    }

    bool TryAttachOpen()
    {
        foreach (PollRegistration registration in Registrations)
        {
            if (registration.Descriptor.IsClosed)
                Drop(registration);
            else if (registration.IsFile || TryAttach(registration))
                continue;
            else if (Errno.Last.IsAny(Errno.EBADF, Errno.EPERM))
                Drop(registration); // the number was closed without its SafeHandle, and may be a file by now
            else
                return false;
        }
        return true;
    }

    private protected override void Interrupt() => wake.Set();

    private protected override void Close()
    {
        epfd.Dispose();
        wake.Dispose();
    }

    bool TryWatchWake() =>
        epoll_ctl(epfd, EPOLL_CTL_ADD, wake.Reader, new() { events = EPOLLIN, data = new() { u64 = unchecked((uint)WakeNumber) } }) == 0;

    bool TryAttach(PollRegistration registration) => Control(EPOLL_CTL_ADD, registration, registration.Interest, registration.Mode) == 0;

    int Control(int op, PollRegistration registration, PollEvents interest, PollMode mode)
    {
        var request = new epoll_event
        {
            events = ToEpoll(interest, mode),
            data = new() { u64 = ((ulong)registration.Generation << 32) | (uint)registration.Number },
        };
        return epoll_ctl(epfd, op, registration.Descriptor, request);
    }

    static uint ToEpoll(PollEvents interest, PollMode mode)
    {
        uint events = 0;
        if ((interest & PollEvents.Readable) != 0)
            events |= EPOLLIN;
        if ((interest & PollEvents.Writable) != 0)
            events |= EPOLLOUT;
        if ((interest & PollEvents.Priority) != 0)
            events |= EPOLLPRI;
        if ((interest & PollEvents.PeerClosed) != 0)
            events |= EPOLLRDHUP;
        if ((mode & PollMode.EdgeTriggered) != 0)
            events |= EPOLLET;
        if ((mode & PollMode.OneShot) != 0)
            events |= EPOLLONESHOT;
        if ((mode & PollMode.Exclusive) != 0)
            events |= EPOLLEXCLUSIVE;
        return events;
    }
}
