using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Addresses, routes, rules and neighbours, asynchronously.
public sealed partial class RtnetlinkSocket
{
    /// <inheritdoc cref="GetAddresses(int, int)"/>
    /// <remarks>The request is sent when the list is enumerated. The exceptions come from there, too.</remarks>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="index">The index of a link, or 0 for all links.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<LinkAddress> GetAddressesAsync(
        int family = AF_UNSPEC, int index = 0, CancellationToken cancellationToken = default) =>
        new(client, EntryRequests.Addresses(family, index), cancellationToken);

    /// <inheritdoc cref="GetRoutes(int, uint)"/>
    /// <remarks>The request is sent when the list is enumerated. The exceptions come from there, too.</remarks>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="table">The table, or 0 for all tables.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<Route> GetRoutesAsync(int family = AF_UNSPEC, uint table = 0, CancellationToken cancellationToken = default) =>
        new(client, EntryRequests.Routes(family, table), cancellationToken);

    /// <inheritdoc cref="GetRules(int)"/>
    /// <remarks>The request is sent when the list is enumerated. The exceptions come from there, too.</remarks>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<Rule> GetRulesAsync(int family = AF_UNSPEC, CancellationToken cancellationToken = default) =>
        new(client, EntryRequests.Rules(family), cancellationToken);

    /// <inheritdoc cref="GetNeighbours(int, int, bool)"/>
    /// <remarks>The request is sent when the list is enumerated. The exceptions come from there, too.</remarks>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="index">The index of a link, or 0 for all links.</param>
    /// <param name="onlyProxies">Whether the proxy entries are returned, instead of the others.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<Neighbour> GetNeighboursAsync(
        int family = AF_UNSPEC, int index = 0, bool onlyProxies = false, CancellationToken cancellationToken = default) =>
        new(client, EntryRequests.Neighbours(family, index, onlyProxies), cancellationToken);

    /// <inheritdoc cref="Add(LinkAddress)"/>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask AddAsync(LinkAddress address, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Add(address), cancellationToken);

    /// <inheritdoc cref="Replace(LinkAddress)"/>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ReplaceAsync(LinkAddress address, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Replace(address), cancellationToken);

    /// <inheritdoc cref="Delete(LinkAddress)"/>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask DeleteAsync(LinkAddress address, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Delete(address), cancellationToken);

    /// <inheritdoc cref="Add(Route)"/>
    /// <param name="route">The route.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask AddAsync(Route route, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Add(route), cancellationToken);

    /// <inheritdoc cref="Replace(Route)"/>
    /// <param name="route">The route.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ReplaceAsync(Route route, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Replace(route), cancellationToken);

    /// <inheritdoc cref="Change(Route)"/>
    /// <param name="route">The route.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ChangeAsync(Route route, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Change(route), cancellationToken);

    /// <inheritdoc cref="Delete(Route)"/>
    /// <param name="route">The route.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask DeleteAsync(Route route, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Delete(route), cancellationToken);

    /// <inheritdoc cref="Add(Rule)"/>
    /// <param name="rule">The rule.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask AddAsync(Rule rule, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Add(rule), cancellationToken);

    /// <inheritdoc cref="Delete(Rule)"/>
    /// <param name="rule">The rule.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask DeleteAsync(Rule rule, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Delete(rule), cancellationToken);

    /// <inheritdoc cref="Add(Neighbour)"/>
    /// <param name="neighbour">The neighbour.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask AddAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Add(neighbour), cancellationToken);

    /// <inheritdoc cref="Replace(Neighbour)"/>
    /// <param name="neighbour">The neighbour.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ReplaceAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Replace(neighbour), cancellationToken);

    /// <inheritdoc cref="Change(Neighbour)"/>
    /// <param name="neighbour">The neighbour.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask ChangeAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Change(neighbour), cancellationToken);

    /// <inheritdoc cref="Delete(Neighbour)"/>
    /// <param name="neighbour">The neighbour.</param>
    /// <param name="cancellationToken">Ends the wait. The kernel may have done the request.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask DeleteAsync(Neighbour neighbour, CancellationToken cancellationToken = default) =>
        client.ExecuteAsync(EntryRequests.Delete(neighbour), cancellationToken);

    /// <inheritdoc cref="Lookup(IPAddress)"/>
    /// <param name="destination">The address.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<Route> LookupAsync(IPAddress destination, CancellationToken cancellationToken = default) =>
        LookupAsync(new RouteLookup { Destination = destination }, cancellationToken);

    /// <inheritdoc cref="Lookup(RouteLookup)"/>
    /// <param name="packet">The packet.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<Route> LookupAsync(RouteLookup packet, CancellationToken cancellationToken = default) =>
        LookupAsync(packet, Socket.Awaiting(cancellationToken));
}
