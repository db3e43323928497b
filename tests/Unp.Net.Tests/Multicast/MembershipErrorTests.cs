namespace Unp.Net.Tests.Multicast;

/// <summary>Tests what the functions for groups refuse, and which error the kernel reports.</summary>
public class MembershipErrorTests
{
    static readonly SockAddr Group = SockAddr.Inet("239.255.1.2", 9877);
    static readonly SockAddr Source = SockAddr.Inet("127.0.0.2", 1);

    static void Fails(Errno expected, string message, Action call)
    {
        var failure = Assert.Throws<UnpException>(call);
        Assert.Equal((expected, message), (failure.Errno, failure.Message));
    }

    [Theory]
    [InlineData("192.0.2.1:9877", "192.0.2.1")]
    [InlineData("240.0.0.1", "240.0.0.1")]
    [InlineData("[2001:db8::1]:9877", "2001:db8::1")]
    [InlineData("::ffff:224.0.0.1", "::ffff:224.0.0.1")]
    public void Unicast_address_is_refused_as_group(string text, string host)
    {
        SockAddr address = SockAddr.Parse(text);
        using Fd fd = Socket(address.Family, SOCK_DGRAM);
        string because = $"Invalid argument ({host} is not a multicast address";
        Fails(Errno.EINVAL, $"mcast_join error: {because} on lo)", () => Mcast_join(fd, address, "lo"));
        Fails(Errno.EINVAL, $"mcast_leave error: {because})", () => Mcast_leave(fd, address));
        Fails(
            Errno.EINVAL, $"mcast_join_source_group error: {because} from ::1 on interface 1)",
            () => Mcast_join_source_group(fd, SockAddr.Loopback(AF_INET6), address, null, 1));
        Assert.Equal((-1, Errno.EINVAL), (mcast_block_source(fd, address, address), Errno.Last));
    }

    [Fact]
    public void Other_family_is_EAFNOSUPPORT()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM), local = Socket(AF_UNIX, SOCK_DGRAM);
        const string Because = "Address family not supported by protocol";
        Fails(Errno.EAFNOSUPPORT, $"mcast_join error: {Because} (/tmp/x)", () => Mcast_join(fd, SockAddr.Unix("/tmp/x")));
        Fails(Errno.EAFNOSUPPORT, $"mcast_join error: {Because} ((no address) on lo)", () => Mcast_join(fd, default, "lo"));
        Fails(
            Errno.EAFNOSUPPORT, $"mcast_block_source error: {Because} (239.255.1.2 from ::1)",
            () => Mcast_block_source(fd, SockAddr.Loopback(AF_INET6), Group));
        foreach (Action call in (Action[])[
            () => Mcast_get_if(local), () => Mcast_get_loop(local), () => Mcast_get_ttl(local),
            () => Mcast_set_if(local, "lo"), () => Mcast_set_loop(local, true), () => Mcast_set_ttl(local, 2)])
            Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(call).Errno);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Unknown_interface_is_ENXIO_with_its_name_or_index(int family)
    {
        using var host = new NetworkNamespace();
        using Fd fd = host.Socket(family, SOCK_DGRAM);
        SockAddr group = SockAddr.Inet(family == AF_INET ? "239.255.1.2" : "ff05::1:2", 9877);
        SockAddr source = SockAddr.Loopback(family);
        string text = Sock_ntop_host(group), from = Sock_ntop_host(source);
        const string Because = "No such device or address";
        Fails(Errno.ENXIO, $"mcast_join error: {Because} ({text} on no0)", () => Mcast_join(fd, group, "no0"));
        Fails(Errno.ENXIO, $"mcast_join error: {Because} ({text} on interface 4711)", () => Mcast_join(fd, group, ifindex: 4711));
        Fails(
            Errno.ENXIO, $"mcast_join_source_group error: {Because} ({text} from {from} on interface 4711)",
            () => Mcast_join_source_group(fd, source, group, ifindex: 4711));
        Fails(Errno.ENXIO, $"mcast_set_if error: {Because} (no0)", () => Mcast_set_if(fd, "no0"));
        Fails(Errno.ENXIO, $"mcast_set_if error: {Because} (interface 4711)", () => Mcast_set_if(fd, ifindex: 4711));
        Fails(Errno.ENODEV, $"mcast_join error: No such device ({text})", () => Mcast_join(fd, group)); // without a route
    }

    [Fact]
    public void Kernels_error_names_group_source_and_interface()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Mcast_join(fd, Group, "lo");
        Fails(Errno.EADDRINUSE, "mcast_join error: Address already in use (239.255.1.2 on lo)", () => Mcast_join(fd, Group, "lo"));
        Fails(
            Errno.EADDRNOTAVAIL, "mcast_unblock_source error: Cannot assign requested address (239.255.1.2 from 127.0.0.2 on lo)",
            () => Mcast_unblock_source(fd, Source, Group, "lo"));
        Mcast_leave(fd, Group, "lo");
        Fails(
            Errno.EADDRNOTAVAIL, "mcast_leave error: Cannot assign requested address (239.255.1.2 on lo)",
            () => Mcast_leave(fd, Group, "lo"));
        Fails(
            Errno.EINVAL, "mcast_leave_source_group error: Invalid argument (239.255.1.2 from 127.0.0.2 on lo)",
            () => Mcast_leave_source_group(fd, Source, Group, "lo"));
        SockAddr group6 = SockAddr.Inet("ff02::1:2", 0);
        Fails(Errno.ENOPROTOOPT, "mcast_join error: Protocol not available (ff02::1:2 on lo)", () => Mcast_join(fd, group6, "lo"));
    }

    [Fact]
    public void Groups_and_sources_beyond_limit_are_ENOBUFS()
    {
        using var host = new NetworkNamespace();
        host.Run("cd /proc/sys/net/ipv4; echo 2 >igmp_max_memberships; echo 2 >igmp_max_msf");
        using Fd fd = host.Socket(AF_INET, SOCK_DGRAM);
        Mcast_join(fd, Group, "lo");
        Mcast_join_source_group(fd, Source, SockAddr.Inet("232.0.0.1", 0), "lo");
        Mcast_join_source_group(fd, SockAddr.Inet("127.0.0.3", 0), SockAddr.Inet("232.0.0.1", 0), "lo");
        Fails(
            Errno.ENOBUFS, "mcast_join_source_group error: No buffer space available (232.0.0.1 from 127.0.0.4 on lo)",
            () => Mcast_join_source_group(fd, SockAddr.Inet("127.0.0.4", 0), SockAddr.Inet("232.0.0.1", 0), "lo"));
        Fails(
            Errno.ENOBUFS, "mcast_join error: No buffer space available (239.255.1.3 on lo)",
            () => Mcast_join(fd, SockAddr.Inet("239.255.1.3", 0), "lo"));
    }
}
