using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// The descriptors that accepting leaves to the rest of the process.
public sealed partial class LoopListener
{
    // The whole reserve at once would leave no descriptor for a client where the limit is low.
    const int ReservedPerConnection = 4;

    int open;

    /// <summary>
    /// How many descriptors accepting leaves free for the rest of the process: 0 by default. While few connections are open, it leaves four
    /// per connection.
    /// </summary>
    /// <remarks>
    /// <para>The runtime needs descriptors too, for example two for each assembly that the first request loads. Where it gets none, that
    /// request fails, each later request fails in the same way, and the process may end ("Out of memory."). A reserve prevents that,
    /// because it is a client that has to wait instead.</para>
    /// <para>A client that would use the reserve waits in the kernel's queue, and <see cref="OnRefused"/> receives EMFILE once.</para>
    /// <para>Each accept looks for a free number so far above the lowest free number. Numbers in between that are in use count as
    /// free.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ReservedDescriptors
    {
        get => Volatile.Read(ref field);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Volatile.Write(ref field, value);
        }
    }

    /// <summary>The refusal of a connection whose descriptor would be one of the reserve, or null.</summary>
    UnpException? ReserveReached(SafeHandle listening)
    {
        int reserved = (int)Math.Min(ReservedDescriptors, (long)Volatile.Read(ref open) * ReservedPerConnection);
        if (reserved == 0 || HasFree(listening, reserved))
            return null;
        return new UnpException(Errno.EMFILE, "accept", $"accept error: {Errno.EMFILE.Message} (the last {reserved} descriptors are reserved)", 0);
    }

    /// <summary>Whether there is a free number above the lowest free number by <paramref name="distance"/> or more.</summary>
    static bool HasFree(SafeHandle listening, int distance)
    {
        int lowest = fcntl(listening, F_DUPFD_CLOEXEC);
        if (lowest < 0)
            return false;
        int above = fcntl(listening, F_DUPFD_CLOEXEC, lowest + distance); // EINVAL: the process's limit is lower
        _ = close(lowest);
        if (above >= 0)
            _ = close(above);
        return above >= 0;
    }

    /// <summary>Counts an open connection until it is disposed.</summary>
    readonly struct OpenConnection(LoopListener listener) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref listener.open);
    }
}
