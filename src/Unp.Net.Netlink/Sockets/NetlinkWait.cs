using System.Diagnostics;

namespace Unp.Net.Netlink;

/// <summary>
/// How a call waits: it blocks its thread, or it awaits the event loop of its socket. One method serves both forms. Its task is complete
/// when it returns if the wait blocks.
/// </summary>
readonly struct NetlinkWait
{
    NetlinkWait(bool isBlocking, CancellationToken token)
    {
        IsBlocking = isBlocking;
        Token = token;
    }

    /// <summary>Gets the wait that blocks the calling thread.</summary>
    internal static NetlinkWait Blocking => new(true, default);

    /// <summary>Gets whether the calling thread is blocked.</summary>
    internal bool IsBlocking { get; }

    /// <summary>Gets the token that ends a wait for the event loop.</summary>
    internal CancellationToken Token { get; }

    /// <summary>Returns the wait for the event loop.</summary>
    internal static NetlinkWait Awaiting(CancellationToken token) => new(false, token);

    /// <summary>Returns the result of a method that blocked.</summary>
    internal static T Result<T>(ValueTask<T> task)
    {
        Debug.Assert(task.IsCompleted, "A method that blocks must not return before it is complete.");
        return task.AsTask().GetAwaiter().GetResult();
    }
}
