namespace Unp.Samples.threads;

/// <summary>
/// The same as <see cref="web01"/>, but it asks again and again whether one has ended, with a mutex around what they share (section 26.7): it keeps a
/// processor busy with waiting, which is what condition variables are for.
/// </summary>
static class web02
{
    static readonly Lock NdoneMutex = new();
    static readonly Queue<WebThread> Done = new();

    public static void Main(string[] args, Options options) =>
        WebClient.Run("web02", args, options, "thread id", Tell, Wait, thread => Console.WriteLine($"created thread {thread.Id}"));

    static void Tell(WebThread thread)
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
