namespace Unp.Net.Tests.Multicast;

/// <summary>Tests the interface, the loopback and the hop limit of multicast datagrams that a socket sends.</summary>
public class SendingTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Values_are_read_back(int family)
    {
        using Fd fd = Socket(family, SOCK_DGRAM);
        uint lo = if_nametoindex("lo");
        Assert.Equal((0u, true, 1), (Mcast_get_if(fd), Mcast_get_loop(fd), Mcast_get_ttl(fd)));
        Mcast_set_if(fd, "lo");
        Mcast_set_loop(fd, false);
        Mcast_set_ttl(fd, 255);
        Assert.Equal((lo, false, 255), (Mcast_get_if(fd), Mcast_get_loop(fd), Mcast_get_ttl(fd)));
        Mcast_set_if(fd);
        Mcast_set_loop(fd, true);
        Mcast_set_ttl(fd, -1);
        Assert.Equal((0u, true, 1), (Mcast_get_if(fd), Mcast_get_loop(fd), Mcast_get_ttl(fd)));
        Mcast_set_if(fd, "no such name", lo); // the index wins
        Mcast_set_ttl(fd, 0);
        Assert.Equal((lo, 0), (Mcast_get_if(fd), Mcast_get_ttl(fd)));
        Assert.Equal(((int)lo, 1, 0), (mcast_get_if(fd), mcast_get_loop(fd), mcast_get_ttl(fd)));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Hop_limit_out_of_range_is_refused_by_kernel(int family)
    {
        using Fd fd = Socket(family, SOCK_DGRAM);
        foreach (int ttl in (int[])[256, -2])
        {
            var failure = Assert.Throws<UnpException>(() => Mcast_set_ttl(fd, ttl));
            Assert.Equal($"mcast_set_ttl error: Invalid argument ({ttl})", failure.Message);
        }
        Assert.Equal(1, Mcast_get_ttl(fd));
    }

    [Theory]
    [InlineData("192.0.2.1/24", "192.0.2.2/24")]
    [InlineData("192.0.2.1/32 peer 192.0.2.2", "192.0.2.2/32 peer 192.0.2.1")]
    public void IPv4_interface_is_found_by_any_of_its_addresses(string own, string other)
    {
        using NetworkNamespace host = new(), peer = new();
        NetworkNamespace.Join(host, "v0", peer, "v0");
        host.Run($"ip address add {own} dev v0; ip address add 198.51.100.7/24 dev v0 label v0:1");
        peer.Run($"ip address add {other} dev v0");
        using Fd fd = host.Socket(AF_INET, SOCK_DGRAM);
        host.Call(() =>
        {
            uint v0 = if_nametoindex("v0");
            Mcast_set_if(fd, "v0");
            Assert.Equal("192.0.2.1", $"{Getsockopt(fd, SocketOptions.IpMulticastIf)}");
            Assert.Equal(v0, Mcast_get_if(fd));
            Mcast_set_if(fd);
            Setsockopt(fd, SocketOptions.IpMulticastIf, System.Net.IPAddress.Parse("198.51.100.7"));
            Assert.Equal(v0, Mcast_get_if(fd));
        });
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Datagram_leaves_by_chosen_interface(int family)
    {
        using NetworkNamespace sender = new(), first = new(), second = new();
        NetworkNamespace.Join(sender, "v1", first, "v0");
        NetworkNamespace.Join(sender, "v2", second, "v0");
        sender.Run("""
            ip address add 198.18.1.1/24 dev v1; ip address add 2001:db8:1::1/64 dev v1 nodad
            ip address add 198.18.2.1/24 dev v2; ip address add 2001:db8:2::1/64 dev v2 nodad
            """);
        SockAddr group = SockAddr.Inet(family == AF_INET ? "239.255.1.2" : "ff05::1:2", 9877);
        first.Run("ip address add 2001:db8:1::2/64 dev v0 nodad");
        second.Run("ip address add 2001:db8:2::2/64 dev v0 nodad");
        using Fd fd = sender.Socket(family, SOCK_DGRAM), one = Member(first), two = Member(second);
        foreach (string name in (string[])["v2", "v1", "v2"])
        {
            sender.Call(() => Mcast_set_if(fd, name));
            Sendto(fd, System.Text.Encoding.ASCII.GetBytes(name), 0, group);
        }
        byte[] buffer = new byte[10];
        Assert.Equal("v1"u8, buffer.AsSpan(0, Recvfrom(one, buffer, 0, out SockAddr from)));
        if (family == AF_INET)
            Assert.Equal(SockAddr.Inet("198.18.1.1", from.Port), from);
        Assert.Equal("v2"u8, buffer.AsSpan(0, Recvfrom(two, buffer, 0, out _)));
        Assert.Equal("v2"u8, buffer.AsSpan(0, Recvfrom(two, buffer, 0, out _)));

        Fd Member(NetworkNamespace host)
        {
            Fd member = host.Socket(family, SOCK_DGRAM);
            Bind(member, group);
            host.Call(() => Mcast_join(member, group, "v0"));
            return member;
        }
    }

    [Fact]
    public void Interface_without_IPv4_address_sends_but_is_not_read_back()
    {
        using NetworkNamespace sender = new(), receiver = new();
        NetworkNamespace.Join(sender, "v0", receiver, "v0");
        SockAddr group = SockAddr.Inet("239.255.1.2", 9877);
        using Fd fd = sender.Socket(AF_INET, SOCK_DGRAM), member = receiver.Socket(AF_INET, SOCK_DGRAM);
        Bind(member, group);
        receiver.Call(() => Mcast_join(member, group, "v0"));
        sender.Run("ip address add 192.0.2.1/32 dev lo"); // a source address, on another interface
        sender.Call(() => Mcast_set_if(fd, "v0"));
        Sendto(fd, "sent"u8, 0, group);
        Assert.Equal(4, Recvfrom(member, new byte[10], 0, out _));
        Assert.Equal(0u, sender.Call(() => Mcast_get_if(fd)));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Own_member_receives_only_with_loopback(int family)
    {
        using var host = new NetworkNamespace();
        SockAddr group = SockAddr.Inet(family == AF_INET ? "239.255.1.2" : "ff05::1:2", 9877);
        using Fd fd = host.Socket(family, SOCK_DGRAM), member = host.Socket(family, SOCK_DGRAM);
        host.Run("ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up");
        host.Run("ip address add 192.0.2.1/24 dev v0; ip address add 2001:db8::1/64 dev v0 nodad");
        Bind(member, group);
        host.Call(() => Mcast_join(member, group, "v0"));
        host.Call(() => Mcast_set_if(fd, "v0"));
        Mcast_set_loop(fd, false);
        Sendto(fd, "no"u8, 0, group);
        Mcast_set_loop(fd, true);
        Sendto(fd, "yes"u8, 0, group);
        byte[] buffer = new byte[10];
        Assert.Equal("yes"u8, buffer.AsSpan(0, Recvfrom(member, buffer, 0, out _)));
    }
}
