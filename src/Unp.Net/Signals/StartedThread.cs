namespace Unp.Net;

/// <summary>Starts threads whose first step can fail.</summary>
static class StartedThread
{
    /// <summary>Starts a background thread, and returns when its first step has succeeded.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="initialize">
    /// The first step. If it fails, the thread ends, and this method throws the exception, which would otherwise end the program.
    /// </param>
    /// <param name="run">What the thread then does.</param>
    internal static Thread Start(string name, Action initialize, Action run)
    {
        var started = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                initialize();
            }
            catch (Exception e)
            {
                started.SetException(e);
                return;
            }
            started.SetResult();
            run();
        })
        { IsBackground = true, Name = name };
        thread.Start();
        started.Task.GetAwaiter().GetResult();
        return thread;
    }
}
