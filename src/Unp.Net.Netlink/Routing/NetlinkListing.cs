using System.Runtime.ExceptionServices;

namespace Unp.Net.Netlink;

/// <summary>A list of the kernel, for <c>await foreach</c>. Each enumeration requests it again.</summary>
/// <remarks>
/// <para><c>await foreach</c> returns the entries as they arrive. The list can change meanwhile; <see cref="IsInterrupted"/> then reports
/// it. <see cref="ToListAsync"/> requests an interrupted list again and returns a consistent one.</para>
/// <para>The body of the loop may send other requests on the same socket. The rest of the list is then received first and kept.</para>
/// </remarks>
/// <example>
/// <code>
/// await foreach (Link link in routing.GetLinksAsync())
///     Console.WriteLine(link);
/// </code>
/// </example>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed class NetlinkListing<T> : IAsyncEnumerable<T>
    where T : class
{
    readonly NetlinkClient client;
    readonly NetlinkListRequest<T> list;
    readonly CancellationToken token;

    internal NetlinkListing(NetlinkClient client, NetlinkListRequest<T> list, CancellationToken token)
    {
        this.client = client;
        this.list = list;
        this.token = token;
        _ = client.Socket.Awaiting(token); // a socket without an event loop is refused before the enumeration
    }

    /// <summary>
    /// Gets whether the list changed during the last enumeration that has ended, so entries may be missing or there twice.
    /// </summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Requests the whole list, again if it was interrupted.</summary>
    /// <param name="cancellationToken">Ends the wait, as the token of the method that returned this object does.</param>
    /// <exception cref="NetlinkException">The kernel refused the request.</exception>
    /// <exception cref="UnpException">ENOBUFS: see <see cref="NetlinkAnswers.MoveNextAsync()"/>.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public async ValueTask<NetlinkDump<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource? both = Combine(ref cancellationToken);
        return await client.ListAsync(list, client.Socket.Awaiting(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Requests the list, and returns an enumerator of its entries.</summary>
    /// <param name="cancellationToken">Ends the wait, as the token of the method that returned this object does.</param>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        CancellationTokenSource? both = Combine(ref cancellationToken);
        return new Enumerator(this, client.Socket.Awaiting(cancellationToken), both);
    }

    /// <summary>Returns the socket.</summary>
    public override string ToString() => $"list of {typeof(T).Name} by {client}";

    /// <summary>Combines the two tokens, if both can be cancelled.</summary>
    CancellationTokenSource? Combine(ref CancellationToken other)
    {
        if (!other.CanBeCanceled || other == token)
        {
            other = token;
            return null;
        }
        if (!token.CanBeCanceled)
            return null;
        var both = CancellationTokenSource.CreateLinkedTokenSource(token, other);
        other = both.Token;
        return both;
    }

    // The entries of one datagram are read at once, so no view of the socket's buffer is kept. The turn is held only for that, never while
    // code of the caller runs. If another request takes the socket in between, it abandons the answers and reads the rest of the entries.
    // So `ready` has a lock, because another thread can fill it. The other fields change only in the turn.
    sealed class Enumerator(NetlinkListing<T> listing, NetlinkWait wait, CancellationTokenSource? both) : IAsyncEnumerator<T>
    {
        readonly Queue<T> ready = new();
        T? current;
        NetlinkAnswers? answers;
        ExceptionDispatchInfo? failure;
        int part = -1;
        bool isInterrupted;
        bool isDisposed;

        public T Current => current ?? throw new InvalidOperationException("There is no current entry. Call MoveNextAsync first.");

        public async ValueTask<bool> MoveNextAsync()
        {
            wait.Token.ThrowIfCancellationRequested();
            while (!TryTake())
            {
                if (!await ReceiveAsync().ConfigureAwait(false))
                    return false;
            }
            return true;
        }

        public ValueTask DisposeAsync()
        {
            isDisposed = true;
            both?.Dispose();
            return default;
        }

        bool TryTake()
        {
            lock (ready)
                return ready.TryDequeue(out current);
        }

        /// <summary>Reads the entries of the next datagram, and requests the next part of the list if there is none.</summary>
        /// <returns>Whether there may be an entry; false at the end of the list.</returns>
        async ValueTask<bool> ReceiveAsync()
        {
            using NetlinkClient.Turn mine = await listing.client.EnterAsync(wait).ConfigureAwait(false);
            if (ready.Count > 0)
                return true; // the answers were abandoned while this method waited for its turn
            (failure ?? answers?.Failure)?.Throw();
            if (answers is null or { IsComplete: true })
            {
                isInterrupted |= answers is { IsInterrupted: true };
                if (++part == listing.list.Parts.Count)
                {
                    listing.IsInterrupted = isInterrupted;
                    return false;
                }
                answers = listing.client.Query(listing.list.Parts[part]);
                answers.Abandoned = Add;
            }
            try
            {
                bool? isThere = await answers.MoveNextAsync(wait).ConfigureAwait(false);
                while (isThere == true)
                {
                    Add(answers);
                    isThere = answers.TryMoveNext();
                }
            }
            catch (Exception e) when (ready.Count > 0)
            {
                failure = ExceptionDispatchInfo.Capture(e); // the entries before it are returned first
            }
            return true;
        }

        void Add(NetlinkAnswers source)
        {
            if (isDisposed || listing.list.Read(part, source) is not { } item)
                return;
            lock (ready)
                ready.Enqueue(item);
        }
    }
}
