using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>
/// Looks up families of generic netlink, whose ids the kernel chooses, and sends their requests (<c>genl(8)</c>).
/// </summary>
/// <remarks>
/// <para>A message of a family has the family's id as its type. Its payload begins with <c>genlmsghdr</c> and the family's own header.
/// <see cref="Socket"/> sends it.</para>
/// <para>A socket must not be used by two threads at the same time. With an event loop, several asynchronous requests may be
/// pending.</para>
/// </remarks>
/// <example>
/// The operations of a family, and its notifications:
/// <code>
/// using var generic = new GenericNetlinkSocket();
/// GenericFamily ethtool = generic.GetFamily("ethtool");
/// Console.WriteLine($"{ethtool}: {ethtool.Operations.Count} operations");
/// if (ethtool.TryGetGroup("monitor", out GenericGroup group))
///     generic.Socket.Join(group.Id);
/// </code>
/// </example>
public sealed class GenericNetlinkSocket : IDisposable
{
    readonly NetlinkClient client;

    /// <summary>Opens a socket in the network namespace of the calling thread.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS. EPROTONOSUPPORT: the kernel lacks generic netlink.</exception>
    public GenericNetlinkSocket()
        : this(new NetlinkSocket(NETLINK_GENERIC))
    {
    }

    /// <summary>Opens a socket in the network namespace of the calling thread, for an event loop.</summary>
    /// <param name="loop">The loop that awaits the socket.</param>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS. EPROTONOSUPPORT: the kernel lacks generic netlink.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public GenericNetlinkSocket(EventLoop loop)
        : this(new NetlinkSocket(loop, NETLINK_GENERIC))
    {
    }

    /// <summary>Takes ownership of a socket of the protocol NETLINK_GENERIC, for example of another network namespace.</summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="ArgumentException">The socket has another protocol. The caller still owns it.</exception>
    public GenericNetlinkSocket(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Protocol != NETLINK_GENERIC)
            throw new ArgumentException($"{socket} has protocol {socket.Protocol}. It must have NETLINK_GENERIC.", nameof(socket));
        client = new NetlinkClient(socket);
    }

    /// <summary>Gets the socket, for the requests and groups of a family.</summary>
    public NetlinkSocket Socket => client.Socket;

    /// <summary>Returns all families that the kernel has registered. Families of modules that are not loaded are missing.</summary>
    /// <exception cref="UnpException">ENOBUFS, ETIMEDOUT: see <see cref="NetlinkAnswers.MoveNext"/>.</exception>
    public NetlinkDump<GenericFamily> GetFamilies() => client.List(FamilyRequests.All);

    /// <summary>Returns the family with a name. The kernel loads its module if it can.</summary>
    /// <param name="name">The name, at most 15 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, contains a NUL or has more than 15 bytes.</exception>
    /// <exception cref="NetlinkException">ENOENT: the kernel has no such family.</exception>
    public GenericFamily GetFamily(string name) => NetlinkWait.Result(GetAsync(FamilyRequests.WithName(name), NetlinkWait.Blocking));

    /// <summary>Returns the family with an id.</summary>
    /// <param name="id">The id, 16 to 1023.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is another number.</exception>
    /// <exception cref="NetlinkException">ENOENT: the kernel has no such family.</exception>
    public GenericFamily GetFamily(int id) => NetlinkWait.Result(GetAsync(FamilyRequests.WithId(id), NetlinkWait.Blocking));

    /// <summary>Returns all families that the kernel has registered. The request is sent when the list is enumerated.</summary>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public NetlinkListing<GenericFamily> GetFamiliesAsync(CancellationToken cancellationToken = default) =>
        new(client, FamilyRequests.All, cancellationToken);

    /// <inheritdoc cref="GetFamily(string)"/>
    /// <param name="name">The name, at most 15 bytes.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<GenericFamily> GetFamilyAsync(string name, CancellationToken cancellationToken = default) =>
        GetAsync(FamilyRequests.WithName(name), Socket.Awaiting(cancellationToken));

    /// <inheritdoc cref="GetFamily(int)"/>
    /// <param name="id">The id, 16 to 1023.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    public ValueTask<GenericFamily> GetFamilyAsync(int id, CancellationToken cancellationToken = default) =>
        GetAsync(FamilyRequests.WithId(id), Socket.Awaiting(cancellationToken));

    /// <summary>Closes the socket.</summary>
    public void Dispose() => client.Dispose();

    /// <summary>Returns the descriptor and the port id.</summary>
    public override string ToString() => client.ToString();

    async ValueTask<GenericFamily> GetAsync(NetlinkRequest<GenericFamily> request, NetlinkWait wait) =>
        await client.GetAsync(request, wait).ConfigureAwait(false)
        ?? throw new UnpException(Errno.EBADMSG, nameof(CTRL_CMD_GETFAMILY), request.Subject);
}
