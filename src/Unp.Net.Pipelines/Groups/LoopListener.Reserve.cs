using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// The reserve of descriptors that the listener leaves free for the rest of the process.
public sealed partial class LoopListener
{
    // The reserve grows with the number of open connections. If the limit is low, a full reserve from the start would leave no descriptor
    // for a client.
    const int ReservedPerConnection = 4;

    int open;

    /// <summary>
    /// Gets or sets the number of descriptors that the listener leaves free for the rest of the process. The default is 0. While few
    /// connections are open, the listener leaves only four per open connection.
    /// </summary>
    /// <remarks>
    /// <para>The runtime needs descriptors too, for example two for each assembly that the first request loads. If it gets none, that
    /// request fails, each later request fails in the same way, and the process may end ("Out of memory."). With a reserve, a client waits
    /// instead.</para>
    /// <para>A client that would use the reserve waits in the kernel's queue, and <see cref="OnRefused"/> receives EMFILE once.</para>
    /// <para>Before each accept, the listener checks that a descriptor number is free at this distance or more above the lowest free
    /// number. It does not check whether the numbers in between are in use.</para>
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

    /// <summary>Returns EMFILE if the descriptor of the next connection would belong to the reserve, otherwise null.</summary>
    UnpException? CheckReserve(SafeHandle listening)
    {
        int reserved = (int)Math.Min(ReservedDescriptors, (long)Volatile.Read(ref open) * ReservedPerConnection);
        if (reserved == 0 || HasFree(listening, reserved))
            return null;
        return new UnpException(
            Errno.EMFILE, "accept", $"accept error: {Errno.EMFILE.Message} (the last {reserved} descriptors are reserved)", 0);
    }

    /// <summary>Returns whether a descriptor number is free at <paramref name="distance"/> or more above the lowest free number.</summary>
    static bool HasFree(SafeHandle listening, int distance)
    {
        int lowest = fcntl(listening, F_DUPFD_CLOEXEC);
        if (lowest < 0)
            return false;
        int above = fcntl(listening, F_DUPFD_CLOEXEC, lowest + distance); // EINVAL if the limit of the process is lower
        _ = close(lowest);
        if (above >= 0)
            _ = close(above);
        return above >= 0;
    }

    /// <summary>Ends the count of an open connection when it is disposed.</summary>
    readonly struct OpenConnection(LoopListener listener) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref listener.open);
    }
}
