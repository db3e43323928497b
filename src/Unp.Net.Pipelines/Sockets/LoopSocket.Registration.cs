namespace Unp.Net.Pipelines;

// What the poller watches of it. Level-triggered, which every mechanism has, and changed only when it has to be: it stays watched for reading from the first
// receive that had to wait, though that has received something by now, as the next one mostly follows. So a request costs no epoll_ctl, and none of the
// calls that edge-triggering needs to be sure that nothing is left: what is left is told again.
public sealed partial class LoopSocket
{
    const PollEvents Trouble = PollEvents.HangUp | PollEvents.Error;

    /// <summary>Has the loop tell of an event. Only on the loop's thread.</summary>
    internal void Watch(PollEvents wanted)
    {
        if (registration is null)
            registration = loop.Poller.Add(descriptor, wanted, this);
        else if ((registration.Interest & wanted) == 0)
            loop.Poller.Modify(registration, registration.Interest | wanted);
        Note();
    }

    /// <summary>The poller tells.</summary>
    internal void OnReady(in PollEvent ready)
    {
        // It was closed, or is watched anew, since the poller has told.
        if (registration != ready.Registration)
            return;
        PollEvents events = ready.Events;
        PollEvents unheard = PollEvents.None;
        if ((events & PollEvents.Readable) != 0)
        {
            if (reader.IsWaiting)
                reader.OnReady();
            else
                unheard = PollEvents.Readable;
        }
        if ((events & PollEvents.Writable) != 0)
        {
            if (writer is { IsWaiting: true })
                writer.OnReady();
            else
                unheard |= PollEvents.Writable;
        }
        if (unheard != 0 || (events & Trouble) != 0)
            Neglect(unheard, events);
    }

    /// <summary>Nobody waits for what was told, and it would be told again and again: it is not watched until somebody does.</summary>
    void Neglect(PollEvents unheard, PollEvents events)
    {
        if (registration is null)
            return;
        PollEvents waiting = (reader.IsWaiting ? PollEvents.Readable : 0) | (writer is { IsWaiting: true } ? PollEvents.Writable : 0);
        try
        {
            if (waiting == 0 && (events & Trouble) != 0)
                Unwatch(); // which no interest keeps from being told
            else if ((unheard & ~waiting) != 0)
                loop.Poller.Modify(registration, waiting);
            Note();
        }
        catch (Exception e)
        {
            // Somebody has closed the number, or put another file under it (EBADF, ENOENT); or ENOMEM. Of a socket that cannot be watched no use can be made.
            Close(e);
        }
    }

    void Unwatch()
    {
        if (registration is null)
            return;
        PollRegistration ended = registration;
        registration = null;
        loop.Poller.Remove(ended);
        Note();
    }

    /// <summary>Lets both sides know what is watched, so that a wait for what is has nothing to ask.</summary>
    void Note()
    {
        PollEvents watched = registration?.Interest ?? PollEvents.None;
        reader.IsWatched = (watched & PollEvents.Readable) != 0;
        if (writer is not null)
            writer.IsWatched = (watched & PollEvents.Writable) != 0;
    }
}
