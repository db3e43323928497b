using System.Collections.Concurrent;

namespace Unp.Net.Tests.Signals;

/// <summary>Collects the signals that a handler receives. A handler may still run shortly after it was disposed.</summary>
sealed class Caught
{
    readonly ConcurrentQueue<int> signals = new();

    public bool IsEmpty => signals.IsEmpty;

    public void Add(int signo) => signals.Enqueue(signo);

    /// <summary>Waits for the next signal.</summary>
    public int Next()
    {
        int signo = 0;
        Limit.Until(() => signals.TryDequeue(out signo), "there is a signal");
        return signo;
    }
}
