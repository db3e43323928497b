namespace Unp.Net.Pipelines;

// The registration with the poller. It is level-triggered, because each mechanism has that mode, and it is changed only if necessary. After
// a receive that had to wait, the socket stays watched for reading, because another receive usually follows. So a request costs no
// epoll_ctl(2). Edge-triggering would need a further call to find out that no data are left. Here, data that are left are reported again.
public sealed partial class LoopSocket
{
    const PollEvents ErrorEvents = PollEvents.HangUp | PollEvents.Error;

    /// <summary>
    /// The interest of the reader of the error queue. A mechanism that does not report errors apart from readiness reports the socket as
    /// readable while the queue has messages.
    /// </summary>
    internal PollEvents ErrorInterest => loop.Mechanism is "epoll" or "poll" ? PollEvents.None : PollEvents.Readable;

    bool HasWaiters => reader.IsWaiting || writer is { IsWaiting: true } || errorReader is { IsWaiting: true };

    /// <summary>The interest of the waiting operations.</summary>
    PollEvents WaitingInterest =>
        (reader.IsWaiting ? PollEvents.Readable : 0)
        | (writer is { IsWaiting: true } ? PollEvents.Writable : 0)
        | (errorReader is { IsWaiting: true } ? ErrorInterest : 0);

    /// <summary>Adds events to those that the poller reports, level-triggered. Only on the loop's thread.</summary>
    internal void Watch(PollEvents wanted)
    {
        if (registration is null)
            registration = loop.Poller.Add(descriptor, wanted, this);
        else if ((registration.Interest & wanted) != wanted || registration.Mode != PollMode.LevelTriggered)
            loop.Poller.Modify(registration, registration.Interest | wanted, PollMode.LevelTriggered);
        RecordWatchedDirections();
    }

    /// <summary>Handles an event that the poller reports.</summary>
    internal void OnReady(in PollEvent ready)
    {
        // The socket was closed, or has another registration, since the poller returned the event.
        if (registration != ready.Registration)
            return;
        PollEvents events = ready.Events;
        PollEvents unwanted = PollEvents.None;
        PollEvents blocked = PollEvents.None;
        bool isServed = false;
        if (errorReader is { IsWaiting: true } && (events & (ErrorEvents | ErrorInterest)) != 0)
            Serve(errorReader, PollEvents.Readable, ref blocked, ref isServed);
        if ((events & PollEvents.Readable) != 0)
        {
            if (reader.IsWaiting)
                Serve(reader, PollEvents.Readable, ref blocked, ref isServed);
            else
                unwanted = PollEvents.Readable;
        }
        if ((events & PollEvents.Writable) != 0)
        {
            if (writer is { IsWaiting: true })
                Serve(writer, PollEvents.Writable, ref blocked, ref isServed);
            else
                unwanted |= PollEvents.Writable;
        }
        if (unwanted != 0 || (events & ErrorEvents) != 0)
            DropUnwantedEvents(unwanted, events);
        if (blocked != 0 && !isServed)
            AvoidSpinning(blocked);
    }

    static void Serve(LoopOperation operation, PollEvents direction, ref PollEvents blocked, ref bool isServed)
    {
        if (operation.OnReady())
            isServed = true;
        else
            blocked |= direction;
    }

    /// <summary>Stops watching events that no operation waits for, because they would be reported in each turn.</summary>
    void DropUnwantedEvents(PollEvents unwanted, PollEvents events)
    {
        if (registration is null)
            return;
        PollEvents waiting = WaitingInterest;
        try
        {
            if (!HasWaiters && (events & ErrorEvents) != 0)
                Unwatch(); // POLLERR and POLLHUP are reported even with an empty interest
            else if ((unwanted & ~waiting) != 0)
                loop.Poller.Modify(registration, waiting);
            RecordWatchedDirections();
        }
        catch (Exception e)
        {
            // The descriptor's number was closed or reused outside this object (EBADF, ENOENT), or memory is short (ENOMEM). A socket that
            // cannot be watched is useless.
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
        RecordWatchedDirections();
    }

    /// <summary>
    /// Records which directions are watched level-triggered. Operations of the other directions must call <see cref="Watch"/> before a
    /// wait.
    /// </summary>
    void RecordWatchedDirections()
    {
        PollEvents watched = registration is { Mode: PollMode.LevelTriggered } ? registration.Interest : PollEvents.None;
        reader.IsWatched = (watched & PollEvents.Readable) != 0;
        if (writer is not null)
            writer.IsWatched = (watched & PollEvents.Writable) != 0;
    }
}
