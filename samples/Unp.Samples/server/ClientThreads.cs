namespace Unp.Samples.server;

/// <summary>
/// A cache of threads, each of which serves one client at a time. Starting a thread costs .NET several times as much as it costs C, but
/// waking one costs both the same (docs/server-designs.md). So a thread is kept for the next client.
/// </summary>
sealed class ClientThreads(Action<Fd> serve)
{
    /// <summary>The number of threads that are kept. Further clients also get a thread each, which ends with the client.</summary>
    const int MaxKept = 256;

    // Serving a client needs only a few thousand bytes of stack.
    const int StackSize = 256 * 1024;

    /// <summary>The idle threads. The last one is used first, because its stack is still in the processor's cache.</summary>
    readonly Stack<IdleThread> idle = new();

    /// <summary>Serves a client on a thread of its own, which closes the connection.</summary>
    public void Start(Fd connfd)
    {
        IdleThread? kept;
        lock (idle)
            idle.TryPop(out kept);
        if (kept is null)
            ProgramThread.StartFor(connfd, new Thread(() => Run(connfd), StackSize) { IsBackground = true });
        else
            kept.Wake(connfd);
    }

    void Run(Fd first)
    {
        IdleThread? self = null;
        for (Fd connfd = first; ; connfd = self.Wait())
        {
            using (connfd)
                serve(connfd);
            self ??= IdleThread.Make();
            if (self is null || !TryKeep(self))
                break;
        }
        self?.Dispose();
    }

    bool TryKeep(IdleThread thread)
    {
        lock (idle)
        {
            if (idle.Count == MaxKept)
                return false;
            idle.Push(thread);
            return true;
        }
    }

    /// <summary>
    /// A thread that waits by reading from a pipe, which takes two system calls per wake-up. A monitor takes more, because the woken thread
    /// usually has to wait for the lock again.
    /// </summary>
    sealed class IdleThread(Fd waiting, Fd waking) : IDisposable
    {
        Fd? next;

        /// <summary>Creates the pipe. Returns null if no descriptor is free, and the thread then ends.</summary>
        public static IdleThread? Make()
        {
            try
            {
                Pipe(out Fd waiting, out Fd waking);
                return new IdleThread(waiting, waking);
            }
            catch (UnpException)
            {
                return null;
            }
        }

        public void Wake(Fd connfd)
        {
            next = connfd;
            Write(waking, [0]);
        }

        public Fd Wait()
        {
            Read(waiting, stackalloc byte[1]);
            return next!;
        }

        public void Dispose()
        {
            waiting.Dispose();
            waking.Dispose();
        }
    }
}
