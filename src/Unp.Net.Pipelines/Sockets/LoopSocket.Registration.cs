namespace Unp.Net.Pipelines;

// What the poller watches of it. Level-triggered, which every mechanism has, and changed only when it has to be: it stays watched for reading from the first
// receive that had to wait, though that has received something by now, as the next one mostly follows. So a request costs no epoll_ctl, and none of the
// calls that edge-triggering needs to be sure that nothing is left: what is left is told again.
public sealed partial class LoopSocket
{
    const PollEvents Trouble = PollEvents.HangUp | PollEvents.Error;

    /// <summary>
    /// The interest of the reader of the error queue: where the poller does not tell errors from readiness, the queue makes the socket
    /// readable.
    /// </summary>
    internal PollEvents ErrorInterest => loop.Mechanism is "epoll" or "poll" ? PollEvents.None : PollEvents.Readable;

    bool AnyWaits => reader.IsWaiting || writer is { IsWaiting: true } || errors is { IsWaiting: true };

    /// <summary>The interest of the operations that wait.</summary>
    PollEvents Waiting =>
        (reader.IsWaiting ? PollEvents.Readable : 0)
        | (writer is { IsWaiting: true } ? PollEvents.Writable : 0)
        | (errors is { IsWaiting: true } ? ErrorInterest : 0);

    /// <summary>Has the poller report an event, level-triggered. Only on the loop's thread.</summary>
    internal void Watch(PollEvents wanted)
    {
        if (registration is null)
            registration = loop.Poller.Add(descriptor, wanted, this);
        else if ((registration.Interest & wanted) != wanted || registration.Mode != PollMode.LevelTriggered)
            loop.Poller.Modify(registration, registration.Interest | wanted, PollMode.LevelTriggered);
        Note();
    }

    /// <summary>Handles what the poller reports.</summary>
    internal void OnReady(in PollEvent ready)
    {
        // The socket was closed, or is watched by another registration, since the poller has reported.
        if (registration != ready.Registration)
            return;
        PollEvents events = ready.Events;
        PollEvents unheard = PollEvents.None;
        PollEvents fruitless = PollEvents.None;
        bool isServed = false;
        if (errors is { IsWaiting: true } && (events & (Trouble | ErrorInterest)) != 0)
            Serve(errors, PollEvents.Readable, ref fruitless, ref isServed);
        if ((events & PollEvents.Readable) != 0)
        {
            if (reader.IsWaiting)
                Serve(reader, PollEvents.Readable, ref fruitless, ref isServed);
            else
                unheard = PollEvents.Readable;
        }
        if ((events & PollEvents.Writable) != 0)
        {
            if (writer is { IsWaiting: true })
                Serve(writer, PollEvents.Writable, ref fruitless, ref isServed);
            else
                unheard |= PollEvents.Writable;
        }
        if (unheard != 0 || (events & Trouble) != 0)
            Neglect(unheard, events);
        if (fruitless != 0 && !isServed)
            Calm(fruitless);
    }

    static void Serve(LoopOperation operation, PollEvents direction, ref PollEvents fruitless, ref bool isServed)
    {
        if (operation.OnReady())
            isServed = true;
        else
            fruitless |= direction;
    }

    /// <summary>Ends the watch for an event that no operation waits for, and that would be reported in each turn.</summary>
    void Neglect(PollEvents unheard, PollEvents events)
    {
        if (registration is null)
            return;
        PollEvents waiting = Waiting;
        try
        {
            if (!AnyWaits && (events & Trouble) != 0)
                Unwatch(); // trouble is reported whatever the interest is
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

    /// <summary>Records which directions are watched level-triggered: an operation of the others has to call <see cref="Watch"/>.</summary>
    void Note()
    {
        PollEvents watched = registration is { Mode: PollMode.LevelTriggered } ? registration.Interest : PollEvents.None;
        reader.IsWatched = (watched & PollEvents.Readable) != 0;
        if (writer is not null)
            writer.IsWatched = (watched & PollEvents.Writable) != 0;
    }
}
