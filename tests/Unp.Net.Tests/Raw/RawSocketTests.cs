namespace Unp.Net.Tests.Raw;

/// <summary>Tests raw sockets on the loopback of a host of their own (UNP 28.2 to 28.4).</summary>
public sealed class RawSocketTests : IDisposable
{
    const int ICMP_ECHOREPLY = 0, ICMP_ECHO = 8, ICMP6_ECHO_REQUEST = 128, ICMP6_ECHO_REPLY = 129;

    // For experiments (RFC 3692).
    const int Experimental = 253;

    readonly NetworkNamespace host = new();
    readonly byte[] buffer = new byte[1500];

    public void Dispose() => host.Dispose();

    [Fact]
    public void Socket_of_named_protocol_gets_whole_packets()
    {
        using Fd fd = host.Socket(AF_INET, SOCK_RAW, getprotobyname("icmp")!.Number);
        Sendto(fd, Packets.Icmp(ICMP_ECHO, 7, "data"u8), 0, SockAddr.Loopback(AF_INET));
        Span<byte> packet;
        do
        {
            packet = buffer.AsSpan(0, Recvfrom(fd, buffer, 0, out SockAddr from));
            Assert.Equal(SockAddr.Loopback(AF_INET), from);
            Assert.Equal(0x45, packet[0]);
            Assert.Equal(0, In_cksum(packet[..Packets.IpHeader]));
            Assert.Equal(0, In_cksum(packet[Packets.IpHeader..]));
        }
        while (packet[Packets.IpHeader] == ICMP_ECHO); // the own request
        Assert.Equal(Packets.Icmp(ICMP_ECHOREPLY, 7, "data"u8), packet[Packets.IpHeader..].ToArray());
    }

    [Fact]
    public void Filter_passes_only_echo_replies()
    {
        using Fd fd = host.Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
        Icmp6Filter filter = Icmp6Filter.BlockAll;
        filter.Pass(ICMP6_ECHO_REPLY);
        Setsockopt(fd, SocketOptions.Icmp6Filter, filter);
        SockAddr loopback = SockAddr.Loopback(AF_INET6);

        // The kernel replaces the checksum of an ICMPv6 message.
        Sendto(fd, Packets.Icmp(ICMP6_ECHO_REQUEST, 7, "odd"u8), 0, loopback);
        Span<byte> message = buffer.AsSpan(0, Recvfrom(fd, buffer, 0, out _));
        Assert.Equal(ICMP6_ECHO_REPLY, message[0]);
        InternetChecksum sum = default;
        sum.AddPseudoHeader(loopback.AddressBytes, loopback.AddressBytes, IPPROTO_ICMPV6, message.Length);
        sum.Add(message);
        Assert.Equal(0, sum.Value);
    }

    [Fact]
    public void Program_supplies_IPv4_header()
    {
        using Fd receiver = Receiver(AF_INET, out SockAddr to), fd = host.Socket(AF_INET, SOCK_RAW, IPPROTO_UDP);
        Setsockopt(fd, SocketOptions.IpHdrIncl, true);

        // Another source than the socket's own, and first a datagram that the kernel drops.
        SockAddr source = SockAddr.Inet("127.9.9.9", 4321);
        Sendto(fd, Packets.Ip(source, to, IPPROTO_UDP, Packets.Udp(source, to, "broken"u8, isIntact: false)), 0, to);
        Sendto(fd, Packets.Ip(source, to, IPPROTO_UDP, Packets.Udp(source, to, "intact"u8)), 0, to);
        AssertReceives(receiver, "intact"u8, source);
    }

    [Fact]
    public void Program_supplies_checksum_over_IPv6()
    {
        using Fd receiver = Receiver(AF_INET6, out SockAddr to), fd = host.Socket(AF_INET6, SOCK_RAW, IPPROTO_UDP);
        SockAddr source = SockAddr.Inet("::1", 4321);
        Sendto(fd, Packets.Udp(source, to, "broken"u8, isIntact: false), 0, SockAddr.Loopback(AF_INET6));
        Sendto(fd, Packets.Udp(source, to, "intact"u8), 0, SockAddr.Loopback(AF_INET6));
        AssertReceives(receiver, "intact"u8, source);
    }

    [Fact]
    public void Kernel_supplies_checksum_over_IPv6()
    {
        using Fd receiver = Receiver(AF_INET6, out SockAddr to), fd = host.Socket(AF_INET6, SOCK_RAW, IPPROTO_UDP);
        Setsockopt(fd, SocketOptions.Ipv6Checksum, 6);
        SockAddr source = SockAddr.Inet("::1", 4321);
        Sendto(fd, Packets.Udp(source, to, "repaired"u8, isIntact: false), 0, SockAddr.Loopback(AF_INET6));
        AssertReceives(receiver, "repaired"u8, source);
    }

