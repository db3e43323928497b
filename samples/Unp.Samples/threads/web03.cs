namespace Unp.Samples.threads;

/// <summary>
/// The same as <see cref="web01"/> with a mutex and a condition variable, which .NET has together, as a <see cref="Monitor"/>: it sleeps until a
/// thread wakes it (section 26.8).
/// </summary>
static class web03
{
    static readonly object NdoneMutex = new();
    static readonly Queue<WebThread> Done = new();

    public static void Main(string[] args, Options options) => WebClient.Run("web03", args, options, "thread", Tell, Wait);

    static void Tell(WebThread thread)
    {
        lock (NdoneMutex)
        {
            Done.Enqueue(thread);
            Monitor.Pulse(NdoneMutex);
        }
    }

    static WebThread Wait()
    {
        lock (NdoneMutex)
        {
            while (Done.Count == 0)
                Monitor.Wait(NdoneMutex);
            return Done.Dequeue();
        }
    }
}
