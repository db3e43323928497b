namespace Unp.Net.Pipelines;

/// <summary>The thread that checks all loops of the process for stalls. It runs while there is at least one loop to check.</summary>
/// <remarks>
/// <para>A <see cref="Timer"/> would run the checks on a thread of the pool. After each check, that thread would look for other work some
/// hundred times and yield each time. A busy loop on the same core would lose 1 % of its time or more.</para>
/// <para>The pool also starts threads when it needs them, and each thread takes descriptors. If no descriptor is free, the runtime ends the
/// process, but a server must survive a shortage of descriptors.</para>
/// </remarks>
static class StallMonitor
{
    static readonly object Gate = new();
    static StallState[] states = [];
    static bool isRunning;

    public static void Add(StallState state)
    {
        lock (Gate)
        {
            if (!isRunning)
                new Thread(Run) { IsBackground = true, Name = "unp watch" }.UnsafeStart();
            isRunning = true;
            states = [.. states, state];
            Monitor.Pulse(Gate); // its first check may be earlier than the next check of the others
        }
    }

    public static void Remove(StallState state)
    {
        lock (Gate)
        {
            states = [.. states.Where(other => other != state)];
            Monitor.Pulse(Gate);
        }
    }

    static void Run()
    {
        while (WaitUntilDue() is { } due)
        {
            long now = Environment.TickCount64;
            foreach (StallState state in due)
                state.CheckIfDue(now);
        }
    }

    /// <summary>Waits until at least one check is due. Returns null when no loop is left.</summary>
    static StallState[]? WaitUntilDue()
    {
        lock (Gate)
        {
            while (states.Length > 0)
            {
                long next = long.MaxValue;
                foreach (StallState state in states)
                    next = Math.Min(next, state.NextCheck);
                long left = next - Environment.TickCount64;
                if (left <= 0)
                    return states;
                Monitor.Wait(Gate, (int)Math.Min(left, int.MaxValue));
            }
            isRunning = false;
            return null;
        }
    }
}
