namespace Unp.Samples.server;

/// <summary>Prethreaded server. The main thread accepts clients, and the threads take them from a queue (figures 30.30 to 30.33).</summary>
static class serv08
{
    /// <summary>The size of the queue. When it is full, clients wait in the kernel's queue, whereas C's server ends.</summary>
    const int MAXNCLI = 32;

    static readonly object clifd_mutex = new();
    static readonly Queue<Fd> clifd = new(MAXNCLI);

    public static void Main(string[] args, Options options) =>
        Prethreaded.Run(nameof(serv08), args, options, _ => Take(), AcceptAll);

    static void AcceptAll(Fd listenfd)
    {
        while (true)
            Put(Acceptor.Accept(listenfd));
    }

    static void Put(Fd connfd)
    {
        lock (clifd_mutex)
        {
            while (clifd.Count == MAXNCLI)
                Monitor.Wait(clifd_mutex);
            clifd.Enqueue(connfd);
            Monitor.Pulse(clifd_mutex);
        }
    }

    static Fd Take()
    {
        lock (clifd_mutex)
        {
            while (clifd.Count == 0)
                Monitor.Wait(clifd_mutex);
            if (clifd.Count == MAXNCLI)
                Monitor.PulseAll(clifd_mutex); // a single pulse might reach another thread than the main thread
            return clifd.Dequeue();
        }
    }
}
