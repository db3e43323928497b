using Unp.Net.Abi;
using static Unp.Net.KqueueNumbers;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A <see cref="Poller"/> that uses <c>kqueue(2)</c> (UNP 14.9). It watches any number of descriptors, and only ready descriptors cost
/// time. It runs on macOS and FreeBSD. On other systems it needs a libkqueue. The environment variable UNP_KQUEUE_LIBRARY names its file,
/// in a program that sets the AppContext switch <c>Unp.Net.KqueueLibrary</c>.
/// </summary>
/// <remarks>
/// <see cref="Libunp.Kevent"/> offers the other filters (timers, signals, processes, files).
/// <see cref="PollEvents.HangUp"/> and <see cref="PollEvents.Error"/> are reported only together with Readable or Writable interest. A
/// registration for <see cref="PollEvents.None"/> reports nothing.
/// If the event buffer is small, two waits may report reading and writing of one descriptor.
/// </remarks>
public sealed unsafe class KqueuePoller : Poller
{
    static readonly nint WakeToken = -1;

    readonly KqueueLibrary library;
    readonly Fd kq;
    kevent[] found = new kevent[64];

    /// <summary>Creates a poller without descriptors.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has epoll or poll instead.</exception>
    public KqueuePoller()
        : base("kqueue")
    {
        library = KqueueLibrary.Load();
        kq = library.Kqueue();
        if (TryApply([new kevent { filter = USER, flags = ADD | CLEAR, udata = (void*)WakeToken }]))
            return;
        Errno reason = Errno.Last;
        kq.Dispose();
        throw new UnpException(reason, "kevent");
    }

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        ThrowIfUnsupported(mode, PollMode.Exclusive);
        if ((interest & PollEvents.Priority) != 0 && Target.IsFreeBSD)
            throw new NotSupportedException("kqueue does not support Priority on FreeBSD.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        // The read filter reports nothing at the end of a file, but Poller's contract says that a file is always ready.
        RequireOpen(registration);
        if (IsFile(registration.Descriptor))
            AddFile(registration);
        else
            Apply(registration, PollEvents.None, registration.Mode, registration.Interest, registration.Mode);
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) =>
        Apply(registration, registration.Interest, registration.Mode, interest, mode);

    private protected override void Detach(PollRegistration registration)
    {
        // The kernel removes a closed descriptor itself, and its number may belong to another registration by now.
        if (!registration.Descriptor.IsClosed)
            _ = TryApply(registration, registration.Interest, registration.Mode, PollEvents.None, registration.Mode);
    }

    private protected override int WaitOnce(Span<PollEvent> events, TimeSpan timeout)
    {
        if (found.Length < events.Length)
            found = new kevent[events.Length];
        int n = library.Kevent(kq, [], found.AsSpan(0, events.Length), timeout);
        if (n < 0 && Errno.Last != Errno.EINTR)
            throw new UnpException(Errno.Last, "kevent");
        int reported = Report(events, found.AsSpan(0, Math.Max(0, n)));
        return reported > 0 ? reported : n == 0 ? 0 : EndedEarly;
    }

    int Report(Span<PollEvent> events, ReadOnlySpan<kevent> ready)
    {
        int reported = 0;
        foreach (ref readonly kevent item in ready)
        {
            // Skip the wake token, and events of registrations that were removed or closed since.
            ulong token = (ulong)item.udata;
            PollRegistration? registration = Registered((int)token);
            if (registration is null || registration.Generation != (uint)(token >> 32) || registration.Descriptor.IsClosed)
                continue;
            PollEvents what = KqueueEvents.ToPollEvents(in item, registration.Interest);

            // A filter does not distinguish the end of one direction from the end of both, so ask poll. This happens once per connection.
            if ((item.flags & EOF) != 0)
                what |= PollBits.QueryDetails(registration) & (PollEvents.HangUp | PollEvents.Error);

            // Each filter of a registration reports separately; merge them into one event.
            int earlier = registration.Index;
            if (earlier < reported && events[earlier].Registration == registration)
            {
                events[earlier] = new PollEvent(registration, events[earlier].Events | what);
                continue;
            }
            if (registration.IsSpent)
                continue;
            registration.IsSpent = (registration.Mode & PollMode.OneShot) != 0;
            registration.Index = reported;
            events[reported++] = new PollEvent(registration, what);
        }
        return reported;
    }

    private protected override void Interrupt() => _ = TryApply([new kevent { filter = USER, fflags = TRIGGER, udata = (void*)WakeToken }]);

    private protected override void Close() => kq.Dispose();

    void Apply(PollRegistration registration, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode)
    {
        if (TryApply(registration, before, modeBefore, interest, mode))
            return;
        if (Errno.Last != Errno.EPERM)
            throw new UnpException(Errno.Last, "kevent", $"fd {registration.Number}");

        // A libkqueue on top of epoll returns epoll's EPERM for a file that never blocks.
        AddFile(registration);
    }

    bool TryApply(PollRegistration registration, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode)
    {
        Span<kevent> changes = stackalloc kevent[KqueueEvents.MaxChanges];
        nint token = (nint)(((ulong)registration.Generation << 32) | (uint)registration.Number);
        int count = KqueueEvents.Changes(registration.Number, token, before, modeBefore, interest, mode, changes);
        return TryApply(changes[..count]);
    }

    bool TryApply(ReadOnlySpan<kevent> changes) => changes.IsEmpty || library.Kevent(kq, changes, [], TimeSpan.Zero) >= 0;
}
