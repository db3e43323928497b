namespace Unp.Samples.threads;

/// <summary>
/// <see cref="web01"/> with a mutex and a condition variable (UNP 26.8). .NET combines them in a <see cref="Monitor"/>. The main thread
/// sleeps until a thread wakes it.
/// </summary>
static class web03
{
    static readonly object NdoneMutex = new();
    static readonly Queue<WebThread> Done = new();

    public static void Main(string[] args, Options options) =>
        WebClient.Run("web03", args, options, "thread", Add, Wait);

    static void Add(WebThread thread)
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
