using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>An IPv4 or IPv6 socket of any process, as <see cref="SocketTable"/> lists it (<c>sock_diag(7)</c>).</summary>
public sealed record InetSocketInfo
{
    /// <summary>Gets the address family, AF_INET or AF_INET6.</summary>
    public int Family { get; init; }

    /// <summary>Gets the protocol: IPPROTO_TCP, IPPROTO_UDP; for a raw socket the protocol of its packets.</summary>
    public int Protocol { get; init; }

    /// <summary>
    /// Gets the state. UDP and raw sockets are <see cref="TcpState.Established"/> if they are connected, otherwise
    /// <see cref="TcpState.Closed"/>.
    /// </summary>
    public TcpState State { get; init; }

    /// <summary>Gets the local address and port. The port of a raw socket is its protocol.</summary>
    public SockAddr Local { get; init; }

    /// <summary>Gets the remote address and port; the unspecified address and port 0 if there is none.</summary>
    public SockAddr Remote { get; init; }

    /// <summary>Gets the index of the interface to which the socket is bound (SO_BINDTODEVICE), or 0.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>
    /// Gets the number of bytes to read. Of a listening socket it is the number of connections that wait for <c>accept</c>.
    /// </summary>
    public uint ReceiveQueue { get; init; }

    /// <summary>
    /// Gets the number of bytes that the peer has not acknowledged. Of a listening socket it is the limit of waiting connections.
    /// </summary>
    public uint SendQueue { get; init; }

    /// <summary>Gets the user id of the owner.</summary>
    public uint Uid { get; init; }

    /// <summary>
    /// Gets the inode, which <c>/proc/PID/fd</c> names as <c>socket:[inode]</c>; 0 if no process has the socket open.
    /// </summary>
    public uint Inode { get; init; }

    /// <summary>Gets the number that identifies the socket until the next start of the system (SO_COOKIE).</summary>
    public ulong Cookie { get; init; }

    /// <summary>Gets the running timer.</summary>
    public SocketTimer Timer { get; init; }

    /// <summary>Gets the time until <see cref="Timer"/> expires.</summary>
    public TimeSpan TimerDelay { get; init; }

    /// <summary>Gets the number of retransmissions or probes.</summary>
    public int Retransmissions { get; init; }

    /// <summary>Gets the statistics of a TCP connection; null for TIME_WAIT, an incomplete handshake and other protocols.</summary>
    public TcpInfo? TcpInfo { get; init; }

    /// <summary>Gets the name of the congestion control, or null.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>Gets the type of service of IPv4, or null if the kernel does not report it.</summary>
    public byte? Tos { get; init; }

    /// <summary>Gets the traffic class of IPv6, or null if the kernel does not report it.</summary>
    public byte? TrafficClass { get; init; }

    /// <summary>Gets whether an IPv6 socket does not serve IPv4 (IPV6_V6ONLY); null if the kernel does not report it.</summary>
    public bool? IsV6Only { get; init; }

    /// <summary>Gets the memory, or null if the kernel does not report it.</summary>
    public SocketMemory? Memory { get; init; }

    /// <summary>Gets the mark (SO_MARK). Only processes with CAP_NET_ADMIN see it, others get null.</summary>
    public uint? Mark { get; init; }

    /// <summary>Gets whether receiving was shut down.</summary>
    public bool IsReceiveShutDown { get; init; }

    /// <summary>Gets whether sending was shut down.</summary>
    public bool IsSendShutDown { get; init; }

    /// <summary>Reads an answer of the kernel.</summary>
    /// <param name="message">The answer.</param>
    /// <param name="protocol">The protocol of the request, because answers do not repeat it.</param>
    /// <returns>The socket, or null if the message is too short or of another family.</returns>
    internal static InetSocketInfo? From(NetlinkMessage message, int protocol)
    {
        if (message.Type != SOCK_DIAG_BY_FAMILY || !message.TryGetHeader(out inet_diag_msg header)
            || (header.idiag_family != AF_INET && header.idiag_family != AF_INET6))
        {
            return null;
        }
        TcpInfo? info = null;
        string? congestion = null;
        byte? tos = null, trafficClass = null;
        bool? isV6Only = null;
        SocketMemory? memory = null;
        uint? mark = null;
        int shutdown = 0;
        foreach (NetlinkAttribute attribute in message.GetAttributes<inet_diag_msg>())
        {
            int type = attribute.Type;
            if (type == INET_DIAG_INFO && protocol == IPPROTO_TCP && !attribute.Value.IsEmpty)
                info = Net.TcpInfo.Read(attribute.Value);
            else if (type == INET_DIAG_CONG)
                congestion = attribute.Text;
            else if (type == INET_DIAG_TOS && attribute.TryRead(out byte value))
                tos = value;
            else if (type == INET_DIAG_TCLASS && attribute.TryRead(out value))
                trafficClass = value;
            else if (type == INET_DIAG_SKV6ONLY && attribute.TryRead(out value))
                isV6Only = value != 0;
            else if (type == INET_DIAG_SKMEMINFO)
                memory = SocketMemory.From(attribute);
            else if (type == INET_DIAG_MARK && attribute.TryRead(out uint number))
                mark = number;
            else if (type == INET_DIAG_SHUTDOWN && attribute.TryRead(out value))
                shutdown = value;
            else if (type == INET_DIAG_PROTOCOL && attribute.TryRead(out value))
                protocol = value;
        }
        return new()
        {
            Family = header.idiag_family,
            Protocol = protocol,
            State = SocketFilter.State(header.idiag_state),
            Local = Address(header.idiag_family, header.id.idiag_src, header.id.idiag_sport, header.id.idiag_if),
            Remote = Address(header.idiag_family, header.id.idiag_dst, header.id.idiag_dport, header.id.idiag_if),
            InterfaceIndex = (int)header.id.idiag_if,
            ReceiveQueue = header.idiag_rqueue,
            SendQueue = header.idiag_wqueue,
            Uid = header.idiag_uid,
            Inode = header.idiag_inode,
            Cookie = Cookie64(header.id.idiag_cookie),
            Timer = header.idiag_timer <= (int)SocketTimer.WindowProbe ? (SocketTimer)header.idiag_timer : SocketTimer.Retransmission,
            TimerDelay = TimeSpan.FromMilliseconds((long)header.idiag_expires),
            Retransmissions = header.idiag_retrans,
            TcpInfo = info,
            CongestionControl = congestion,
            Tos = tos,
            TrafficClass = trafficClass,
            IsV6Only = isV6Only,
            Memory = memory,
            Mark = mark,
            IsReceiveShutDown = (shutdown & 1) != 0,
            IsSendShutDown = (shutdown & 2) != 0,
        };
    }

    internal static ulong Cookie64(inet_diag_cookie cookie) => cookie[0] | ((ulong)cookie[1] << 32);

    static SockAddr Address(int family, ReadOnlySpan<byte> bytes, ushort port, uint scope)
    {
        var address = new IPAddress(bytes[..(family == AF_INET ? 4 : 16)]);
        if (address.IsIPv6LinkLocal)
            address.ScopeId = scope;
        return new SockAddr(address, ntohs(port));
    }
}
