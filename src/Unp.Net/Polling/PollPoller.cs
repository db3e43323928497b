using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// <c>poll(2)</c> behind the contract of <see cref="Poller"/>: any number of descriptors, each of which costs time in every wait (section 6.10).
/// </summary>
public sealed unsafe class PollPoller : Poller
{
    readonly WakeDescriptor wake = new();

    // Dense: entry i of the one is about entry i of the other. The first is the wake descriptor's.
    pollfd[] watched = new pollfd[64];
    PollRegistration?[] owners = new PollRegistration?[64];
    int count = 1;

    // Where the next scan begins, when the last one had to leave some out.
    int next = 1;

    /// <summary>Makes one that watches nothing yet.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE: there is no descriptor for <see cref="Poller.Wake"/>.</exception>
    public PollPoller()
        : base("poll") => watched[0] = new() { fd = (int)wake.Reader.DangerousGetHandle(), events = POLLIN };

    private protected override void CheckSupported(PollEvents interest, PollMode mode)
    {
        Refuse(mode, ~PollMode.LevelTriggered);
        if (OperatingSystem.IsMacOS() && (interest & PollEvents.PeerClosed) != 0)
            throw new NotSupportedException("poll does not have PeerClosed on macOS.");
    }

    private protected override void Attach(PollRegistration registration)
    {
        RequireOpen(registration);
        if (count == watched.Length)
        {
            Array.Resize(ref watched, 2 * count);
            Array.Resize(ref owners, 2 * count);
        }
        watched[count] = new() { fd = registration.Number, events = ToPoll(registration.Interest) };
        owners[count] = registration;
        registration.Index = count++;
    }

    private protected override void Change(PollRegistration registration, PollEvents interest, PollMode mode) =>
        watched[registration.Index].events = ToPoll(interest);

    private protected override void Detach(PollRegistration registration)
    {
        int last = --count;
        int place = registration.Index;
        watched[place] = watched[last];
        owners[place] = owners[last];
        owners[place]!.Index = place;
        owners[last] = null;
    }

    private protected override int Collect(Span<PollEvent> events, TimeSpan timeout)
    {
        int ready = poll(watched.AsSpan(0, count), Milliseconds(timeout));
        if (ready <= 0)
            return ready == 0 ? 0 : Errno.Last == Errno.EINTR ? Ended : throw new UnpException(Errno.Last, "poll");

        bool woken = watched[0].revents != 0;
        if (woken)
        {
            wake.Reset();
            ready--;
        }
        int told = Tell(events, ready);
        return told > 0 ? told : Ended;
    }

    /// <summary>Copies out what is ready.</summary>
    /// <param name="events">Where to.</param>
    /// <param name="ready">How many entries are ready, after which the scan can end.</param>
    int Tell(Span<PollEvent> events, int ready)
    {
        int told = 0;
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
                else if (told < events.Length)
                {
                    events[told++] = new PollEvent(registration, FromPoll(revents, registration.Interest));
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
        return told;
    }

    void DropClosed()
    {
        for (int i = count - 1; i > 0; i--)
        {
            if (owners[i]!.Descriptor.IsClosed || (watched[i].revents & POLLNVAL) != 0)
                Drop(owners[i]!);
        }
    }

    private protected override void Rouse() => wake.Set();

    private protected override void Close() => wake.Dispose();

    /// <summary>What poll knows more of than other mechanisms.</summary>
    internal const PollEvents Details = PollEvents.HangUp | PollEvents.PeerClosed | PollEvents.Error;

    /// <summary>Asks for what another mechanism does not tell, now.</summary>
    internal static PollEvents Detail(PollRegistration registration)
    {
        var asked = new pollfd { fd = registration.Number, events = ToPoll(registration.Interest & PollEvents.PeerClosed) };
        return poll(&asked, 1, 0) > 0 ? FromPoll(asked.revents, registration.Interest) & Details : 0;
    }

    static short ToPoll(PollEvents interest)
    {
        int events = 0;
        if ((interest & PollEvents.Readable) != 0)
            events |= POLLIN;
        if ((interest & PollEvents.Writable) != 0)
            events |= POLLOUT;
        if ((interest & PollEvents.Priority) != 0)
            events |= POLLPRI;
        if ((interest & PollEvents.PeerClosed) != 0)
            events |= (ushort)POLLRDHUP;
        return (short)events;
    }

    /// <summary>Poll's answer in the terms of the contract, for epoll's too: the numbers are the same.</summary>
    internal static PollEvents FromPoll(int revents, PollEvents interest)
    {
        PollEvents events = 0;
        if ((revents & POLLIN) != 0)
            events |= PollEvents.Readable;
        if ((revents & POLLOUT) != 0)
            events |= PollEvents.Writable;
        if ((revents & ~(POLLIN | POLLOUT)) == 0)
            return events;

        if ((revents & POLLPRI) != 0)
            events |= PollEvents.Priority;
        if (!OperatingSystem.IsMacOS() && (revents & POLLRDHUP) != 0)
            events |= PollEvents.PeerClosed;
        if ((revents & POLLHUP) != 0)
            events |= PollEvents.HangUp | (interest & (PollEvents.Readable | PollEvents.Writable | PollEvents.PeerClosed));
        if ((revents & POLLERR) != 0)
            events |= PollEvents.Error | (interest & (PollEvents.Readable | PollEvents.Writable));
        return events;
    }
}
