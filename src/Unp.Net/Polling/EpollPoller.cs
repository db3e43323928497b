using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// <c>epoll(7)</c> behind the contract of <see cref="Poller"/>: any number of descriptors, of which only those that are ready cost time. Linux.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class EpollPoller : Poller
{
    // A number no descriptor has.
    const int WakeNumber = -1;

    // One that another thread closes between the kernel's answer and ours is dead too, but only once.
    const int PatienceWithDead = 16;

    readonly WakeDescriptor wake;
    Fd epfd;
    epoll_event[] found = new epoll_event[64];
    int waitsWithDead;

    /// <summary>Makes one that watches nothing yet.</summary>
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
        // EPOLLEXCLUSIVE goes with few other flags: epoll_ctl(2).
        if ((mode & PollMode.Exclusive) != 0 && ((mode & PollMode.OneShot) != 0 || (interest & (PollEvents.Priority | PollEvents.PeerClosed)) != 0))
            throw new NotSupportedException(
                $"epoll does not have {mode} together with {interest}: Exclusive goes with Readable, Writable and EdgeTriggered.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        if (TryAttach(registration))
            return;

        // The list still has a dead one, whose file this descriptor, a duplicate, has under the same number.
        if (Errno.Last == Errno.EEXIST && Control(EPOLL_CTL_DEL, registration, 0, 0) == 0 && TryAttach(registration))
            return;
        if (Errno.Last != Errno.EPERM)
            throw new UnpException(Errno.Last, "epoll_ctl", $"fd {registration.Number}");

        // A file or directory: epoll refuses what never blocks.
        AddFile(registration);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode)
    {
        if (Control(EPOLL_CTL_MOD, registration, interest, mode) < 0)
            throw new UnpException(Errno.Last, "epoll_ctl", $"fd {registration.Number}");
    }

    private protected override void Detach(PollRegistration registration)
    {
        // The number of a closed one may be another's by now, whose registration this would end.
        if (registration.Descriptor.IsClosed)
            return;
        try
        {
            _ = Control(EPOLL_CTL_DEL, registration, 0, 0);
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed it in between.
        }
    }

    private protected override int Collect(Span<PollEvent> events, TimeSpan timeout)
    {
        if (found.Length < events.Length)
            found = new epoll_event[events.Length];
        int n = epoll_wait(epfd, found.AsSpan(0, events.Length), Milliseconds(timeout));
        if (n < 0 && Errno.Last != Errno.EINTR)
            throw new UnpException(Errno.Last, "epoll_wait");
        int told = Tell(events, found.AsSpan(0, Math.Max(0, n)));
        return told > 0 ? told : n == 0 ? 0 : Ended;
    }

    int Tell(Span<PollEvent> events, ReadOnlySpan<epoll_event> ready)
    {
        int told = 0;
        bool anyDead = false;
        foreach (ref readonly epoll_event item in ready)
        {
            ulong data = item.data.u64;
            PollRegistration? registration = Registered((int)data);
            if (registration is not null && registration.Generation == (uint)(data >> 32) && !registration.Descriptor.IsClosed)
            {
                if (registration.Mode != PollMode.LevelTriggered && Spent(registration))
                    continue;
                events[told++] = new PollEvent(registration, PollPoller.FromPoll((int)item.events, registration.Interest));
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
        if (anyDead && ++waitsWithDead == PatienceWithDead)
            BuryDead();
        else if (!anyDead && ready.Length < events.Length)
            waitsWithDead = 0; // nothing was left out that could be dead
        return told;
    }

    /// <summary>Whether a OneShot has told before. The kernel knows too, but not one that <see cref="BuryDead"/> has added anew.</summary>
    static bool Spent(PollRegistration registration)
    {
        bool spent = registration.IsSpent;
        registration.IsSpent = (registration.Mode & PollMode.OneShot) != 0;
        return spent;
    }

    /// <summary>
    /// A closed descriptor is told of when a duplicate of it is open somewhere, in a child perhaps. Nothing can remove it from the list, since it has no
    /// number any more, and it would end every wait at once: so all but the dead get a new list.
    /// </summary>
    void BuryDead()
    {
        // Where no list can be had (EMFILE, ENOSPC) the waits go on with the old one, and try again.
        waitsWithDead = 0;
        int list = epoll_create1(EPOLL_CLOEXEC);
        if (list < 0)
            return;
        Fd old = epfd;
        epfd = new Fd(list);
        try
        {
            if (TryWatchWake() && TryAttachLiving())
            {
                old.Dispose();
                return;
            }
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed one just now.
        }
        epfd.Dispose();
        epfd = old;
    }

    bool TryAttachLiving()
    {
        foreach (PollRegistration registration in Registrations)
        {
            if (registration.Descriptor.IsClosed)
                Drop(registration);
            else if (registration.IsFile || TryAttach(registration))
                continue;
            else if (Errno.Last == Errno.EBADF || Errno.Last == Errno.EPERM)
                Drop(registration); // closed behind the back of the object it was added with, and perhaps a file by now
            else
                return false;
        }
        return true;
    }

    private protected override void Rouse() => wake.Set();

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
