using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>
/// A socket that lists and changes links, addresses, routes, rules and neighbours, as <c>ip(8)</c> does (<c>rtnetlink(7)</c>).
/// </summary>
/// <remarks>
/// <para>Lists need no privilege. Changes need CAP_NET_ADMIN in the user namespace that owns the network namespace of the socket;
/// otherwise they fail with EPERM.</para>
/// <para>If a list changes while the kernel sends it, it is requested again, at most <see cref="DumpAttempts"/> times in all.
/// <see cref="NetlinkDump{T}.IsInterrupted"/> reports whether the list changed during the last attempt too.</para>
/// <para>A socket must not be used by two threads at the same time. With an event loop, several asynchronous requests may be pending. They
/// are sent one after another, and each sees only its own answers.</para>
/// </remarks>
/// <example>
/// <code>
/// using var routing = new RtnetlinkSocket();
/// foreach (Link link in routing.GetLinks())
///     Console.WriteLine($"{link}: {link.State}, {link.Statistics.rx_bytes} bytes received");
/// </code>
/// </example>
public sealed partial class RtnetlinkSocket : IDisposable
{
    readonly NetlinkClient client;

    /// <summary>Opens a socket in the network namespace of the calling thread.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS.</exception>
    public RtnetlinkSocket()
        : this(new NetlinkSocket(NETLINK_ROUTE))
    {
    }

    /// <summary>Opens a socket in the network namespace of the calling thread, for an event loop.</summary>
    /// <param name="loop">The loop that awaits the socket.</param>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public RtnetlinkSocket(EventLoop loop)
        : this(new NetlinkSocket(loop, NETLINK_ROUTE))
    {
    }

    /// <summary>Takes ownership of a socket of the protocol NETLINK_ROUTE, for example of another network namespace.</summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="ArgumentException">The socket has another protocol. The caller still owns it.</exception>
    public RtnetlinkSocket(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Protocol != NETLINK_ROUTE)
            throw new ArgumentException($"The socket has the protocol {socket.Protocol} instead of NETLINK_ROUTE.", nameof(socket));
        client = new NetlinkClient(socket);
    }

    /// <summary>Gets the socket, for requests that have no method here.</summary>
    public NetlinkSocket Socket => client.Socket;

    /// <summary>Gets or sets how often a list is requested before an interrupted one is returned; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int DumpAttempts
    {
        get => client.DumpAttempts;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            client.DumpAttempts = value;
        }
    }

    /// <summary>Gets what sends the requests.</summary>
    internal NetlinkClient Client => client;

    /// <summary>Closes the socket.</summary>
    public void Dispose() => client.Dispose();

    /// <summary>Returns the descriptor and the port id.</summary>
    public override string ToString() => client.ToString();
}
