namespace Unp.Samples.threads;

/// <summary>
/// <see cref="web01"/> that polls a shared queue, protected by a mutex, for ended threads (UNP 26.7). Polling keeps a processor busy, which
/// condition variables avoid.
/// </summary>
static class web02
{
    static readonly Lock NdoneMutex = new();
    static readonly Queue<WebThread> Done = new();

    public static void Main(string[] args, Options options) =>
        WebClient.Run("web02", args, options, "thread id", Add, Wait, thread => Console.WriteLine($"created thread {thread.Id}"));

    static void Add(WebThread thread)
    {
        lock (NdoneMutex)
            Done.Enqueue(thread);
    }

    static WebThread Wait()
    {
        while (true)
        {
            lock (NdoneMutex)
            {
                if (Done.TryDequeue(out WebThread? ended))
                    return ended;
            }
            Thread.Yield(); // thr_yield
        }
    }
}
