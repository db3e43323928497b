namespace Unp.Net.Pipelines;

/// <summary>
/// The thread that looks after all loops, as long as there are some. A <see cref="Timer"/> would have a thread of the pool look, which goes on to look for other
/// work some hundred times, giving way in between each time: a busy loop on the same core pays for that with a hundredth of its time, and more.
/// </summary>
static class StallWatcher
{
    static readonly object Gate = new();
    static readonly List<StallWatch> Watches = [];
    static bool isRunning;

    public static void Add(StallWatch watch)
    {
        lock (Gate)
        {
            Watches.Add(watch);
            if (!isRunning)
                new Thread(Run) { IsBackground = true, Name = "unp watch" }.UnsafeStart();
            isRunning = true;
            Monitor.Pulse(Gate); // it may look sooner than the others do
        }
    }

    /// <summary>It is not looked at any more when this returns.</summary>
    public static void Remove(StallWatch watch)
    {
        lock (Gate)
        {
            Watches.Remove(watch);
            Monitor.Pulse(Gate);
        }
    }

    static void Run()
    {
        lock (Gate)
        {
            while (Watches.Count > 0)
            {
                long now = Environment.TickCount64;
                long next = long.MaxValue;
                foreach (StallWatch watch in Watches)
                    next = Math.Min(next, watch.LookIfDue(now));
                Monitor.Wait(Gate, (int)Math.Clamp(next - now, 1, int.MaxValue));
            }
            isRunning = false;
        }
    }
}
