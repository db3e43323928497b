namespace Unp.Samples;

/// <summary>Starts the threads of the programs. A thread that cannot be created never causes an unhandled exception.</summary>
static class ProgramThread
{
    /// <summary>
    /// Starts a thread with the rules of C: its error is printed and ends the whole program with status 1. The thread does not keep the
    /// program alive.
    /// </summary>
    /// <exception cref="ExitException">The thread cannot be created.</exception>
    public static Thread Start(Action main)
    {
        var thread = new Thread(() => Run(main)) { IsBackground = true };
        StartOrQuit(thread);
        return thread;
    }

    /// <summary>Starts a thread, or ends the program if the thread cannot be created.</summary>
    /// <exception cref="ExitException">The thread cannot be created.</exception>
    public static void StartOrQuit(Thread thread)
    {
        if (!TryStart(thread))
            err_quit("the thread cannot be created because a system limit or the memory is exhausted");
    }

    /// <summary>Serves a client on its own thread, which ends with the main thread, like a POSIX thread.</summary>
    /// <param name="connfd">The connection, which the thread closes.</param>
    /// <param name="serve">
    /// The work. Its failure is printed and ends only this thread, whereas C's <c>err_sys</c> ends the whole program.
    /// </param>
    public static void Serve(Fd connfd, Action<Fd> serve)
    {
        var thread = new Thread(() =>
        {
            using (connfd)
                UnpProgram.Run(() => serve(connfd));
        });
        thread.IsBackground = true;
        StartFor(connfd, thread);
    }

    /// <summary>
    /// Starts the thread of a client. If the thread cannot be created, an error is printed and only this connection is closed.
    /// </summary>
    /// <param name="connfd">The connection, which the thread must close.</param>
    /// <param name="thread">The thread, not yet started.</param>
    public static void StartFor(Fd connfd, Thread thread)
    {
        if (TryStart(thread))
            return;
        connfd.Dispose();
        err_msg("the thread of a client cannot be created, so the connection is closed");
    }

    /// <summary>Runs a function on the calling thread and ends the program if it fails.</summary>
    public static void Run(Action main)
    {
        int status = UnpProgram.Run(main);
        if (status != 0)
            Environment.Exit(status);
    }

    /// <summary>
    /// Starts a thread. Returns false if it cannot be created (EAGAIN of pthread_create(3)), which .NET reports as a lack of memory.
    /// </summary>
    public static bool TryStart(Thread thread)
    {
        try
        {
            thread.UnsafeStart();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }
}
