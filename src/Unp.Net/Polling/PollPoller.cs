using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A <see cref="Poller"/> that uses <c>poll(2)</c> (UNP 6.10). It watches any number of descriptors, and each costs time in every wait.
/// </summary>
public sealed unsafe class PollPoller : Poller
{
    readonly WakeDescriptor wake = new();

    // Both arrays are dense and parallel: entry i of each describes the same descriptor. Entry 0 is the wake descriptor.
    pollfd[] watched = new pollfd[64];
    PollRegistration?[] owners = new PollRegistration?[64];
    int count = 1;

    // The index at which the next scan begins, if the last scan filled the event buffer; otherwise 1.
    int next = 1;

    /// <summary>Creates a poller without descriptors.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: no descriptor is free for <see cref="Poller.Wake"/>.</exception>
    public PollPoller()
        : base("poll") => watched[0] = new() { fd = (int)wake.Reader.DangerousGetHandle(), events = POLLIN };

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        ThrowIfUnsupported(mode, ~PollMode.LevelTriggered);
        if (Target.IsMacOS && (interest & PollEvents.PeerClosed) != 0)
            throw new NotSupportedException("poll does not support PeerClosed on macOS.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        RequireOpen(registration);
        if (count == watched.Length)
        {
            Array.Resize(ref watched, 2 * count);
            Array.Resize(ref owners, 2 * count);
        }
        watched[count] = new() { fd = registration.Number, events = PollBits.ToPoll(registration.Interest) };
        owners[count] = registration;
        registration.Index = count++;
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) =>
        watched[registration.Index].events = PollBits.ToPoll(interest);

    private protected override void Detach(PollRegistration registration)
    {
        int last = --count;
        int place = registration.Index;
        watched[place] = watched[last];
        owners[place] = owners[last];
        owners[place]!.Index = place;
        owners[last] = null;
    }

    private protected override int WaitOnce(Span<PollEvent> events, TimeSpan timeout)
    {
        int ready = poll(watched.AsSpan(0, count), Milliseconds(timeout));
        if (ready <= 0)
            return ready == 0 ? 0 : Errno.Last == Errno.EINTR ? EndedEarly : throw new UnpException(Errno.Last, "poll");

        bool woken = watched[0].revents != 0;
        if (woken)
        {
            wake.Reset();
            ready--;
        }
        int reported = Report(events, ready);
        return reported > 0 ? reported : EndedEarly;
    }

    /// <summary>Copies the ready entries to the caller's buffer.</summary>
    /// <param name="events">The buffer.</param>
    /// <param name="ready">The number of ready entries. The scan ends when it has found them all.</param>
    int Report(Span<PollEvent> events, int ready)
    {
        int reported = 0;
        bool anyClosed = false;
        int i = next < count ? next : 1;
        next = 1;
        for (int left = count - 1; left > 0 && ready > 0; left--)
        {
            short revents = watched[i].revents;
            if (revents != 0)
            {
                PollRegistration registration = owners[i]!;
                if (registration.Descriptor.IsClosed || (revents & POLLNVAL) != 0)
                {
                    anyClosed = true;
                }
                else if (reported < events.Length)
                {
                    events[reported++] = new PollEvent(registration, PollBits.FromPoll(revents, registration.Interest));
                }
                else
                {
                    next = i;
                    break;
                }
                ready--;
            }
            i = i + 1 < count ? i + 1 : 1;
        }
        if (anyClosed)
            DropClosed();
        return reported;
    }

    void DropClosed()
    {
        for (int i = count - 1; i > 0; i--)
        {
            if (owners[i]!.Descriptor.IsClosed || (watched[i].revents & POLLNVAL) != 0)
                Drop(owners[i]!);
        }
    }

    private protected override void Interrupt() => wake.Set();

    private protected override void Close() => wake.Dispose();
}
