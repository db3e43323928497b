namespace Unp.Net.Multiplexing;

/// <summary>A server with <see cref="Poller"/>.</summary>
sealed class PollerEcho : EchoLoop
{
    const PollEvents Closing = PollEvents.PeerClosed | PollEvents.HangUp | PollEvents.Error;

    readonly Poller poller;
    // Large enough for all ready descriptors, because select and poll scan everything again for those that do not fit.
    readonly PollEvent[] events = new PollEvent[1024];
    readonly PollEvents interest;
    readonly PollMode mode;

    internal PollerEcho(Poller poller, bool isEdge)
        : base(isEdge)
    {
        this.poller = poller;
        interest = isEdge ? PollEvents.Readable | PollEvents.Writable | PollEvents.PeerClosed : PollEvents.Readable;
        mode = isEdge ? PollMode.EdgeTriggered : PollMode.LevelTriggered;
        poller.Add(Listener, PollEvents.Readable, ListenerNumber);
    }

    internal override void Turn()
    {
        int ready = poller.Wait(events);
        foreach (ref readonly PollEvent item in events.AsSpan(0, ready))
            Serve((int)item.Data, (item.Events & Closing) != 0);
    }

    protected override void Watch(EchoConnection connection, int number) =>
        connection.Registration = poller.Add(connection.Socket, interest, number, mode);

    protected override void Change(EchoConnection connection, Wish wish) =>
        poller.Modify(connection.Registration!, wish == Wish.Writing ? PollEvents.Writable : PollEvents.Readable);

    protected override void Unwatch(EchoConnection connection) => poller.Remove(connection.Registration!);

    protected override void Close() => poller.Dispose();
}
