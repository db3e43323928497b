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

    /// <summary>Returns EMFILE if the descriptor of the next connection would belong to the reserve, otherwise null.</summary>
    UnpException? CheckReserve(SafeHandle listening)
    {
        int reserved = (int)Math.Min(options.ReservedDescriptors, (long)Volatile.Read(ref open) * ReservedPerConnection);
        if (reserved == 0 || HasFree(listening, reserved))
            return null;
        return new UnpException(Errno.EMFILE, "accept", $"the last {reserved} descriptors are reserved");
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
