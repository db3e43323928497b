using System.Net;

namespace Unp.Net.Tests.Options;

/// <summary>Tests joining and leaving of groups on the loopback interface.</summary>
public class MulticastOptionTests
{
    static readonly uint Lo = if_nametoindex("lo");
    static readonly IPAddress Group4 = IPAddress.Parse("239.255.1.2");
    static readonly IPAddress Group6 = IPAddress.Parse("ff01::1:2");
    static readonly IPAddress Source4 = IPAddress.Loopback;
    static readonly IPAddress Source6 = IPAddress.IPv6Loopback;

    static Fd Udp(int family) => Socket(family, SOCK_DGRAM);

    /// <summary>Joins, joins again with an error, leaves, and leaves again with an error.</summary>
    static void JoinAndLeave<T>(int family, SocketOption<T> join, SocketOption<T> leave, T group)
    {
        using Fd fd = Udp(family);
        Setsockopt(fd, join, group);
        UnpException twice = Assert.Throws<UnpException>(() => Setsockopt(fd, join, group));
        Assert.True(twice.Errno == Errno.EADDRINUSE || twice.Errno == Errno.EADDRNOTAVAIL, twice.Message);
        Assert.Contains($"({join.Name} = {group})", twice.Message, StringComparison.Ordinal);
        Setsockopt(fd, leave, group);
        Assert.Throws<UnpException>(() => Setsockopt(fd, leave, group));
    }

    [Fact]
    public void Group_is_in_exception_message()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM); // a TCP socket cannot join a group
        Assert.EndsWith(
            " (IP_ADD_MEMBERSHIP = 239.255.1.2)",
            Assert.Throws<UnpException>(() => Setsockopt(fd, SocketOptions.IpAddMembership, new MulticastGroup(Group4))).Message,
            StringComparison.Ordinal);
        Assert.Equal("239.255.1.2 on interface 7", new MulticastGroup(Group4, 7).ToString());
        Assert.Equal("239.255.1.2 from 127.0.0.1", new MulticastSource(Group4, Source4).ToString());
        Assert.Equal("239.255.1.2 from 127.0.0.1 on interface 7", new MulticastSource(Group4, Source4, 7).ToString());
        Assert.Equal("239.255.1.2 from 127.0.0.1 on 127.0.0.1", new IpMulticastSource(Group4, Source4, Source4).ToString());
    }

    [Fact]
    public void IPv4_group_is_joined_and_left() =>
        JoinAndLeave(AF_INET, SocketOptions.IpAddMembership, SocketOptions.IpDropMembership, new MulticastGroup(Group4, Lo));

    [Fact]
    public void IPv6_group_is_joined_and_left() =>
        JoinAndLeave(AF_INET6, SocketOptions.Ipv6JoinGroup, SocketOptions.Ipv6LeaveGroup, new MulticastGroup(Group6, Lo));

    [Fact]
    public void Group_of_either_family_is_joined_and_left()
    {
        JoinAndLeave(AF_INET, SocketOptions.McastJoinGroup, SocketOptions.McastLeaveGroup, new MulticastGroup(Group4, Lo));
        JoinAndLeave(AF_INET6, SocketOptions.McastJoinGroup, SocketOptions.McastLeaveGroup, new MulticastGroup(Group6, Lo));
    }

    [Fact]
    public void Source_of_either_family_is_joined_and_left()
    {
        MulticastSource source4 = new(Group4, Source4, Lo), source6 = new(Group6, Source6, Lo);
        JoinAndLeave(AF_INET, SocketOptions.McastJoinSourceGroup, SocketOptions.McastLeaveSourceGroup, source4);
        JoinAndLeave(AF_INET6, SocketOptions.McastJoinSourceGroup, SocketOptions.McastLeaveSourceGroup, source6);
    }

    [Fact]
    public void Source_on_interface_by_address_is_joined_and_left() =>
        JoinAndLeave(
            AF_INET,
            SocketOptions.IpAddSourceMembership,
            SocketOptions.IpDropSourceMembership,
            new IpMulticastSource(Group4, Source4, IPAddress.Loopback));

    [Fact]
    public void Source_of_group_is_blocked_and_unblocked()
    {
        using Fd fd = Udp(AF_INET);
        Setsockopt(fd, SocketOptions.McastJoinGroup, new MulticastGroup(Group4, Lo));
        Setsockopt(fd, SocketOptions.IpBlockSource, new IpMulticastSource(Group4, Source4, IPAddress.Loopback));
        Setsockopt(fd, SocketOptions.McastUnblockSource, new MulticastSource(Group4, Source4, Lo));
        Setsockopt(fd, SocketOptions.McastBlockSource, new MulticastSource(Group4, Source4, Lo));
        Setsockopt(fd, SocketOptions.IpUnblockSource, new IpMulticastSource(Group4, Source4, IPAddress.Loopback));
    }

    [Fact]
    public void Only_joined_source_is_received()
    {
        using Fd receiver = Udp(AF_INET);
        Bind(receiver, new SockAddr(Group4, 0));
        Setsockopt(receiver, SocketOptions.RcvTimeo, Limit.Default);
        Setsockopt(receiver, SocketOptions.McastJoinSourceGroup, new MulticastSource(Group4, IPAddress.Parse("127.0.0.2"), Lo));
        var group = new SockAddr(Group4, Getsockname(receiver).Port);

        foreach (var (source, text) in (ReadOnlySpan<(string, string)>)[("127.0.0.1", "no"), ("127.0.0.2", "yes")])
        {
            using Fd sender = Udp(AF_INET);
            Bind(sender, SockAddr.Inet(source, 0));
            Setsockopt(sender, SocketOptions.IpMulticastIf, IPAddress.Loopback);
            Sendto(sender, System.Text.Encoding.ASCII.GetBytes(text), 0, group);
        }
        byte[] buffer = new byte[10];
        Assert.Equal("yes"u8, buffer.AsSpan(0, Recvfrom(receiver, buffer, 0, out SockAddr from)));
        Assert.Equal("127.0.0.2", $"{from.Address}");
    }

    [Fact]
    public void Missing_or_wrong_family_address_is_argument_error()
    {
        using Fd fd = Udp(AF_INET);
        Assert.Contains(
            "IP_ADD_MEMBERSHIP takes an IPv4 address, not ff01::1:2.",
            Assert.Throws<ArgumentException>(() => Setsockopt(fd, SocketOptions.IpAddMembership, new(Group6))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "IPV6_JOIN_GROUP takes an IPv6 address, not 239.255.1.2.",
            Assert.Throws<ArgumentException>(() => Setsockopt(fd, SocketOptions.Ipv6JoinGroup, new(Group4))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "MCAST_BLOCK_SOURCE takes a group and a source of one family, not 239.255.1.2 and ::1.",
            Assert.Throws<ArgumentException>(() => Setsockopt(fd, SocketOptions.McastBlockSource, new(Group4, Source6))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Setsockopt(fd, SocketOptions.McastJoinGroup, default));
        Assert.Throws<ArgumentNullException>(() => Setsockopt(fd, SocketOptions.IpAddMembership, default));
        Assert.Throws<ArgumentNullException>(() => Setsockopt(fd, SocketOptions.Ipv6JoinGroup, default));
        Assert.Throws<ArgumentNullException>(() => Setsockopt(fd, SocketOptions.McastJoinSourceGroup, default));
    }
}
