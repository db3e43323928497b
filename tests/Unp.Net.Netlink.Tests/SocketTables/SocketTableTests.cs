using System.Globalization;

namespace Unp.Net.Netlink.Tests;

/// <summary>Listings of sockets, each in a network namespace of its own.</summary>
public sealed class SocketTableTests : IDisposable
{
    readonly NetworkNamespace host = new();
    readonly SocketTable table;

    public SocketTableTests()
    {
        table = new SocketTable(new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG)) { Timeout = Limit.Default });
    }

    public void Dispose()
    {
        table.Dispose();
        host.Dispose();
    }

    Fd Listener(int family = 2, int backlog = 7)
    {
        Fd fd = host.Socket(family, SOCK_STREAM);
        Bind(fd, SockAddr.Loopback(family));
        Listen(fd, backlog);
        return fd;
    }

    /// <summary>Returns the number in the link <c>socket:[number]</c> of a descriptor.</summary>
    static uint Inode(Fd fd) => uint.Parse(
        new FileInfo($"/proc/self/fd/{fd.DangerousGetHandle()}").LinkTarget!["socket:[".Length..^1], CultureInfo.InvariantCulture);

    [Fact]
    public void Empty_namespace_has_no_sockets()
    {
        Assert.Empty(table.Tcp());
        Assert.Empty(table.Udp());
        Assert.Empty(table.Unix());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Connection_has_addresses_queues_and_statistics(bool isIpv6)
    {
        int family = isIpv6 ? AF_INET6 : AF_INET;
        using Fd listener = Listener(family);
        using Fd client = host.Socket(family, SOCK_STREAM);
        Connect(client, Getsockname(listener));

        InetSocketInfo listening = Assert.Single(table.Tcp(new() { States = [TcpState.Listen] }));
        Assert.Equal(Getsockname(listener), listening.Local);
        Assert.Equal(SockAddr.Any(family), listening.Remote);
        Assert.Equal((1u, 7u), (listening.ReceiveQueue, listening.SendQueue));
        Assert.Equal(Inode(listener), listening.Inode);

        using Fd server = Accept(listener);
        Writen(client, new byte[1000]);
        InetSocketInfo receiver = Assert.Single(
            table.Tcp(new() { States = [TcpState.Established], RemotePort = Getsockname(client).Port }));
        Assert.Equal(Getsockname(server), receiver.Local);
        Assert.Equal(Getpeername(server), receiver.Remote);
        Assert.Equal((1000u, 0u), (receiver.ReceiveQueue, receiver.SendQueue));
        Assert.Equal((family, IPPROTO_TCP, TcpState.Established), (receiver.Family, receiver.Protocol, receiver.State));
        Assert.Equal(Inode(server), receiver.Inode);
        Assert.Equal(Getsockopt(server, SocketOptions.Cookie), receiver.Cookie);
        Assert.Equal(1000u, receiver.TcpInfo!.Value.BytesReceived);
        Assert.Equal(TcpState.Established, receiver.TcpInfo.Value.State);
        Assert.False(string.IsNullOrEmpty(receiver.CongestionControl));
        Assert.InRange(receiver.Memory!.Value.Receive, 1000u, receiver.Memory.Value.ReceiveLimit);
        Assert.Equal(geteuid(), receiver.Uid);
    }

    [Fact]
    public void Filter_selects_states_family_and_ports()
    {
        using Fd first = Listener();
        using Fd second = Listener(AF_INET6);
        using Fd client = host.Socket(AF_INET, SOCK_STREAM);
        Connect(client, Getsockname(first));
        Assert.Equal(4, table.Tcp().Count);
        Assert.Equal(2, table.Tcp(new() { States = [TcpState.Listen] }).Count);
        Assert.Equal(AF_INET6, Assert.Single(table.Tcp(new() { Family = AF_INET6 })).Family);
        Assert.Equal(3, table.Tcp(new() { Family = AF_INET }).Count);
        Assert.Equal(2, table.Tcp(new() { LocalPort = Getsockname(first).Port }).Count);
        Assert.Equal(Getsockname(client), Assert.Single(table.Tcp(new() { RemotePort = Getsockname(first).Port })).Local);
        Assert.Empty(table.Tcp(new() { States = [] }));
    }

    [Fact]
    public void States_follow_close_of_one_side()
    {
        using Fd listener = Listener();
        using Fd client = host.Socket(AF_INET, SOCK_STREAM);
        Connect(client, Getsockname(listener));
        using Fd server = Accept(listener);
        Shutdown(client, SHUT_WR);
        Assert.Equal(0, Read(server, new byte[1]));
        Limit.Until(() => StateOf(client) == TcpState.FinWait2, "the FIN is acknowledged");
        Assert.Equal(TcpState.CloseWait, StateOf(server));
        InetSocketInfo closing = Assert.Single(table.Tcp(new() { States = [TcpState.FinWait2] }));
        Assert.True(closing.IsSendShutDown);
        Assert.False(closing.IsReceiveShutDown);

        SockAddr address = Getsockname(client);
        Shutdown(server, SHUT_WR);
        client.Dispose();
        Limit.Until(() => table.Tcp(new() { States = [TcpState.TimeWait] }).Count == 1, "the connection is in TIME_WAIT");
        InetSocketInfo waiting = Assert.Single(table.Tcp(new() { States = [TcpState.TimeWait] }));
        Assert.Equal(address, waiting.Local);
        Assert.Equal(SocketTimer.TimeWait, waiting.Timer);
        Assert.InRange(waiting.TimerDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(0u, waiting.Inode);
        Assert.Null(waiting.TcpInfo);

        TcpState StateOf(Fd fd) => table.Tcp().Single(socket => socket.Inode == Inode(fd)).State;
    }

    [Fact]
    public void Unanswered_connect_is_in_SYN_SENT()
    {
        host.Run("ip link add v1 type veth peer name v2; ip link set v1 up; ip link set v2 up; ip address add 192.0.2.1/24 dev v1; "
            + "ip neigh add 192.0.2.2 lladdr 2:0:0:0:0:9 dev v1");
        using Fd client = host.Socket(AF_INET, SOCK_STREAM);
        Fcntl(client, F_SETFL, O_NONBLOCK);
        Assert.Equal(-1, connect(client, SockAddr.Inet("192.0.2.2", 7)));
        Assert.Equal(Errno.EINPROGRESS, Errno.Last);
        InetSocketInfo connecting = Assert.Single(table.Tcp());
        Assert.Equal(TcpState.SynSent, connecting.State);
        Assert.Equal(SocketTimer.Retransmission, connecting.Timer);
        Assert.Equal(1u, connecting.SendQueue); // the SYN
    }

    [Fact]
    public void Udp_sockets_have_states_and_interfaces()
    {
        using Fd unconnected = host.Socket(AF_INET6, SOCK_DGRAM);
        Setsockopt(unconnected, SocketOptions.Ipv6V6Only, true);
        Bind(unconnected, SockAddr.Any(AF_INET6));
        Setsockopt(unconnected, SocketOptions.BindToDevice, "lo");
        using Fd connected = host.Socket(AF_INET, SOCK_DGRAM);
        Connect(connected, SockAddr.Inet("127.0.0.1", 9));

        List<InetSocketInfo> sockets = table.Udp();
        Assert.Equal(2, sockets.Count);
        InetSocketInfo open = sockets.Single(socket => socket.State == TcpState.Closed);
        Assert.Equal(Getsockname(unconnected), open.Local);
        Assert.Equal((1, true), (open.InterfaceIndex, open.IsV6Only));
        InetSocketInfo joined = Assert.Single(table.Udp(new() { States = [TcpState.Established] }));
        Assert.Equal(SockAddr.Inet("127.0.0.1", 9), joined.Remote);
        Assert.Null(joined.TcpInfo);
        Assert.Equal(0, joined.InterfaceIndex);
    }

    [Fact]
    public void Raw_socket_has_its_protocol()
    {
        using Fd icmp = host.Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        List<InetSocketInfo> sockets;
        try
        {
            sockets = table.Raw();
        }
        catch (NetlinkException e)
        {
            // A kernel without raw_diag says so.
            Assert.Equal((Errno.ENOENT, "raw sockets"), (e.Errno, e.Subject));
            return;
        }
        InetSocketInfo raw = Assert.Single(sockets);
        Assert.Equal((AF_INET, IPPROTO_ICMP), (raw.Family, raw.Local.Port));
        Assert.Equal(Inode(icmp), raw.Inode);
    }

    [Fact]
    public void Unix_sockets_have_names_peers_and_queues()
    {
        using var directory = new TempDirectory();
        using Fd listener = host.Socket(AF_UNIX, SOCK_STREAM);
        Bind(listener, SockAddr.Unix(directory["s"]));
        Listen(listener, 5);
        using Fd client = host.Socket(AF_UNIX, SOCK_STREAM);
        Bind(client, SockAddr.UnixAbstract("a\0b"));
        Connect(client, SockAddr.Unix(directory["s"]));
        using Fd datagrams = host.Socket(AF_UNIX, SOCK_DGRAM);

        Dictionary<uint, UnixSocketInfo> sockets = table.Unix().ToDictionary(socket => socket.Inode);
        UnixSocketInfo server = sockets[Inode(listener)];
        Assert.Equal((SOCK_STREAM, TcpState.Listen, 1u, 5u), (server.Type, server.State, server.ReceiveQueue, server.SendQueue));
        Assert.Equal(SockAddr.Unix(directory["s"]), server.Local);
        Assert.Equal([Inode(client)], server.PendingInodes);
        Assert.NotEqual(0u, server.FileInode);
        Assert.Equal(geteuid(), server.Uid);

        using Fd accepted = Accept(listener);
        Writen(client, new byte[10]);
        sockets = table.Unix().ToDictionary(socket => socket.Inode);
        UnixSocketInfo sender = sockets[Inode(client)], receiver = sockets[Inode(accepted)];
        Assert.Equal(SockAddr.UnixAbstract("a\0b"), sender.Local);
        Assert.Equal((TcpState.Established, receiver.Inode), (sender.State, sender.PeerInode));
        Assert.Equal((sender.Inode, 10u), (receiver.PeerInode, receiver.ReceiveQueue));
        Assert.Equal(SockAddr.UnixUnnamed(), sockets[Inode(datagrams)].Local);
        Assert.Equal(SOCK_DGRAM, sockets[Inode(datagrams)].Type);
        Assert.Equal(Inode(listener), Assert.Single(table.Unix(new() { States = [TcpState.Listen] })).Inode);
    }

    [Fact]
    public void Many_sockets_are_listed_completely()
    {
        using Fd listener = Listener(backlog: 400);
        List<Fd> clients = [];
        try
        {
            for (int i = 0; i < 300; i++)
            {
                Fd client = host.Socket(AF_INET, SOCK_STREAM);
                clients.Add(client);
                Connect(client, Getsockname(listener));
            }
            List<InetSocketInfo> sockets = table.Tcp();
            Assert.Equal(601, sockets.DistinctBy(socket => (socket.Local, socket.Remote)).Count());
            Assert.All(clients, client => Assert.Contains(sockets, socket => socket.Inode == Inode(client)));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public void Wrong_filter_or_socket_is_refused()
    {
        UnpException e = Assert.Throws<UnpException>(() => table.Tcp(new() { Family = AF_UNIX }));
        Assert.Equal(Errno.EAFNOSUPPORT, e.Errno);
        Assert.Equal($"family {AF_UNIX}", e.Subject);
        Assert.Throws<ArgumentException>("LocalPort", () => table.Udp(new() { LocalPort = 65536 }));
        Assert.Throws<ArgumentException>("RemotePort", () => table.Unix(new() { RemotePort = -1 }));
        Assert.Throws<ArgumentException>("state", () => table.Tcp(new() { States = [(TcpState)99] }));
        using var route = new NetlinkSocket();
        Assert.Throws<ArgumentException>("socket", () => new SocketTable(route));
    }
}
