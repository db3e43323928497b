namespace Unp.Samples;

/// <summary>Starts the threads of the programs. A failure to start one is never an unhandled exception.</summary>
static class ProgramThread
{
    /// <summary>
    /// Starts a thread as C's programs have it: its error is printed and ends the whole program with status 1. The thread does not keep the
    /// program alive.
    /// </summary>
    /// <exception cref="ExitException">No thread can be made.</exception>
    public static Thread Start(Action main)
    {
        var thread = new Thread(() => Run(main)) { IsBackground = true };
        StartOrQuit(thread);
        return thread;
    }

    /// <summary>Starts a thread that the program cannot do without.</summary>
    /// <exception cref="ExitException">No thread can be made.</exception>
    public static void StartOrQuit(Thread thread)
    {
        if (!TryStart(thread))
            err_quit("no thread can be made, because the system's limit or its memory is exhausted");
    }

    /// <summary>Serves a client on a thread of its own, which ends with the main thread, as a POSIX thread does.</summary>
    /// <param name="connfd">The connection, which the thread closes.</param>
    /// <param name="serve">
    /// The work. Its failure is printed and ends this thread only, where C's <c>err_sys</c> ends the whole program.
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
    /// Starts the thread of a client. When no thread can be made, that is printed, and only this client's connection is closed.
    /// </summary>
    /// <param name="connfd">The connection, which the thread closes.</param>
    /// <param name="thread">The thread, not started yet.</param>
    public static void StartFor(Fd connfd, Thread thread)
    {
        if (TryStart(thread))
            return;
        connfd.Dispose();
        err_msg("no thread can be made for a client, so its connection is closed");
    }

    /// <summary>Runs what must not fail on the calling thread.</summary>
    public static void Run(Action main)
    {
        int status = UnpProgram.Run(main);
        if (status != 0)
            Environment.Exit(status);
    }

    /// <summary>False: no thread can be made (<c>EAGAIN</c> of <c>pthread_create(3)</c>), which .NET calls a lack of memory.</summary>
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
