namespace Unp.Net.Tests.Messages;

/// <summary>Tests the notice of the path MTU and the next hop of RFC 3542.</summary>
public class PathMtuTests
{
    [Fact]
    public void Notice_has_destination_and_mtu()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link set lo mtu 1400");
        using Fd server = host.Socket(AF_INET6, SOCK_DGRAM), client = host.Socket(AF_INET6, SOCK_DGRAM);
        Bind(server, SockAddr.Loopback(AF_INET6));
        SockAddr address = Getsockname(server);
        Setsockopt(client, SocketOptions.Ipv6DontFrag, true);
        Setsockopt(client, SocketOptions.Ipv6RecvPathMtu, true);
        UnpException failure = Assert.Throws<UnpException>(() => Sendto(client, new byte[2000], 0, address));
        Assert.Equal(Errno.EMSGSIZE, failure.Errno);

        ReceivedMessage message = Recvmsg(client, new byte[10], control: new byte[ControlSpace.PathMtu]);
        Assert.Equal(0, message.Length);
        Assert.True(message.TryGetPathMtu(out SockAddr destination, out int mtu));
        Assert.Equal((SockAddr.Loopback(AF_INET6), 1400), (destination, mtu));
        Assert.False(message.TryGetHopLimit(out _));
    }

    [Fact]
    public void Ordinary_datagram_has_no_notice()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        Sendto(client, "x"u8, 0, Getsockname(server));
        Assert.False(Recvmsg(server, new byte[10], control: new byte[256]).TryGetPathMtu(out SockAddr destination, out int mtu));
        Assert.Equal((default, 0), (destination, mtu));
    }

    [Fact]
    public void Next_hop_is_socket_address()
    {
        SockAddr hop = SockAddr.Inet("fe80::1", 0);
        hop.ScopeId = 7;
        var control = new ControlWriter(stackalloc byte[ControlSpace.NextHop]);
        control.AddNextHop(hop);
        foreach (ControlMessage message in new ControlMessages(control.Written))
        {
            Assert.Equal((IPPROTO_IPV6, IPV6_NEXTHOP), (message.Level, message.Type));
            Assert.Equal(hop, new SockAddr(message.Data));
        }
        Assert.Equal(ControlSpace.NextHop, control.Written.Length);
    }

    [Fact]
    public void Next_hop_must_be_IPv6()
    {
        string message = Assert.Throws<ArgumentException>("hop", static () =>
        {
            var control = new ControlWriter(stackalloc byte[100]);
            control.AddNextHop(SockAddr.Inet("192.0.2.1", 0));
        }).Message;
        Assert.StartsWith("The next hop 192.0.2.1 is not an IPv6 address.", message, StringComparison.Ordinal);
    }

    /// <summary>If Linux ever accepts the message, the documentation must change.</summary>
    [Fact]
    public void Next_hop_is_rejected_by_Linux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the BSDs have it");
        using Fd client = Loopback.Datagram(AF_INET6);
        UnpException failure = Assert.Throws<UnpException>(() =>
        {
            var control = new ControlWriter(stackalloc byte[ControlSpace.NextHop]);
            control.AddNextHop(SockAddr.Loopback(AF_INET6));
            Sendmsg(client, "x"u8, 0, Getsockname(client), control.Written);
        });
        Assert.Equal(Errno.EINVAL, failure.Errno);
    }
}
