namespace Unp.Net.Tests.Multicast;

/// <summary>Tests which datagrams the members of a group receive from real links.</summary>
public class MembershipTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Group_is_received_on_joined_interface_only(int family)
    {
        using Lan lan = Lan.Separate(family);
        using Fd fd = lan.Bound();
        lan.Receiver.Call(() => Mcast_join(fd, lan.Group, "v2"));
        lan.Send(1, "one");
        lan.Send(2, "two");
        Assert.Equal([$"{lan.On(2, 1)} two"], Lan.Received(fd, senders: 2));

        lan.Receiver.Call(() => Mcast_join(fd, lan.Group, "no such name", if_nametoindex("v1"))); // the index wins
        lan.Receiver.Call(() => Mcast_leave(fd, lan.Group, "v2"));
        lan.Send(1, "one");
        lan.Send(2, "two");
        Assert.Equal([$"{lan.On(1, 1)} one"], Lan.Received(fd, senders: 2));

        lan.Receiver.Run("ip route add 224.0.0.0/4 dev v1"); // without an interface, an IPv4 group is left where the route leads
        Mcast_leave(fd, lan.Group);
        lan.Send(1, "one");
        Assert.Empty(Lan.Received(fd, senders: 1));
        Assert.Equal(-1, mcast_leave(fd, lan.Group));
        Assert.Equal(Errno.EADDRNOTAVAIL, Errno.Last);
    }

    [Fact]
    public void Scope_id_of_group_is_interface_that_joins()
    {
        using Lan lan = Lan.Separate(AF_INET6);
        using Fd fd = lan.Bound();
        SockAddr group = lan.Group;
        group.ScopeId = lan.Receiver.Call(() => if_nametoindex("v2"));
        Mcast_join(fd, group);
        lan.Send(1, "one");
        lan.Send(2, "two");
        Assert.Equal([$"{lan.On(2, 1)} two"], Lan.Received(fd, senders: 2));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Only_joined_sources_of_group_are_received(int family)
    {
        using Lan lan = Lan.Bridged(family);
        using Fd fd = lan.Bound();
        SockAddr first = lan.On(1, 1), second = lan.On(2, 1);
        lan.Receiver.Call(() => Mcast_join_source_group(fd, second, lan.Group, "br0"));
        SendBoth("before");
        Assert.Equal([$"{second} before"], Lan.Received(fd, senders: 2));

        lan.Receiver.Call(() => Mcast_join_source_group(fd, first, lan.Group, "br0"));
        SendBoth("both");
        Assert.Equal([$"{first} both", $"{second} both"], Lan.Received(fd, senders: 2));

        lan.Receiver.Call(() => Mcast_leave_source_group(fd, second, lan.Group, "br0"));
        SendBoth("after");
        Assert.Equal([$"{first} after"], Lan.Received(fd, senders: 2));

        void SendBoth(string text)
        {
            lan.Send(1, text);
            lan.Send(2, text);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Blocked_source_of_group_is_not_received(int family)
    {
        using Lan lan = Lan.Bridged(family);
        using Fd fd = lan.Bound();
        SockAddr first = lan.On(1, 1), second = lan.On(2, 1);
        uint bridge = lan.Receiver.Call(() => if_nametoindex("br0"));
        Mcast_join(fd, lan.Group, ifindex: bridge);
        Mcast_block_source(fd, first, lan.Group, ifindex: bridge);
        lan.Send(1, "blocked");
        lan.Send(2, "open");
        Assert.Equal([$"{second} open"], Lan.Received(fd, senders: 2));

        Mcast_unblock_source(fd, first, lan.Group, ifindex: bridge);
        lan.Send(1, "unblocked");
        lan.Send(2, "open");
        Assert.Equal([$"{first} unblocked", $"{second} open"], Lan.Received(fd, senders: 2));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Socket_with_unicast_address_receives_no_group(int family)
    {
        using Lan lan = Lan.Separate(family);
        using Fd wild = lan.Bound(), fd = lan.Receiver.Socket(family, SOCK_DGRAM);
        Setsockopt(wild, SocketOptions.ReuseAddr, true);
        Setsockopt(fd, SocketOptions.ReuseAddr, true);
        Bind(fd, lan.On(2, 2, lan.Group.Port));
        lan.Receiver.Call(() => Mcast_join(fd, lan.Group, "v2"));
        lan.Send(2, "group");
        Assert.Empty(Lan.Received(fd, senders: 1));

        // The wildcard socket receives the group, although it has not joined it. So the datagram has arrived.
        Assert.Equal(5, Recvfrom(wild, new byte[10], 0, out _));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Groups_of_other_sockets_are_received_by_default(int family)
    {
        using Lan lan = Lan.Separate(family);
        using Fd member = lan.Bound(), other = lan.Receiver.Socket(family, SOCK_DGRAM);
        Setsockopt(member, SocketOptions.ReuseAddr, true);
        Setsockopt(other, SocketOptions.ReuseAddr, true);
        Bind(other, Getsockname(member));
        lan.Receiver.Call(() => Mcast_join(member, lan.Group, "v1"));
        lan.Send(1, "by default");
        Assert.Equal([$"{lan.On(1, 1)} by default"], Lan.Received(other, senders: 1)); // the socket bound last receives the "end"

        Setsockopt(other, family == AF_INET ? SocketOptions.IpMulticastAll : SocketOptions.Ipv6MulticastAll, false);
        lan.Send(1, "not chosen");
        Assert.Empty(Lan.Received(other, senders: 1));
    }
}
