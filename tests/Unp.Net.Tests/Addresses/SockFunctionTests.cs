using System.Net.Sockets;

namespace Unp.Net.Tests.Addresses;

public class SockFunctionTests
{
    static SockAddr Parse(string text) => SockAddr.Parse(text);

    static void Unsupported(Action call, string function, string subject)
    {
        var failure = Assert.Throws<UnpException>(call);
        Assert.Equal(Errno.EAFNOSUPPORT, failure.Errno);
        Assert.Equal($"{function} error: Address family not supported by protocol ({subject})", failure.Message);
    }

    static void Unsupported(Func<int> call)
    {
        Errno.Last = default;
        Assert.Equal(-1, call());
        Assert.Equal(Errno.EAFNOSUPPORT, Errno.Last);
    }

    public static TheoryData<int> InternetFamilies => [AF_INET, AF_INET6];

    public static TheoryData<int> AllFamilies => [AF_INET, AF_INET6, AF_UNIX];

    [Theory]
    [MemberData(nameof(InternetFamilies))]
    public void Wildcard_bind_returns_port_in_network_byte_order(int family)
    {
        using Fd thrower = Socket(family, SOCK_STREAM), twin = Socket(family, SOCK_STREAM);
        int port = Sock_bind_wild(thrower, family);
        Assert.Equal(SockAddr.Any(family, ntohs((ushort)port)), Getsockname(thrower));
        port = sock_bind_wild(twin, family);
        Assert.Equal(SockAddr.Any(family, ntohs((ushort)port)), Getsockname(twin));
        Assert.InRange(Getsockname(twin).Port, 1024, 65535);
    }

