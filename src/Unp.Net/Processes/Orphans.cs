using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Children that still ran when their <see cref="SpawnedProcess"/> was disposed: nobody asks how they end, but they must be waited for.</summary>
static unsafe class Orphans
{
    static readonly Lock Changing = new();
    static readonly List<int> Running = [];
    static PosixSignalRegistration? watch;

    internal static void Add(int pid)
    {
        lock (Changing)
        {
            watch ??= PosixSignalRegistration.Create((PosixSignal)SIGCHLD, _ => Reap());
            Running.Add(pid);
        }
        Reap(); // it may have ended before the signal was watched
    }

    static void Reap()
    {
        lock (Changing)
            Running.RemoveAll(pid => waitpid(pid, null, WNOHANG) != 0);
    }
}
