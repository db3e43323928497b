namespace Unp.Samples.server;

/// <summary>
/// Gives each client a thread of its own. A thread whose client is done is kept for a while, and serves the next one: to start one costs .NET several times
/// what it costs C (docs/server-designs.md), to wake one costs both the same.
/// </summary>
sealed class ClientThreads(Action<Fd> serve)
{
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    // What a client needs is some thousand bytes.
    const int StackSize = 256 * 1024;

    /// <summary>The last one that became idle is the first to be used again: its stack is in the cache, and the others come to their end.</summary>
    readonly LinkedList<IdleThread> idle = new();

    /// <summary>Serves a client on a thread of its own, which closes the connection.</summary>
    public void Start(Fd connfd)
    {
        IdleThread? thread;
        lock (idle)
        {
            thread = idle.Last?.Value;
            if (thread is not null)
                idle.RemoveLast();
        }
        if (thread is null)
            new Thread(Run, StackSize).UnsafeStart(connfd);
        else
            thread.Wake(connfd);
    }

    void Run(object? first)
    {
        var self = new IdleThread();
        var place = new LinkedListNode<IdleThread>(self);
        for (Fd? connfd = (Fd)first!; connfd is not null; connfd = Next(place))
        {
            using (connfd)
                serve(connfd);
        }
    }

    /// <summary>The next client; null when none came for long enough.</summary>
    Fd? Next(LinkedListNode<IdleThread> place)
    {
        lock (idle)
            idle.AddLast(place);
        if (place.Value.Wait(Kept) is { } connfd)
            return connfd;
        lock (idle)
        {
            if (place.List is not null)
            {
                idle.Remove(place);
                return null;
            }
        }
        return place.Value.Wait(Timeout.InfiniteTimeSpan); // it was chosen just now
    }

    sealed class IdleThread
    {
        readonly object gate = new();
        Fd? next;

        public void Wake(Fd connfd)
        {
            lock (gate)
            {
                next = connfd;
                Monitor.Pulse(gate);
            }
        }

        public Fd? Wait(TimeSpan limit)
        {
            lock (gate)
            {
                if (next is null)
                    Monitor.Wait(gate, limit);
                return Interlocked.Exchange(ref next, null);
            }
        }
    }
}
