using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The bits of poll(2) and epoll(7) as <see cref="PollEvents"/>.</summary>
static unsafe class PollBits
{
    /// <summary>The events that poll distinguishes and other mechanisms do not.</summary>
    internal const PollEvents DetailEvents = PollEvents.HangUp | PollEvents.PeerClosed | PollEvents.Error;

    /// <summary>Asks poll for the events that another mechanism does not report. It does not wait.</summary>
    internal static PollEvents QueryDetails(PollRegistration registration)
    {
        var asked = new pollfd { fd = registration.Number, events = ToPoll(registration.Interest & PollEvents.PeerClosed) };
        return poll(&asked, 1, 0) > 0 ? FromPoll(asked.revents, registration.Interest) & DetailEvents : 0;
    }

    internal static short ToPoll(PollEvents interest)
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

    /// <summary>Translates the result of poll, and also of epoll, whose bits have the same values.</summary>
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
        if (!Target.IsMacOS && (revents & POLLRDHUP) != 0)
            events |= PollEvents.PeerClosed;
        if ((revents & POLLHUP) != 0)
            events |= PollEvents.HangUp | (interest & (PollEvents.Readable | PollEvents.Writable | PollEvents.PeerClosed));
        if ((revents & POLLERR) != 0)
            events |= PollEvents.Error | (interest & (PollEvents.Readable | PollEvents.Writable));
        return events;
    }
}
