using static Unp.Net.KqueueNumbers;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// <c>kqueue(2)</c> behind the contract of <see cref="Poller"/>: any number of descriptors, of which only those that are ready cost time. macOS and
/// FreeBSD, and with UNP_KQUEUE_LIBRARY=/path/to/libkqueue.so elsewhere (section 14.9).
/// </summary>
/// <remarks>
/// Its other filters (timers, signals, processes, files) are there through <see cref="Libunp.Kevent"/>. <see cref="PollEvents.HangUp"/> and
/// <see cref="PollEvents.Error"/> come with reading and writing only: who waits for <see cref="PollEvents.None"/> is told nothing.
/// With little room for events, reading and writing of one descriptor may be told in two waits.
/// </remarks>
public sealed unsafe class KqueuePoller : Poller
{
    static readonly nint WakeToken = -1;

    readonly KqueueLibrary library;
    readonly Fd kq;
    kevent[] found = new kevent[64];

    /// <summary>Makes one that watches nothing yet.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has epoll or poll instead.</exception>
    public KqueuePoller()
        : base("kqueue")
    {
        library = KqueueLibrary.Load();
        kq = library.Kqueue();
        if (TryMake([new kevent { filter = USER, flags = ADD | CLEAR, udata = (void*)WakeToken }]))
            return;
        Errno reason = Errno.Last;
        kq.Dispose();
        throw new UnpException(reason, "kevent");
    }

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        Refuse(mode, PollMode.Exclusive);
        if ((interest & PollEvents.Priority) != 0 && OperatingSystem.IsFreeBSD())
            throw new NotSupportedException("kqueue does not have Priority on FreeBSD.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        // A filter for reading says of a file how far its end is, and nothing when that is reached.
        RequireOpen(registration);
        if (IsFile(registration.Descriptor))
            AddFile(registration);
        else
            Make(registration, PollEvents.None, registration.Mode, registration.Interest, registration.Mode);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) =>
        Make(registration, registration.Interest, registration.Mode, interest, mode);

    private protected override void Detach(PollRegistration registration)
    {
        // One that is closed is gone from the queue by itself, and its number may be another's by now.
        if (!registration.Descriptor.IsClosed)
            _ = TryMake(registration, registration.Interest, registration.Mode, PollEvents.None, registration.Mode);
    }

    private protected override int Collect(Span<PollEvent> events, TimeSpan timeout)
    {
        if (found.Length < events.Length)
            found = new kevent[events.Length];
        int n = library.Kevent(kq, [], found.AsSpan(0, events.Length), timeout);
        if (n < 0 && Errno.Last != Errno.EINTR)
            throw new UnpException(Errno.Last, "kevent");
        int told = Tell(events, found.AsSpan(0, Math.Max(0, n)));
        return told > 0 ? told : n == 0 ? 0 : Ended;
    }

    int Tell(Span<PollEvent> events, ReadOnlySpan<kevent> ready)
    {
        int told = 0;
        foreach (ref readonly kevent item in ready)
        {
            // What is left of a closed one, or came between its removal and now, is nobody's. Nor is the wake token.
            ulong token = (ulong)item.udata;
            PollRegistration? registration = Registered((int)token);
            if (registration is null || registration.Generation != (uint)(token >> 32) || registration.Descriptor.IsClosed)
                continue;
            PollEvents what = KqueueEvents.Told(in item, registration.Interest);

            // The end of one direction and that of both look the same to a filter. It comes once in a connection's life.
            if ((item.flags & EOF) != 0)
                what |= PollPoller.Detail(registration) & (PollEvents.HangUp | PollEvents.Error);

            // The filters of a registration tell each for itself; it is told of once.
            int earlier = registration.Index;
            if (earlier < told && events[earlier].Registration == registration)
            {
                events[earlier] = new PollEvent(registration, events[earlier].Events | what);
                continue;
            }
            if (registration.IsSpent)
                continue;
            registration.IsSpent = (registration.Mode & PollMode.OneShot) != 0;
            registration.Index = told;
            events[told++] = new PollEvent(registration, what);
        }
        return told;
    }

    private protected override void Rouse() => _ = TryMake([new kevent { filter = USER, fflags = TRIGGER, udata = (void*)WakeToken }]);

    private protected override void Close() => kq.Dispose();

    void Make(PollRegistration registration, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode)
    {
        if (TryMake(registration, before, modeBefore, interest, mode))
            return;
        if (Errno.Last != Errno.EPERM)
            throw new UnpException(Errno.Last, "kevent", $"fd {registration.Number}");

        // A libkqueue made of epoll has it from there: a device that never blocks.
        AddFile(registration);
    }

    bool TryMake(PollRegistration registration, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode)
    {
        Span<kevent> changes = stackalloc kevent[KqueueEvents.MostChanges];
        nint token = (nint)(((ulong)registration.Generation << 32) | (uint)registration.Number);
        int count = KqueueEvents.Changes(registration.Number, token, before, modeBefore, interest, mode, changes);
        return TryMake(changes[..count]);
    }

    bool TryMake(ReadOnlySpan<kevent> changes) => changes.IsEmpty || library.Kevent(kq, changes, [], TimeSpan.Zero) >= 0;
}
