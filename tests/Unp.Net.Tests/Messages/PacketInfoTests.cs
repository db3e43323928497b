namespace Unp.Net.Tests.Messages;

/// <summary>Tests of the destination and the interface of received datagrams, and of the source address of sent ones.</summary>
public class PacketInfoTests
{
    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.3")]
    public void Wildcard_server_answers_from_destination_address(string destination)
    {
        using Fd server = AskingServer(AF_INET, out int port), client = Loopback.Datagram();
        Sendmsg(client, "to whom?"u8, to: SockAddr.Parse($"{destination}:{port}"));

        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(server, buffer, 0, stackalloc byte[ControlSpace.PacketInfo]);
        Assert.True(received.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal((SockAddr.Parse($"{destination}:0"), AF_INET), (info.Destination, info.Family));
        Assert.Equal(info.Destination, info.LocalAddress);
        Assert.Equal("lo", If_indextoname((uint)info.InterfaceIndex));
        Assert.Equal($"{info.Destination} on interface {info.InterfaceIndex}", info.ToString());

        var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
        control.AddPacketInfo(info.LocalAddress, info.InterfaceIndex);
        SockAddr to = received.Address;
        Sendmsg(server, "from me"u8, 0, to, control.Written);
        Assert.Equal(7, Recvfrom(client, buffer, 0, out SockAddr from));
        Assert.Equal(SockAddr.Parse($"{destination}:{port}"), from);
    }

    [Fact]
    public void IPv6_server_answers_from_destination_address()
    {
        using Fd server = AskingServer(AF_INET6, out int port), client = Loopback.Datagram(AF_INET6);
        Sendmsg(client, "x"u8, to: SockAddr.Loopback(AF_INET6, port));
        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(server, buffer, 0, stackalloc byte[ControlSpace.PacketInfo]);
        Assert.True(received.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal(SockAddr.Loopback(AF_INET6), info.Destination);
        Assert.Equal("lo", If_indextoname((uint)info.InterfaceIndex));

        var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
        control.AddPacketInfo(info.LocalAddress);
        Sendmsg(server, "y"u8, 0, Getsockname(client), control.Written);
        Recvfrom(client, buffer, 0, out SockAddr from);
        Assert.Equal(SockAddr.Loopback(AF_INET6, port), from);
    }

    /// <summary>
    /// A link-local address needs the interface as its scope. The sender's address contains the scope only if it is link-local, too.
    /// </summary>
    [Fact]
    public void Link_local_destination_can_be_source_and_bound()
    {
        using Link link = new();
        using Fd server = AskingServer(link.Here, out int port), client = link.There.Socket(AF_INET6, SOCK_DGRAM);
        Sendmsg(client, "question"u8, to: link.ServerSeenByClient(port));

        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(server, buffer, 0, stackalloc byte[ControlSpace.PacketInfo]);
        Assert.True(received.TryGetPacketInfo(out PacketInfo info));
        SockAddr own = SockAddr.Inet("fe80::1", 0);
        own.ScopeId = link.ServerInterface;
        Assert.Equal((own, own, (int)link.ServerInterface), (info.Destination, info.LocalAddress, info.InterfaceIndex));
        Assert.Equal(link.ServerInterface, received.Address.ScopeId);

        // The source contains the scope, so the receiver's address needs none.
        SockAddr to = received.Address;
        to.ScopeId = 0;
        var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
        control.AddPacketInfo(info.LocalAddress);
        Sendmsg(server, "answer"u8, 0, to, control.Written);
        Assert.Equal(6, Recvfrom(client, buffer, 0, out SockAddr from));
        Assert.Equal(link.ServerSeenByClient(port), from);

        using Fd another = link.Here.Socket(AF_INET6, SOCK_DGRAM);
        Bind(another, info.LocalAddress);
    }

    [Fact]
    public void Multicast_can_be_answered_from_interface_of_arrival()
    {
        using Link link = new();
        using Fd server = AskingServer(link.Here, out int port), client = link.There.Socket(AF_INET6, SOCK_DGRAM);
        SockAddr all = SockAddr.Inet("ff02::1", port);
        all.ScopeId = link.ClientInterface;
        Sendmsg(client, "question"u8, to: all);

        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(server, buffer, 0, stackalloc byte[ControlSpace.PacketInfo]);
        Assert.True(received.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal($"ff02::1%{link.ServerInterface}", info.Destination.ToString());
        Assert.Equal(SockAddr.Any(AF_INET6), info.LocalAddress); // IPv6 does not report it

        var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
        control.AddPacketInfo(info.LocalAddress, info.InterfaceIndex);
        Sendmsg(server, "answer"u8, 0, received.Address, control.Written);
        Assert.Equal(6, Recvfrom(client, buffer, 0, out SockAddr from));
        Assert.Equal(link.ServerSeenByClient(port), from);
    }

    [Fact]
    public void Dual_stack_server_answers_IPv4_from_destination_address()
    {
        using Fd server = Loopback.Limited(Socket(AF_INET6, SOCK_DGRAM)), client = Loopback.Datagram();
        Setsockopt(server, SocketOptions.Ipv6V6Only, false);
        Setsockopt(server, SocketOptions.Ipv6RecvPktInfo, true);
        Bind(server, SockAddr.Any(AF_INET6));
        SockAddr to = SockAddr.Inet("127.0.0.2", Getsockname(server).Port);
        Sendmsg(client, "question"u8, to: to);
        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(server, buffer, 0, stackalloc byte[ControlSpace.PacketInfo]);
        Assert.True(received.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal(SockAddr.Inet("::ffff:127.0.0.2", 0), info.LocalAddress);
        var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
        control.AddPacketInfo(info.LocalAddress);
        Sendmsg(server, "answer"u8, 0, received.Address, control.Written);
        Assert.Equal(6, Recvfrom(client, buffer, 0, out SockAddr from));
        Assert.Equal(to, from);
    }

    [Fact]
    public void Foreign_source_address_is_rejected()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr to = Getsockname(fd);
        var failure = Assert.Throws<UnpException>(() =>
        {
            var control = new ControlWriter(stackalloc byte[ControlSpace.PacketInfo]);
            control.AddPacketInfo(SockAddr.Parse("192.0.2.1:0"));
            Sendmsg(fd, "x"u8, 0, to, control.Written);
        });
        Assert.Contains(failure.Errno, (Errno[])[Errno.EINVAL, Errno.ENETUNREACH]);
        Assert.Contains("is neither an IPv4 nor an IPv6 address.", Assert.Throws<ArgumentException>("source", () =>
            new ControlWriter(new byte[100]).AddPacketInfo(SockAddr.Unix("/tmp/x"))).Message);
    }

    [Fact]
    public void Socket_without_option_reports_no_packet_info()
    {
        using Fd first = Loopback.Datagram(), second = Loopback.Datagram();
        Sendmsg(first, "x"u8, to: Getsockname(second));
        ReceivedMessage received = Recvmsg(second, new byte[1], 0, stackalloc byte[100]);
        Assert.False(received.TryGetPacketInfo(out PacketInfo info));
        Assert.Equal((AF_UNSPEC, 0, default, default), (info.Family, info.InterfaceIndex, info.Destination, info.LocalAddress));
    }

    [Fact]
    public void Small_control_buffer_is_reported()
    {
        using Fd server = AskingServer(AF_INET, out int port), client = Loopback.Datagram();
        Sendmsg(client, "x"u8, to: SockAddr.Loopback(AF_INET, port));
        Sendmsg(client, "x"u8, to: SockAddr.Loopback(AF_INET, port));
        ReceivedMessage received = Recvmsg(server, new byte[1], 0, stackalloc byte[20]);
        Assert.True(received.IsControlTruncated);
        Assert.False(received.TryGetPacketInfo(out _));
        Assert.True(Recvmsg(server, new byte[1]).IsControlTruncated);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Recvfrom_flags_returns_flags_and_packet_info(int family)
    {
        using Fd server = AskingServer(family, out int port), client = Loopback.Datagram(family);
        Sendmsg(client, "longer"u8, to: SockAddr.Loopback(family, port));
        byte[] buffer = new byte[4];
        int flags = 0;
        Assert.Equal(4, Recvfrom_flags(server, buffer, ref flags, out SockAddr from, out PacketInfo info));
        Assert.Equal((MSG_TRUNC, Getsockname(client), SockAddr.Loopback(family)), (flags, from, info.Destination));
        Assert.Equal("lo", If_indextoname((uint)info.InterfaceIndex));

        flags = MSG_DONTWAIT;
        Assert.Equal(-1, recvfrom_flags(server, buffer, ref flags, out _, out _));
        Assert.Equal((Errno.EAGAIN, MSG_DONTWAIT), (Errno.Last, flags));
        Assert.Equal(
            $"recvfrom_flags error: Resource temporarily unavailable ({server})",
            Assert.Throws<UnpException>(() => Recvfrom_flags(server, buffer, ref flags, out _, out _)).Message);
        Assert.Throws<ArgumentException>("buffer", () => Recvfrom_flags(server, default, ref flags, out _, out _));
    }

    static Fd AskingServer(int family, out int port) => AskingServer(Loopback.Limited(Socket(family, SOCK_DGRAM)), family, out port);

    static Fd AskingServer(NetworkNamespace host, out int port) => AskingServer(host.Socket(AF_INET6, SOCK_DGRAM), AF_INET6, out port);

    static Fd AskingServer(Fd server, int family, out int port)
    {
        Setsockopt(server, family == AF_INET ? SocketOptions.IpPktInfo : SocketOptions.Ipv6RecvPktInfo, true);
        Bind(server, SockAddr.Any(family));
        port = Getsockname(server).Port;
        return server;
    }

    /// <summary>Two hosts on one link with link-local addresses only: the server fe80::1 and the client fe80::2.</summary>
    sealed class Link : IDisposable
    {
        public Link()
        {
            There.Run("ip link add spare type veth peer name another"); // so that the interfaces of the two hosts have different indexes
            NetworkNamespace.Join(Here, "s", There, "c");
            Here.Run("ip address flush dev s; ip address add fe80::1/64 dev s nodad");
            There.Run("ip address flush dev c; ip address add fe80::2/64 dev c nodad");
        }

        public NetworkNamespace Here { get; } = new();

        public NetworkNamespace There { get; } = new();

        public uint ServerInterface => Index(Here, "s");

        public uint ClientInterface => Index(There, "c");

        public SockAddr ServerSeenByClient(int port)
        {
            SockAddr address = SockAddr.Inet("fe80::1", port);
            address.ScopeId = ClientInterface;
            return address;
        }

        public void Dispose()
        {
            Here.Dispose();
            There.Dispose();
        }

        static uint Index(NetworkNamespace host, string name)
        {
            using Fd fd = host.Socket(AF_INET6, SOCK_DGRAM);
            Setsockopt(fd, SocketOptions.BindToDevice, name);
            return (uint)Getsockopt(fd, SocketOptions.BindToIfIndex);
        }
    }
}
