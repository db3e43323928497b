using static Unp.Net.KqueueNumbers;

namespace Unp.Net;

/// <summary>
/// The translation between a <see cref="Poller"/> registration and kqueue's filters and events. A registration has up to three filters, and
/// each reports separately.
/// </summary>
static unsafe class KqueueEvents
{
    /// <summary>The maximum number of changes: each of three filters is deleted and added at most once.</summary>
    public const int MaxChanges = 6;

    /// <summary>Computes the kevent changes from one registration to another.</summary>
    /// <param name="number">The descriptor.</param>
    /// <param name="token">The user data of each event.</param>
    /// <param name="before">The old interest.</param>
    /// <param name="modeBefore">The old mode.</param>
    /// <param name="interest">The new interest.</param>
    /// <param name="mode">The new mode.</param>
    /// <param name="changes">The buffer for up to <see cref="MaxChanges"/> changes.</param>
    /// <returns>The number of changes.</returns>
    public static int Changes(
        int number, nint token, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode, Span<kevent> changes)
    {
        // Adding an existing filter does not change its mode flags, so the filter must be deleted first.
        bool isReadded = mode != modeBefore;
        int count = 0;
        foreach (short filter in (ReadOnlySpan<short>)[READ, WRITE, EXCEPT])
        {
            bool was = (before & EventsOf(filter)) != 0;
            bool wanted = (interest & EventsOf(filter)) != 0;
            if (was && (!wanted || isReadded || NeedsLowWater(filter, before) != NeedsLowWater(filter, interest)))
                changes[count++] = new kevent { ident = (nuint)number, filter = filter, flags = DELETE };
            if (!wanted)
                continue;
            changes[count++] = new kevent
            {
                ident = (nuint)number,
                filter = filter,
                flags = (ushort)(ADD | ENABLE
                    | ((mode & PollMode.EdgeTriggered) != 0 ? CLEAR : 0)
                    | ((mode & PollMode.OneShot) != 0 ? DISPATCH : 0)),
                fflags = filter == EXCEPT ? OOB : NeedsLowWater(filter, interest) ? LOWAT : 0,
                data = NeedsLowWater(filter, interest) ? int.MaxValue : 0,
                udata = (void*)token,
            };
        }
        return count;
    }

    /// <summary>
    /// Translates an event. No single filter reports that both directions are closed: see <see cref="PollBits.QueryDetails"/>.
    /// </summary>
    /// <param name="item">The event of one filter.</param>
    /// <param name="interest">The interest of its registration.</param>
    public static PollEvents ToPollEvents(in kevent item, PollEvents interest)
    {
        bool end = (item.flags & EOF) != 0;
        PollEvents events = item.filter switch
        {
            READ => PollEvents.Readable | (end ? PollEvents.PeerClosed : 0),
            WRITE => PollEvents.Writable,
            _ => PollEvents.Priority,
        };
        events &= interest;
        if (end && item.fflags != 0 && item.filter != EXCEPT)
            events |= PollEvents.Error | (interest & (PollEvents.Readable | PollEvents.Writable));
        return events;
    }

    static PollEvents EventsOf(short filter) => filter switch
    {
        READ => PollEvents.Readable | PollEvents.PeerClosed,
        WRITE => PollEvents.Writable,
        _ => PollEvents.Priority,
    };

    /// <summary>
    /// Returns whether the filter waits for the end of the stream only. Its low-water mark is then higher than any amount of data, so that
    /// data is not reported.
    /// </summary>
    static bool NeedsLowWater(short filter, PollEvents interest) =>
        filter == READ && (interest & (PollEvents.Readable | PollEvents.PeerClosed)) == PollEvents.PeerClosed;
}
