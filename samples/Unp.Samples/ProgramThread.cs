namespace Unp.Samples;

/// <summary>A thread as C's programs have it: its error is printed and ends the whole program with status 1, as the main thread's does.</summary>
static class ProgramThread
{
    /// <summary>Starts a thread that does not keep the program alive: the end of the main thread is the end of all.</summary>
    public static Thread Start(Action main)
    {
        var thread = new Thread(() => Run(main)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>Runs what must not fail in this very thread.</summary>
    public static void Run(Action main)
    {
        int status = UnpProgram.Run(main);
        if (status != 0)
            Environment.Exit(status);
    }
}
