using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Children that still ran when their <see cref="SpawnedProcess"/> was disposed. They must be waited for, so that they leave no zombies.
/// </summary>
/// <remarks>
/// A thread asks for each of them from time to time, and ends with the last. A handler of SIGCHLD would need no thread. In .NET it also
/// makes the runtime take the statuses of all children, if this is process 1 or SIGCHLD was ignored at the start. A pidfd per child would
/// take the program's descriptors.
/// </remarks>
static unsafe class Orphans
{
    const int FirstDelay = 10; // milliseconds
    const int MaxDelay = 1000;

    static readonly Lock Changing = new();
    static readonly AutoResetEvent Added = new(false);
    static readonly List<int> Running = [];
    static bool isWatched;

    /// <summary>Takes over a child.</summary>
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
    /// Forgets a child whose number a new child has got: other code has taken its status, and must not lose that of the new one to us.
    /// </summary>
    internal static void Forget(int pid)
    {
        lock (Changing)
            Running.Remove(pid);
    }

    /// <summary>Without a thread, the next child that is added tries again.</summary>
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

    /// <summary>Takes the statuses of those that have ended. False if none is left, which ends the thread.</summary>
    static bool Reap()
    {
        lock (Changing)
        {
            Running.RemoveAll(pid => waitpid(pid, null, WNOHANG) != 0);
            return isWatched = Running.Count > 0;
        }
    }
}
