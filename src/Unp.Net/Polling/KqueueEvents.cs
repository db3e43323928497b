using static Unp.Net.KqueueNumbers;

namespace Unp.Net;

/// <summary>
/// The contract of <see cref="Poller"/> in the terms of kqueue, and back. A registration is up to three filters there, each of which tells for itself.
/// </summary>
static unsafe class KqueueEvents
{
    /// <summary>A filter is deleted and added anew at most.</summary>
    public const int MostChanges = 6;

    /// <summary>What makes of one registration another.</summary>
    /// <param name="number">The descriptor.</param>
    /// <param name="token">What comes with each event.</param>
    /// <param name="before">What is watched for now.</param>
    /// <param name="modeBefore">And how.</param>
    /// <param name="interest">What is to be.</param>
    /// <param name="mode">And how.</param>
    /// <param name="changes">Room for <see cref="MostChanges"/>.</param>
    /// <returns>How many changes there are.</returns>
    public static int Changes(
        int number, nint token, PollEvents before, PollMode modeBefore, PollEvents interest, PollMode mode, Span<kevent> changes)
    {
        // A filter keeps what it was added with, but for its own flags.
        bool anew = mode != modeBefore;
        int count = 0;
        foreach (short filter in (ReadOnlySpan<short>)[READ, WRITE, EXCEPT])
        {
            bool was = (before & Served(filter)) != 0;
            bool wanted = (interest & Served(filter)) != 0;
            if (was && (!wanted || anew || LowWater(filter, before) != LowWater(filter, interest)))
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
                fflags = filter == EXCEPT ? OOB : LowWater(filter, interest) ? LOWAT : 0,
                data = LowWater(filter, interest) ? int.MaxValue : 0,
                udata = (void*)token,
            };
        }
        return count;
    }

    /// <summary>What an event of one filter tells. That both directions are closed, none tells: see <see cref="PollPoller.Detail"/>.</summary>
    /// <param name="item">The event.</param>
    /// <param name="interest">What its registration is for.</param>
    public static PollEvents Told(in kevent item, PollEvents interest)
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

    static PollEvents Served(short filter) => filter switch
    {
        READ => PollEvents.Readable | PollEvents.PeerClosed,
        WRITE => PollEvents.Writable,
        _ => PollEvents.Priority,
    };

    /// <summary>Who waits for the end only must not hear of data: it has to be more than there can ever be.</summary>
    static bool LowWater(short filter, PollEvents interest) =>
        filter == READ && (interest & (PollEvents.Readable | PollEvents.PeerClosed)) == PollEvents.PeerClosed;
}
