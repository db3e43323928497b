namespace Unp.Samples.server;

/// <summary>
/// Gives each client a thread of its own. A thread whose client is done is kept for another: to start one costs .NET several times what it costs C, to wake one
/// costs both the same (docs/server-designs.md).
/// </summary>
sealed class ClientThreads(Action<Fd> serve)
{
    /// <summary>So many are kept. More clients at once have their threads too, which end with them.</summary>
    const int MostKept = 256;

    // What a client needs is some thousand bytes.
    const int StackSize = 256 * 1024;

    /// <summary>The last that became idle is the first to be used again: its stack is in the processor's cache.</summary>
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
            if (idle.Count == MostKept)
                return false;
            idle.Push(thread);
            return true;
        }
    }

    /// <summary>
    /// A thread that waits in a read from a pipe: two system calls for a wake-up. A monitor makes more, as who is woken mostly has to wait for the lock once more.
    /// </summary>
    sealed class IdleThread(Fd waiting, Fd waking) : IDisposable
    {
        Fd? next;

        /// <summary>Null when no descriptor is free: then the thread ends.</summary>
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
