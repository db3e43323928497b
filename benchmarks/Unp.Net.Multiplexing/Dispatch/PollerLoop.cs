namespace Unp.Net.Multiplexing;

/// <summary>Any mechanism through <see cref="Poller"/>.</summary>
sealed class PollerLoop(Poller poller, PollMode mode) : IDispatchLoop
{
    static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(1);

    readonly PollEvent[] events = new PollEvent[1024];
    Ring ring = Ring.Empty;

    public void Watch(Ring ring)
    {
        this.ring = ring;
        for (int i = 0; i < ring.Readers.Length; i++)
            poller.Add(ring.Readers[i], PollEvents.Readable, i, mode);
    }

    public void Turn()
    {
        int ready = poller.Wait(events, WaitTimeout);
        if (ready == 0)
            throw new TimeoutException($"{poller.Mechanism} reported no descriptor in time");
        foreach (ref readonly PollEvent item in events.AsSpan(0, ready))
            ring.OnReadable((int)item.Data);
    }

    public void Dispose() => poller.Dispose();
}
