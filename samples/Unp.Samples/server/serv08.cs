namespace Unp.Samples.server;

/// <summary>Threads that are started before; the main thread accepts, and they take the clients out of a queue (figures 30.30 to 30.33).</summary>
static class serv08
{
    /// <summary>So many clients can wait in the queue. More wait in the kernel's; the original ends then.</summary>
    const int MAXNCLI = 32;

    static readonly object clifd_mutex = new();
    static readonly Queue<Fd> clifd = new(MAXNCLI);

    public static void Main(string[] args, Options options) => Prethreaded.Run(nameof(serv08), args, options, _ => Take(), listenfd =>
    {
        while (true)
            Put(Acceptor.Accept(listenfd));
    });

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
                Monitor.PulseAll(clifd_mutex); // the main thread may be among those who wait
            return clifd.Dequeue();
        }
    }
}
