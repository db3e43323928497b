using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The table of the sockets of all processes in a network namespace, as <c>ss(8)</c> shows it (<c>sock_diag(7)</c>).</summary>
/// <remarks>
/// <para>No process needs special rights; only marks need CAP_NET_ADMIN. The list is no snapshot: while the kernel sends it, sockets can
/// appear, change and vanish.</para>
/// <para>A table must not be used by two threads at the same time. With an event loop, several asynchronous lists may be pending.</para>
/// </remarks>
/// <example>
/// The listening TCP servers:
/// <code>
/// using var table = new SocketTable();
/// foreach (InetSocketInfo server in table.Tcp(new SocketFilter { States = [TcpState.Listen] }))
///     Console.WriteLine($"{server.Local} of user {server.Uid}");
/// </code>
/// </example>
public sealed class SocketTable : IDisposable
{
    readonly NetlinkClient client;

    /// <summary>Opens the table of the calling thread's network namespace.</summary>
    /// <exception cref="UnpException">EPROTONOSUPPORT: the kernel lacks NETLINK_SOCK_DIAG.</exception>
    public SocketTable()
        : this(new NetlinkSocket(NETLINK_SOCK_DIAG))
    {
    }

    /// <summary>Opens the table of the calling thread's network namespace, for an event loop.</summary>
    /// <param name="loop">The loop that awaits the answers.</param>
    /// <exception cref="UnpException">EPROTONOSUPPORT: the kernel lacks NETLINK_SOCK_DIAG.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public SocketTable(EventLoop loop)
        : this(new NetlinkSocket(loop, NETLINK_SOCK_DIAG))
    {
    }

    /// <summary>Takes ownership of a socket, for example one of another network namespace.</summary>
    /// <param name="socket">A socket of NETLINK_SOCK_DIAG.</param>
    /// <exception cref="ArgumentException">The socket has another protocol. The caller still owns it.</exception>
    public SocketTable(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Protocol != NETLINK_SOCK_DIAG)
            throw new ArgumentException($"{socket} has protocol {socket.Protocol}. It must have NETLINK_SOCK_DIAG.", nameof(socket));
        client = new NetlinkClient(socket);
    }

    /// <summary>Lists TCP sockets.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list TCP sockets (tcp_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Tcp(SocketFilter? filter = null) => [.. client.List(SocketRequests.Tcp(filter))];

    /// <summary>Lists UDP sockets.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list UDP sockets (udp_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Udp(SocketFilter? filter = null) => [.. client.List(SocketRequests.Udp(filter))];

    /// <summary>Lists raw sockets. The port of their local address is the protocol.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list raw sockets (raw_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Raw(SocketFilter? filter = null) => [.. client.List(SocketRequests.Raw(filter))];

    /// <summary>Lists Unix domain sockets.</summary>
    /// <param name="filter">The wanted sockets, of which only the states matter here, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list Unix domain sockets (unix_diag).</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<UnixSocketInfo> Unix(SocketFilter? filter = null) => [.. client.List(SocketRequests.Unix(filter))];

    /// <summary>Lists TCP sockets on the socket's event loop.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The table has no event loop.</exception>
    /// <inheritdoc cref="Tcp" path="/exception"/>
    public NetlinkListing<InetSocketInfo> TcpAsync(SocketFilter? filter = null, CancellationToken cancellationToken = default) =>
        new(client, SocketRequests.Tcp(filter), cancellationToken);

    /// <summary>Lists UDP sockets on the socket's event loop.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The table has no event loop.</exception>
    /// <inheritdoc cref="Udp" path="/exception"/>
    public NetlinkListing<InetSocketInfo> UdpAsync(SocketFilter? filter = null, CancellationToken cancellationToken = default) =>
        new(client, SocketRequests.Udp(filter), cancellationToken);

    /// <summary>Lists raw sockets on the socket's event loop.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The table has no event loop.</exception>
    /// <inheritdoc cref="Raw" path="/exception"/>
    public NetlinkListing<InetSocketInfo> RawAsync(SocketFilter? filter = null, CancellationToken cancellationToken = default) =>
        new(client, SocketRequests.Raw(filter), cancellationToken);

    /// <summary>Lists Unix domain sockets on the socket's event loop.</summary>
    /// <param name="filter">The wanted sockets, of which only the states matter here, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The table has no event loop.</exception>
    /// <inheritdoc cref="Unix" path="/exception"/>
    public NetlinkListing<UnixSocketInfo> UnixAsync(SocketFilter? filter = null, CancellationToken cancellationToken = default) =>
        new(client, SocketRequests.Unix(filter), cancellationToken);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => client.Dispose();

    /// <summary>Returns the socket.</summary>
    public override string ToString() => $"socket table by {client}";
}