    [Fact]
    public void Bound_socket_gets_packets_to_its_address()
    {
        using Fd bound = host.Socket(AF_INET, SOCK_RAW, Experimental), sender = host.Socket(AF_INET, SOCK_RAW, Experimental);
        Bind(bound, SockAddr.Inet("127.0.0.2", 0));
        Sendto(sender, "to another"u8, 0, SockAddr.Inet("127.0.0.3", 0));
        Sendto(sender, "to it"u8, 0, SockAddr.Inet("127.0.0.2", 0));
        Assert.Equal("to it"u8.ToArray(), Receive(bound));

        // The address is also the source of what it sends.
        Sendto(bound, "from it"u8, 0, SockAddr.Inet("127.0.0.4", 0));
        using Fd all = host.Socket(AF_INET, SOCK_RAW, Experimental);
        Sendto(bound, "again"u8, 0, SockAddr.Inet("127.0.0.4", 0));
        int n = Recvfrom(all, buffer, 0, out SockAddr from);
        Assert.Equal("127.0.0.2", Sock_ntop_host(from));
        Assert.Equal("again"u8.ToArray(), buffer[Packets.IpHeader..n]);
    }

    [Fact]
    public void Connected_socket_gets_packets_of_its_peer()
    {
        using Fd connected = host.Socket(AF_INET, SOCK_RAW, Experimental);
        using Fd other = host.Socket(AF_INET, SOCK_RAW, Experimental), peer = host.Socket(AF_INET, SOCK_RAW, Experimental);
        Bind(connected, SockAddr.Inet("127.0.0.2", 0));
        Connect(connected, SockAddr.Inet("127.0.0.3", 0));
        Bind(other, SockAddr.Inet("127.0.0.4", 0));
        Bind(peer, SockAddr.Inet("127.0.0.3", 0));
        Sendto(other, "of another"u8, 0, SockAddr.Inet("127.0.0.2", 0));
        Sendto(peer, "of the peer"u8, 0, SockAddr.Inet("127.0.0.2", 0));
        Assert.Equal("of the peer"u8.ToArray(), Receive(connected));
        Send(connected, "to the peer"u8, 0);
        Assert.Equal("to the peer"u8.ToArray(), Receive(peer));
    }

    /// <summary>
    /// The kernel sets the id of the request and passes only its reply, without an IPv4 header. <c>ping_group_range</c> names the groups
    /// that may have such sockets, which are none by default.
    /// </summary>
    [Theory]
    [InlineData(false, IPPROTO_ICMP, ICMP_ECHO, ICMP_ECHOREPLY)]
    [InlineData(true, IPPROTO_ICMPV6, ICMP6_ECHO_REQUEST, ICMP6_ECHO_REPLY)]
    public void Datagram_socket_sends_echo_requests(bool isIPv6, int protocol, int request, int reply)
    {
        int family = isIPv6 ? AF_INET6 : AF_INET;
        host.Run("echo 1 0 >/proc/sys/net/ipv4/ping_group_range");
        Assert.Equal(Errno.EACCES, Assert.Throws<UnpException>(() => host.Socket(family, SOCK_DGRAM, protocol)).Errno);
        host.Run("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range");
        using Fd fd = host.Socket(family, SOCK_DGRAM, protocol);
        Sendto(fd, Packets.Icmp(request, 7, "data"u8), 0, SockAddr.Loopback(family));
        byte[] message = buffer[..Recvfrom(fd, buffer, 0, out _)];
        Assert.Equal(reply, message[0]);
        Assert.Equal(Getsockname(fd).Port, (message[4] << 8) | message[5]);
        Assert.Equal("data"u8.ToArray(), message[8..]);
    }

    /// <summary>The child gives up its rights, as the book's ping does after its raw socket is created.</summary>
    [Fact]
    public void Raw_socket_works_after_rights_are_given_up()
    {
        host.Run("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range");
        using Peer child = Peer.Start("nsenter", $"--net={host.Path}", ChildProcess.Executable, "ping without rights");
        Assert.Equal(
            new Outcome(0, "raw: reply\nuser 65534\nraw: reply\nanother raw: EPERM\ndatagram: reply\n", ""), child.Finish());
    }

    Fd Receiver(int family, out SockAddr address)
    {
        Fd fd = host.Socket(family, SOCK_DGRAM);
        Bind(fd, SockAddr.Loopback(family));
        address = Getsockname(fd);
        return fd;
    }

    void AssertReceives(Fd receiver, ReadOnlySpan<byte> expected, SockAddr source)
    {
        int n = Recvfrom(receiver, buffer, 0, out SockAddr from);
        Assert.Equal(expected.ToArray(), buffer[..n]);
        Assert.Equal(source, from);
    }

    byte[] Receive(Fd fd) => buffer[Packets.IpHeader..Recvfrom(fd, buffer, 0, out _)];
}
