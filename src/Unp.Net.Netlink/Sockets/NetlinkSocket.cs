using System.Runtime.InteropServices;
using Unp.Net.Pipelines;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>A netlink socket: sends requests to the kernel and receives answers and notifications (<c>netlink(7)</c>).</summary>
/// <remarks>
/// <para>An answer is matched to its request by sequence number and port id, and messages of other processes are ignored. A message of any
/// length is received whole, because the buffer grows to the length that the kernel states (MSG_PEEK and MSG_TRUNC).</para>
/// <para>The kernel is asked for its error texts (NETLINK_EXT_ACK), for short acknowledgements (NETLINK_CAP_ACK) and for strict checks
/// (NETLINK_GET_STRICT_CHK), which make it filter dumps. Older kernels lack some of them.</para>
/// <para>A socket must not be used by two threads at the same time. A call waits for its answer even if the descriptor is
/// non-blocking.</para>
/// <para>A socket with an <see cref="EventLoop"/> can also be awaited (<see cref="ExecuteAsync"/>, <c>await foreach</c> over
/// <see cref="Query"/>). After a wait, execution resumes on the loop's thread. The kernel handles a request inside the send, so only
/// notifications and late answers cause a wait.</para>
/// </remarks>
/// <example>
/// The names of all links:
/// <code>
/// using var netlink = new NetlinkSocket();
/// var request = new NetlinkMessageWriter();
/// request.Begin(RTM_GETLINK, NLM_F_DUMP);
/// request.WriteHeader(new ifinfomsg());
/// foreach (NetlinkMessage link in netlink.Query(request))
/// {
///     if (link.GetAttributes&lt;ifinfomsg&gt;().TryGet(IFLA_IFNAME, out NetlinkAttribute name))
///         Console.WriteLine(name.Text);
/// }
/// </code>
/// </example>
public sealed partial class NetlinkSocket : IDisposable
{
    // The kernel fills datagrams of a dump up to this size if the buffer has room for them.
    const int FirstBufferSize = 32 * 1024;

    readonly LoopSocket? loopSocket;
    byte[] buffer = new byte[FirstBufferSize];
    int received;
    uint lastSequence;

    /// <summary>Opens a socket in the network namespace of the calling thread. The kernel chooses the port id.</summary>
    /// <param name="protocol">NETLINK_ROUTE (0), NETLINK_SOCK_DIAG, NETLINK_GENERIC...</param>
    /// <exception cref="UnpException">EPROTONOSUPPORT: the kernel lacks the protocol. EMFILE, ENFILE.</exception>
    public NetlinkSocket(int protocol = 0)
        : this(protocol, null)
    {
    }

    /// <summary>
    /// Opens a socket in the network namespace of the calling thread, for an event loop. The kernel chooses the port id.
    /// </summary>
    /// <param name="loop">The loop that awaits the socket.</param>
    /// <param name="protocol">NETLINK_ROUTE (0), NETLINK_SOCK_DIAG, NETLINK_GENERIC...</param>
    /// <exception cref="UnpException">EPROTONOSUPPORT: the kernel lacks the protocol. EMFILE, ENFILE.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public NetlinkSocket(EventLoop loop, int protocol = 0)
        : this(protocol, loop ?? throw new ArgumentNullException(nameof(loop)))
    {
    }

