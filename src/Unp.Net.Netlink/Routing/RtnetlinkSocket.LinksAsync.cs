namespace Unp.Net.Netlink;

// Links, asynchronously.
public sealed partial class RtnetlinkSocket
{
    /// <inheritdoc cref="GetLinks()"/>
    /// <remarks>The request is sent when the list is enumerated. The exceptions come from there, too.</remarks>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<Link> GetLinksAsync(CancellationToken cancellationToken = default) =>
        new(client, LinkRequests.All, cancellationToken);

    /// <inheritdoc cref="FindLink(int)"/>
    /// <param name="index">The index of the link.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<Link?> FindLinkAsync(int index, CancellationToken cancellationToken = default) =>
        FindAsync(LinkRequests.WithIndex(index), Socket.Awaiting(cancellationToken));

    /// <inheritdoc cref="FindLink(string)"/>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<Link?> FindLinkAsync(string name, CancellationToken cancellationToken = default) =>
        FindAsync(LinkRequests.WithName(name), Socket.Awaiting(cancellationToken));

    /// <inheritdoc cref="AddLink(LinkSettings)"/>
    /// <param name="settings">The settings of the link.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask AddLinkAsync(LinkSettings settings, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(LinkRequests.Add(settings), cancellationToken);

    /// <inheritdoc cref="ChangeLink(int, LinkSettings)"/>
    /// <param name="index">The index of the link.</param>
    /// <param name="settings">The settings of the link.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ChangeLinkAsync(int index, LinkSettings settings, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(LinkRequests.Change(index, settings), cancellationToken);

    /// <inheritdoc cref="DeleteLink(int)"/>
    /// <param name="index">The index of the link.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask DeleteLinkAsync(int index, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(LinkRequests.Delete(index), cancellationToken);
}
