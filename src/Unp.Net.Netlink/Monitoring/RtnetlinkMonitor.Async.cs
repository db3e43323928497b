using System.Runtime.CompilerServices;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// The asynchronous form, on an event loop.
public sealed partial class RtnetlinkMonitor
{
    /// <summary>Watches the network namespace of the calling thread, for an event loop.</summary>
    /// <param name="loop">The loop that awaits the sockets.</param>
    /// <param name="topics">The objects to watch.</param>
    /// <param name="cancellationToken">Ends the first list.</param>
    /// <returns>A monitor that has listed the objects.</returns>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// using RtnetlinkMonitor monitor = await RtnetlinkMonitor.OpenAsync(loop, MonitorTopics.Links);
    /// await foreach (NetlinkChange change in monitor.ReadAllAsync())
    ///     Console.WriteLine(change);
    /// </code>
    /// </example>
    public static ValueTask<RtnetlinkMonitor> OpenAsync(
        EventLoop loop, MonitorTopics topics = MonitorTopics.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return OpenAsync(topics, () => new NetlinkSocket(loop, NETLINK_ROUTE), cancellationToken);
    }

    /// <summary>Watches a network namespace by sockets that are made in it for an event loop.</summary>
    /// <param name="topics">The objects to watch.</param>
    /// <param name="open">
    /// Opens a socket of NETLINK_ROUTE with an event loop. It is called twice. The monitor owns the sockets.
    /// </param>
    /// <param name="cancellationToken">Ends the first list.</param>
    /// <returns>A monitor that has listed the objects.</returns>
    /// <exception cref="ArgumentException">A socket has another protocol.</exception>
    /// <exception cref="InvalidOperationException">A socket has no event loop.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<RtnetlinkMonitor> OpenAsync(
        MonitorTopics topics, Func<NetlinkSocket> open, CancellationToken cancellationToken = default)
    {
        var monitor = new RtnetlinkMonitor(open, topics);
        try
        {
            await monitor.ListFirstAsync(monitor.Awaiting(cancellationToken)).ConfigureAwait(false);
            return monitor;
        }
        catch
        {
            monitor.Dispose();
            throw;
        }
    }

    /// <summary>Awaits the next change.</summary>
    /// <param name="cancellationToken">Ends the wait. No change is lost: the next call returns it.</param>
    /// <exception cref="InvalidOperationException">The sockets have no event loop, or another read is pending.</exception>
    /// <exception cref="ObjectDisposedException">The monitor or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<NetlinkChange> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<NetlinkChange?> next = cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<NetlinkChange?>(cancellationToken)
            : NextAsync(Awaiting(cancellationToken));
        return next!; // a wait without a time limit ends with a change
    }

    /// <summary>Returns all changes, without an end.</summary>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>. No change is lost.</param>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async IAsyncEnumerable<NetlinkChange> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
            yield return await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns how an asynchronous call waits. Both sockets must have an event loop.</summary>
    NetlinkWait Awaiting(CancellationToken token)
    {
        requests.Socket.Awaiting(token);
        return notifications.Awaiting(token);
    }
}
