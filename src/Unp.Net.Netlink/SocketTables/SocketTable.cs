using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The table of the sockets of all processes in a network namespace, as <c>ss(8)</c> shows it (<c>sock_diag(7)</c>).</summary>
/// <remarks>
/// <para>No process needs special rights; only marks need CAP_NET_ADMIN. The list is no snapshot: while the kernel sends it, sockets can
/// appear, change and vanish.</para>
/// <para>A table must not be used by two threads at the same time.</para>
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
    readonly NetlinkSocket socket;
    readonly NetlinkMessageWriter request = new();

    /// <summary>Opens the table of the calling thread's network namespace.</summary>
    /// <exception cref="UnpException">EPROTONOSUPPORT: the kernel lacks NETLINK_SOCK_DIAG.</exception>
    public SocketTable()
        : this(new NetlinkSocket(NETLINK_SOCK_DIAG))
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
        this.socket = socket;
    }

    /// <summary>Lists TCP sockets.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list TCP sockets (tcp_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Tcp(SocketFilter? filter = null) => Inet(IPPROTO_TCP, "TCP sockets", filter);

    /// <summary>Lists UDP sockets.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list UDP sockets (udp_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Udp(SocketFilter? filter = null) => Inet(IPPROTO_UDP, "UDP sockets", filter);

    /// <summary>Lists raw sockets. The port of their local address is the protocol.</summary>
    /// <param name="filter">The wanted sockets, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list raw sockets (raw_diag).</exception>
    /// <exception cref="UnpException">EAFNOSUPPORT: the filter has another family.</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<InetSocketInfo> Raw(SocketFilter? filter = null) => Inet(IPPROTO_RAW, "raw sockets", filter);

    /// <summary>Lists Unix domain sockets.</summary>
    /// <param name="filter">The wanted sockets, of which only the states matter here, or null for all.</param>
    /// <exception cref="NetlinkException">ENOENT: the kernel cannot list Unix domain sockets (unix_diag).</exception>
    /// <exception cref="ArgumentException">The filter has a wrong port or state.</exception>
    public List<UnixSocketInfo> Unix(SocketFilter? filter = null)
    {
        filter ??= SocketFilter.All;
        filter.Validate();
        request.Begin(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
        request.WriteHeader(new unix_diag_req
        {
            sdiag_family = (byte)AF_UNIX,
            udiag_states = filter.Mask,
            udiag_show = (uint)(UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS | UDIAG_SHOW_RQLEN
                | UDIAG_SHOW_MEMINFO | UDIAG_SHOW_UID),
        });
        List<UnixSocketInfo> sockets = [];
        foreach (NetlinkMessage message in socket.Query(request, "Unix domain sockets"))
        {
            if (UnixSocketInfo.From(message) is { } info)
                sockets.Add(info);
        }
        return sockets;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => socket.Dispose();

    /// <summary>Returns the socket.</summary>
    public override string ToString() => $"socket table by {socket}";

    List<InetSocketInfo> Inet(int protocol, string subject, SocketFilter? filter)
    {
        filter ??= SocketFilter.All;
        filter.Validate();
        List<InetSocketInfo> sockets = [];
        if (filter.Family != AF_INET6)
            Add(AF_INET, protocol, subject, filter, sockets);
        if (filter.Family != AF_INET)
            Add(AF_INET6, protocol, subject, filter, sockets);
        return sockets;
    }

    void Add(int family, int protocol, string subject, SocketFilter filter, List<InetSocketInfo> sockets)
    {
        request.Begin(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
        request.WriteHeader(new inet_diag_req_v2
        {
            sdiag_family = (byte)family,
            sdiag_protocol = (byte)protocol,
            idiag_ext = (byte)(Bit(INET_DIAG_INFO) | Bit(INET_DIAG_CONG) | Bit(INET_DIAG_TOS) | Bit(INET_DIAG_TCLASS)
                | Bit(INET_DIAG_SKMEMINFO) | Bit(INET_DIAG_SHUTDOWN)),
            idiag_states = filter.Mask,
            id = new inet_diag_sockid
            {
                idiag_sport = htons((ushort)filter.LocalPort),
                idiag_dport = htons((ushort)filter.RemotePort),
            },
        });
        foreach (NetlinkMessage message in socket.Query(request, subject))
        {
            if (InetSocketInfo.From(message, protocol) is { } info)
                sockets.Add(info);
        }
    }

    static int Bit(int attribute) => 1 << (attribute - 1);
}