    [Fact]
    public void Failed_wildcard_bind_reports_error()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Unsupported(() => Sock_bind_wild(fd, AF_UNIX), "sock_bind_wild", "address family 1");
        Unsupported(() => sock_bind_wild(fd, AF_UNIX));
        Sock_bind_wild(fd, AF_INET);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Sock_bind_wild(fd, AF_INET)).Errno);
        Assert.Equal(-1, sock_bind_wild(fd, AF_INET));
        Assert.Equal(Errno.EINVAL, Errno.Last);
    }

    [Theory]
    [InlineData("1.2.3.4:80", "1.2.3.4:81", true)]
    [InlineData("1.2.3.4:80", "1.2.3.5:80", false)]
    [InlineData("[::1]:80", "[::1]:81", true)]
    [InlineData("[::1]:80", "[::2]:80", false)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/b", false)]
    [InlineData("/a", "/ab", false)]
    [InlineData("@a", "@a", true)]
    [InlineData("@a", "/a", false)]
    [InlineData("1.2.3.4", "::ffff:1.2.3.4", false)]
    [InlineData("1.2.3.4", "/a", false)]
    public void Addresses_are_compared_without_ports(string first, string second, bool equal)
    {
        Assert.Equal(equal, Sock_cmp_addr(Parse(first), Parse(second)) == 0);
        Assert.Equal(equal, sock_cmp_addr(Parse(second), Parse(first)) == 0);
    }

    [Theory]
    [InlineData("1.2.3.4:80", "9.9.9.9:80", true)]
    [InlineData("1.2.3.4:80", "1.2.3.4:81", false)]
    [InlineData("[::1]:80", "[::2]:80", true)]
    [InlineData("[::1]:80", "[::1]:0", false)]
    [InlineData("1.2.3.4:80", "[::1]:80", false)]
    [InlineData("1.2.3.4:80", "/a", false)]
    public void Ports_are_compared_without_addresses(string first, string second, bool equal)
    {
        Assert.Equal(equal, Sock_cmp_port(Parse(first), Parse(second)) == 0);
        Assert.Equal(equal, sock_cmp_port(Parse(first), Parse(second)) == 0);
    }

    [Theory]
    [InlineData("1.2.3.4:80")]
    [InlineData("[fe80::1%3]:80")]
    public void Port_is_set_and_returned_in_network_byte_order(string text)
    {
        SockAddr address = Parse(text);
        Assert.Equal(0x5000, Sock_get_port(address));
        Assert.Equal(0x5000, sock_get_port(address));
        Sock_set_port(ref address, 0x5100);
        Assert.Equal(81, address.Port);
        Assert.Equal(0, sock_set_port(ref address, 0xffff));
        Assert.Equal(65535, address.Port);
        Sock_set_port(ref address, htons(80));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Port_out_of_range_is_refused_and_named(int port)
    {
        SockAddr address = Parse("1.2.3.4:80");
        Assert.Contains($"{port}", Assert.Throws<ArgumentOutOfRangeException>(() => Sock_set_port(ref address, port)).Message);
        Assert.Contains($"{port}", Assert.Throws<ArgumentOutOfRangeException>(() => sock_set_port(ref address, port)).Message);
        Assert.Equal(80, address.Port);
    }

    [Fact]
    public void Address_is_replaced_and_port_kept()
    {
        SockAddr v4 = Parse("1.2.3.4:80");
        Sock_set_addr(ref v4, [5, 6, 7, 8]);
        Assert.Equal("5.6.7.8:80", v4.ToString());
        Assert.Equal(0, sock_set_wild(ref v4));
        Assert.Equal("0.0.0.0:80", v4.ToString());

        SockAddr v6 = Parse("[2001:db8::1]:80");
        Assert.Equal(0, sock_set_addr(ref v6, [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]));
        Assert.Equal("[fe80::2]:80", v6.ToString());
        Sock_set_wild(ref v6);
        Assert.Equal("[::]:80", v6.ToString());
    }

    [Fact]
    public void Address_of_wrong_size_is_refused()
    {
        SockAddr v4 = Parse("1.2.3.4:80"), v6 = Parse("[::1]:80");
        Assert.Contains("4 bytes, not 16", Assert.Throws<ArgumentException>(() => Sock_set_addr(ref v4, new byte[16])).Message);
        Assert.Contains("16 bytes, not 4", Assert.Throws<ArgumentException>(() => sock_set_addr(ref v6, new byte[4])).Message);
        Assert.Contains("4 bytes, not 0", Assert.Throws<ArgumentException>(() => Sock_set_addr(ref v4, [])).Message);
        Assert.Equal(("1.2.3.4:80", "[::1]:80"), (v4.ToString(), v6.ToString()));
    }

    [Theory]
    [InlineData("/a", "/a")]
    [InlineData("netlink:0", "netlink:0")]
    public void Family_without_ports_is_refused_by_every_function(string text, string subject)
    {
        SockAddr address = Parse(text);
        SockAddr before = address;
        Unsupported(() => Sock_get_port(address), "sock_get_port", subject);
        Unsupported(() => Sock_cmp_port(address, address), "sock_cmp_port", subject);
        Unsupported(() => Sock_set_port(ref address, 80), "sock_set_port", subject);
        Unsupported(() => Sock_set_addr(ref address, [1, 2, 3, 4]), "sock_set_addr", subject);
        Unsupported(() => Sock_set_wild(ref address), "sock_set_wild", subject);
        Unsupported(() => sock_get_port(address));
        Unsupported(() => sock_cmp_port(address, address));
        Unsupported(() => sock_set_port(ref address, 80));
        Unsupported(() => sock_set_addr(ref address, [1, 2, 3, 4]));
        Unsupported(() => sock_set_wild(ref address));
        Assert.Equal(before, address);
    }

    [Fact]
    public void Comparison_of_different_families_returns_minus_one()
    {
        Assert.Equal((-1, -1), (Sock_cmp_addr(Parse("255.0.0.1"), Parse("::")), Sock_cmp_addr(Parse("::"), Parse("255.0.0.1"))));
        Assert.Equal((-1, -1), (Sock_cmp_port(Parse("1.2.3.4:2"), Parse("[::1]:1")), Sock_cmp_port(Parse("[::1]:1"), Parse("1.2.3.4:2"))));
    }

    [Fact]
    public void Comparison_of_unknown_addresses_is_refused()
    {
        SockAddr netlink = SockAddr.Netlink(0);
        Unsupported(() => Sock_cmp_addr(netlink, netlink), "sock_cmp_addr", netlink.ToString());
        Unsupported(() => sock_cmp_addr(netlink, netlink));
        Unsupported(() => sock_cmp_addr(default, default));
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void Family_of_unbound_socket_is_known(int family)
    {
        using Fd fd = Socket(family, SOCK_DGRAM);
        Assert.Equal(family, Sockfd_to_family(fd));
        Assert.Equal(family, sockfd_to_family(fd));
        using Socket theirs = new(ProtocolFamily(family), SocketType.Dgram, ProtocolType.Unspecified);
        Assert.Equal(family, Sockfd_to_family(theirs.SafeHandle));
    }

    [Fact]
    public void Family_of_other_descriptor_is_error()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            Assert.Equal(
                $"sockfd_to_family error: Socket operation on non-socket ({read})",
                Assert.Throws<UnpException>(() => Sockfd_to_family(read)).Message);
            Assert.Equal(-1, sockfd_to_family(read));
            Assert.Equal(Errno.ENOTSOCK, Errno.Last);
        }
    }

    [Fact]
    public void Family_has_level_of_its_options()
    {
        Assert.Equal((0, 41), (Family_to_level(AF_INET), Family_to_level(AF_INET6)));
        Assert.Equal((IPPROTO_IP, IPPROTO_IPV6), (family_to_level(AF_INET), family_to_level(AF_INET6)));
        Unsupported(() => Family_to_level(AF_UNIX), "family_to_level", "address family 1");
        Unsupported(() => family_to_level(AF_UNSPEC));
    }

    static AddressFamily ProtocolFamily(int family) =>
        family == AF_INET ? AddressFamily.InterNetwork : family == AF_INET6 ? AddressFamily.InterNetworkV6 : AddressFamily.Unix;
}
