using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Children that were still running when their <see cref="SpawnedProcess"/> was disposed. They must be waited for, so that they leave no
/// zombies.
/// </summary>
/// <remarks>
/// A thread checks them periodically, and ends with the last child. A handler of SIGCHLD would need no thread, but has a side effect in
/// .NET. In process 1, and if SIGCHLD was ignored at startup, it makes the runtime collect the statuses of all children. A pidfd per child
/// would use up the program's descriptors.
/// </remarks>
static unsafe class Orphans
{
    const int FirstDelay = 10; // milliseconds
    const int MaxDelay = 1000;

    static readonly Lock Changing = new();
    static readonly AutoResetEvent Added = new(false);
    static readonly List<int> Running = [];
    static bool isWatched;

    /// <summary>Adds a child.</summary>
    internal static void Add(int pid)
    {
        lock (Changing)
        {
            Running.Add(pid);
            if (!isWatched)
                isWatched = TryWatch();
        }
        Added.Set();
    }

    /// <summary>
    /// Forgets a child whose id now belongs to a new child. Other code has taken the old child's status, and this class must not take the
    /// new one's.
    /// </summary>
    internal static void Forget(int pid)
    {
        lock (Changing)
            Running.Remove(pid);
    }

    /// <summary>Starts the thread. If that fails, the next added child tries again.</summary>
    static bool TryWatch()
    {
        try
        {
            new Thread(Watch) { IsBackground = true, Name = "Unp.Net orphans" }.Start();
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    static void Watch()
    {
        int delay = FirstDelay;
        while (Reap())
            delay = Added.WaitOne(delay) ? FirstDelay : Math.Min(delay * 2, MaxDelay);
    }

    /// <summary>Collects the statuses of children that have ended. Returns false if none is left, which ends the thread.</summary>
    static bool Reap()
    {
        lock (Changing)
        {
            Running.RemoveAll(pid => waitpid(pid, null, WNOHANG) != 0);
            isWatched = Running.Count > 0;
            return isWatched;
        }
    }
}
