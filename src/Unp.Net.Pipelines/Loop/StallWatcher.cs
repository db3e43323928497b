namespace Unp.Net.Pipelines;

/// <summary>The thread that looks after all loops, as long as there are some.</summary>
/// <remarks>
/// No <see cref="Timer"/>: it would have a thread of the pool look, which goes on to look for other work some hundred times, giving way between each time and the
/// next. A busy loop on the same core pays for that with a hundredth of its time, and more. And the pool starts threads when it wants them, which takes descriptors;
/// where none is free the runtime ends the process, and a server has to outlive that.
/// </remarks>
static class StallWatcher
{
    static readonly object Gate = new();
    static StallWatch[] watches = [];
    static bool isRunning;

    public static void Add(StallWatch watch)
    {
        lock (Gate)
        {
            if (!isRunning)
                new Thread(Run) { IsBackground = true, Name = "unp watch" }.UnsafeStart();
            isRunning = true;
            watches = [.. watches, watch];
            Monitor.Pulse(Gate); // it may look sooner than the others do
        }
    }

    public static void Remove(StallWatch watch)
    {
        lock (Gate)
        {
            watches = [.. watches.Where(other => other != watch)];
            Monitor.Pulse(Gate);
        }
    }

    static void Run()
    {
        while (AwaitNext() is { } looked)
        {
            long now = Environment.TickCount64;
            foreach (StallWatch watch in looked)
                watch.LookIfDue(now);
        }
    }

    /// <summary>Waits until one is to be looked at; null when there is none any more.</summary>
    static StallWatch[]? AwaitNext()
    {
        lock (Gate)
        {
            while (watches.Length > 0)
            {
                long due = long.MaxValue;
                foreach (StallWatch watch in watches)
                    due = Math.Min(due, watch.Due);
                long left = due - Environment.TickCount64;
                if (left <= 0)
                    return watches;
                Monitor.Wait(Gate, (int)Math.Min(left, int.MaxValue));
            }
            isRunning = false;
            return null;
        }
    }
}