    NetlinkSocket(int protocol, EventLoop? loop)
    {
        Descriptor = Libunp.Socket(AF_NETLINK, SOCK_RAW, protocol);
        Protocol = protocol;
        try
        {
            PortId = Prepare(Descriptor);
            loopSocket = loop is null ? null : new LoopSocket(loop, Descriptor);
        }
        catch
        {
            Descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Takes ownership of a netlink socket, for example one that was made in another network namespace.</summary>
    /// <param name="descriptor">The socket. It becomes close-on-exec, and is bound if it is not yet.</param>
    /// <exception cref="ArgumentException">The descriptor is no netlink socket. The caller still owns it.</exception>
    /// <exception cref="UnpException">ENOTSOCK and other errors of the socket. The caller still owns it.</exception>
    public NetlinkSocket(Fd descriptor)
        : this(descriptor, null)
    {
    }

    /// <summary>Takes ownership of a netlink socket, for an event loop.</summary>
    /// <param name="loop">The loop that awaits the socket.</param>
    /// <param name="descriptor">The socket. It becomes close-on-exec and non-blocking, and is bound if it is not yet.</param>
    /// <exception cref="ArgumentException">The descriptor is no netlink socket. The caller still owns it.</exception>
    /// <exception cref="UnpException">ENOTSOCK and other errors of the socket. The caller still owns it.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended. The caller still owns the descriptor.</exception>
    public NetlinkSocket(EventLoop loop, Fd descriptor)
        : this(descriptor, loop ?? throw new ArgumentNullException(nameof(loop)))
    {
    }

    NetlinkSocket(Fd descriptor, EventLoop? loop)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        SockAddr address = Libunp.Getsockname(descriptor);
        if (address.Family != AF_NETLINK)
            throw new ArgumentException($"{descriptor} is no netlink socket. Its address family is {address.Family}.", nameof(descriptor));
        Libunp.Fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        Protocol = Libunp.Getsockopt(descriptor, SocketOptions.Protocol);
        PortId = Prepare(descriptor);
        loopSocket = loop is null ? null : new LoopSocket(loop, descriptor);
        Descriptor = descriptor;
    }

    /// <summary>Gets the descriptor, for a <see cref="Poller"/> and for socket options. Do not close it.</summary>
    public Fd Descriptor { get; }

    /// <summary>Gets the protocol: NETLINK_ROUTE, NETLINK_GENERIC...</summary>
    public int Protocol { get; }

    /// <summary>Gets the port id, the address of this socket. The first socket of a process usually has the process id.</summary>
    public uint PortId { get; }

    /// <summary>Gets the event loop that awaits the socket, or null.</summary>
    public EventLoop? Loop => loopSocket?.Loop;

    /// <summary>
    /// Gets or sets the longest wait of a call that blocks, or null to wait indefinitely. The kernel answers requests at once. A call that
    /// is awaited has a token instead.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? Timeout
    {
        get;
        set
        {
            if (value is { } timeout)
                ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>Gets the bytes of the datagram that was received last.</summary>
    internal ReadOnlySpan<byte> Received => buffer.AsSpan(0, received);

    /// <summary>
    /// Receives the next datagram of the kernel: answers to <see cref="Send"/> and notifications. Waits for it, at most
    /// <see cref="Timeout"/>.
    /// </summary>
    /// <returns>The messages, which are valid until the next call on this socket.</returns>
    /// <exception cref="UnpException">
    /// ENOBUFS: messages were lost, because the receive buffer was full. The socket remains usable. ETIMEDOUT: no message arrived in time.
    /// </exception>
    public NetlinkMessages Receive()
    {
        switch (NetlinkWait.Result(ReceiveDatagramAsync(NetlinkWait.Blocking)))
        {
            case Arrival.Datagram:
                return new NetlinkMessages(Received);
            case Arrival.Overrun:
                throw Overrun();
            default:
                throw new UnpException(Errno.ETIMEDOUT, "recvfrom", $"{Descriptor}");
        }
    }

    /// <summary>Receives the next datagram of the kernel if one is there.</summary>
    /// <param name="messages">The messages, which are valid until the next call on this socket; none on failure.</param>
    /// <returns>Whether a datagram was there.</returns>
    /// <exception cref="UnpException">
    /// ENOBUFS: messages were lost, because the receive buffer was full. The socket remains usable.
    /// </exception>
    public bool TryReceive(out NetlinkMessages messages)
    {
        messages = default;
        switch (ReceiveAvailable())
        {
            case Arrival.Datagram:
                messages = new NetlinkMessages(Received);
                return true;
            case Arrival.Overrun:
                throw Overrun();
            default:
                return false;
        }
    }

    /// <summary>Joins a multicast group, whose notifications then arrive at <see cref="Receive"/>.</summary>
    /// <param name="group">RTNLGRP_LINK, RTNLGRP_IPV4_ROUTE...</param>
    /// <exception cref="UnpException">EINVAL: the protocol has no such group. EPERM: the group is for privileged programs.</exception>
    public void Join(int group) => SetMembership(NETLINK_ADD_MEMBERSHIP, group);

    /// <summary>Leaves a multicast group.</summary>
    /// <param name="group">The group of an earlier <see cref="Join"/>.</param>
    /// <exception cref="UnpException">EINVAL: the protocol has no such group.</exception>
    public void Leave(int group) => SetMembership(NETLINK_DROP_MEMBERSHIP, group);

    /// <summary>
    /// Closes the descriptor. With an event loop, the loop's thread closes it, and pending waits throw an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        if (loopSocket is null)
            Descriptor.Dispose();
        else
            loopSocket.Dispose();
    }

    /// <summary>Returns the descriptor and the port id.</summary>
    public override string ToString() => $"netlink socket {Descriptor}, port {PortId}";

    void SetMembership(int option, int group) =>
        Libunp.Setsockopt(Descriptor, SOL_NETLINK, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in group)));

    UnpException Overrun() => new(Errno.ENOBUFS, "recvfrom", $"{Descriptor}");

    /// <summary>Sets the options, binds the socket if it has no port id, and returns the port id.</summary>
    static uint Prepare(Fd fd)
    {
        foreach (int option in (ReadOnlySpan<int>)[NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK])
        {
            if (setsockopt(fd, SOL_NETLINK, option, 1) < 0 && Errno.Last != Errno.ENOPROTOOPT)
                throw new UnpException(Errno.Last, "setsockopt", $"{fd}");
        }
        uint port = PortOf(Libunp.Getsockname(fd));
        if (port != 0)
            return port;
        var address = new sockaddr_nl { nl_family = (ushort)AF_NETLINK };
        Libunp.Bind(fd, new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr_nl>(in address))));
        return PortOf(Libunp.Getsockname(fd));
    }

    static uint PortOf(in SockAddr address) => MemoryMarshal.TryRead(address.Bytes, out sockaddr_nl netlink) ? netlink.nl_pid : 0;
}
