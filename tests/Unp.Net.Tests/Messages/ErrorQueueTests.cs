namespace Unp.Net.Tests.Messages;

/// <summary>Tests of the error queue, which holds the reasons why datagrams were not delivered.</summary>
public class ErrorQueueTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Refused_datagram_is_queued_with_destination_and_offender(int family)
    {
        using Fd fd = Loopback.Datagram(family);
        SockAddr deaf;
        using (Fd gone = Loopback.Datagram(family))
            deaf = Getsockname(gone);
        bool six = family == AF_INET6;
        Setsockopt(fd, six ? SocketOptions.Ipv6RecvErr : SocketOptions.IpRecvErr, true);
        Sendmsg(fd, "nobody there"u8, to: deaf);
        WaitForError(fd);

        byte[] buffer = new byte[20];
        ReceivedMessage received = Recvmsg(fd, buffer, MSG_ERRQUEUE, stackalloc byte[ControlSpace.ExtendedError]);
        Assert.Equal((12, deaf), (received.Length, received.Address));
        Assert.Equal(MSG_ERRQUEUE, received.Flags);
        Assert.Equal("nobody there"u8, buffer.AsSpan(0, 12));
        int errors = 0;
        foreach (ControlMessage message in received.Control)
        {
            Assert.True(message.TryGetError(out ExtendedError error));
            Assert.Equal(Errno.ECONNREFUSED, error.Errno);
            Assert.Equal(six ? SO_EE_ORIGIN_ICMP6 : SO_EE_ORIGIN_ICMP, error.Origin);
            Assert.Equal(six ? (1, 4) : (3, 3), (error.Type, error.Code)); // port unreachable
            Assert.Equal(SockAddr.Loopback(family), error.Offender);
            errors++;
        }
        Assert.Equal(1, errors);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recvmsg(fd, buffer, MSG_ERRQUEUE).Length).Errno);
    }

    /// <summary>
    /// A router connects the sender to a link with a smaller MTU. First the router reports the MTU and is the offender. Then the sender's
    /// own host knows the MTU, so there is no offender.
    /// </summary>
    [Theory]
    [InlineData(false, "192.0.2.1", "192.0.2.2", "198.51.100.2")]
    [InlineData(true, "2001:db8:1::1", "2001:db8:1::2", "2001:db8:2::2")]
    public void Datagram_above_path_MTU_is_queued_with_MTU_and_router(
        bool six, string own, string routers, string beyond)
    {
        using NetworkNamespace sender = new(), router = new(), receiver = new();
        NetworkNamespace.Join(sender, "near", router, "left");
        NetworkNamespace.Join(router, "right", receiver, "far");
        router.Run("""
            echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
            ip address add 192.0.2.2/24 dev left; ip address add 2001:db8:1::2/64 dev left nodad
            ip link set right mtu 1400; ip address add 198.51.100.1/24 dev right; ip address add 2001:db8:2::1/64 dev right nodad
            """);
        receiver.Run("ip link set far mtu 1400; ip address add 198.51.100.2/24 dev far; ip address add 2001:db8:2::2/64 dev far nodad");
        sender.Run("""
            ip address add 192.0.2.1/24 dev near; ip route add default via 192.0.2.2
            ip address add 2001:db8:1::1/64 dev near nodad; ip route add default via 2001:db8:1::2
            """);

        using Fd fd = sender.Socket(six ? AF_INET6 : AF_INET, SOCK_DGRAM);
        Bind(fd, SockAddr.Inet(own, 0));
        Setsockopt(fd, six ? SocketOptions.Ipv6RecvErr : SocketOptions.IpRecvErr, true);
        Setsockopt(fd, six ? SocketOptions.Ipv6MtuDiscover : SocketOptions.IpMtuDiscover, six ? IPV6_PMTUDISC_DO : IP_PMTUDISC_DO);
        SockAddr to = SockAddr.Inet(beyond, 9);
        byte[] datagram = new byte[1420];
        Sendmsg(fd, datagram, to: to);
        WaitForError(fd);
        var reported = new ExtendedError(
            Errno.EMSGSIZE, (byte)(six ? SO_EE_ORIGIN_ICMP6 : SO_EE_ORIGIN_ICMP), six ? (byte)2 : (byte)3, six ? (byte)0 : (byte)4,
            Info: 1400, Data: 0,
            SockAddr.Inet(routers, 0));
        Assert.Equal((reported, to), ReceiveError(fd));

        // If the local host reports the error, IPv4 includes the port only for a connected socket.
        Assert.Equal(Errno.EMSGSIZE, Assert.Throws<UnpException>(() => Sendmsg(fd, datagram, to: to)).Errno);
        (reported, SockAddr sentTo) = ReceiveError(fd);
        Assert.Equal(new ExtendedError(Errno.EMSGSIZE, (byte)SO_EE_ORIGIN_LOCAL, 0, 0, Info: 1400, Data: 0, default), reported);
        Assert.Equal(six ? to : SockAddr.Inet(beyond, 0), sentTo);
    }

    static (ExtendedError Error, SockAddr To) ReceiveError(Fd fd)
    {
        ReceivedMessage received = Recvmsg(fd, new byte[2000], MSG_ERRQUEUE | MSG_DONTWAIT, stackalloc byte[ControlSpace.ExtendedError]);
        foreach (ControlMessage message in received.Control)
        {
            if (message.TryGetError(out ExtendedError error))
                return (error, received.Address);
        }
        throw new InvalidOperationException("no error came");
    }

    static void WaitForError(Fd fd)
    {
        Span<pollfd> wait = [new pollfd { fd = Kernel.Number(fd) }];
        Assert.Equal(1, Poll(wait, Limit.Default));
        Assert.Equal(POLLERR, wait[0].revents);
    }
}
