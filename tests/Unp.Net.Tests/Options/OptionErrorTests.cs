using System.Net;

namespace Unp.Net.Tests.Options;

/// <summary>Tests that the message about an invalid or rejected value contains the option's name and the value.</summary>
public class OptionErrorTests
{
    static string Refused<TException, T>(SocketOption<T> option, T value, int family = AF_INET, int type = SOCK_STREAM)
        where TException : Exception
    {
        using Fd fd = Socket(family, type);
        return Assert.Throws<TException>(() => Setsockopt(fd, option, value)).Message;
    }

    [Fact]
    public void Error_of_setting_contains_option_and_value() =>
        Assert.Equal("setsockopt error: Invalid argument (IP_TTL = 256)", Refused<UnpException, int>(SocketOptions.IpTtl, 256));

    [Fact]
    public void Error_of_reading_contains_option()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal(
            "getsockopt error: Transport endpoint is not connected (IP_MTU)",
            Assert.Throws<UnpException>(() => Getsockopt(fd, SocketOptions.IpMtu)).Message);
    }

    [Fact]
    public void Setting_option_that_Linux_only_reads_is_ENOPROTOOPT() =>
        Assert.Equal("setsockopt error: Protocol not available (SO_SNDLOWAT = 5)", Refused<UnpException, int>(SocketOptions.SndLowat, 5));

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Negative_size_is_out_of_range(int size) => Assert.StartsWith(
        "SO_RCVBUF takes 0 or more bytes.",
        Refused<ArgumentOutOfRangeException, int>(SocketOptions.RcvBuf, size),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Number_too_large_for_byte_is_out_of_range(int hops)
    {
        string message = Refused<ArgumentOutOfRangeException, int>(SocketOptions.IpMulticastTtl, hops, type: SOCK_DGRAM);
        Assert.StartsWith("IP_MULTICAST_TTL takes 0 to 255.", message, StringComparison.Ordinal);
        Assert.Contains($"{hops}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_time_is_out_of_range()
    {
        Assert.StartsWith(
            "SO_RCVTIMEO takes a non-negative time.",
            Refused<ArgumentOutOfRangeException, TimeSpan>(SocketOptions.RcvTimeo, Timeout.InfiniteTimeSpan),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "SO_LINGER takes 0 to 2147483647 seconds.",
            Refused<ArgumentOutOfRangeException, TimeSpan?>(SocketOptions.Linger, TimeSpan.FromTicks(-1)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Too_long_time_is_out_of_range()
    {
        TimeSpan most = TimeSpan.FromMilliseconds((long)int.MaxValue);
        string message = Refused<ArgumentOutOfRangeException, TimeSpan>(SocketOptions.TcpUserTimeout, most + TimeSpan.FromTicks(1));
        Assert.StartsWith("TCP_USER_TIMEOUT takes 0 to 2147483647 milliseconds.", message, StringComparison.Ordinal);
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SocketOptions.TcpUserTimeout, most);
        Assert.Equal(most, Getsockopt(fd, SocketOptions.TcpUserTimeout));
    }

    [Fact]
    public void Text_too_long_or_with_NUL_is_argument_error()
    {
        Assert.Equal(
            "SO_BINDTODEVICE takes at most 15 bytes, not \"a-device-with-a-long-name\". (Parameter 'value')",
            Refused<ArgumentException, string>(SocketOptions.BindToDevice, "a-device-with-a-long-name"));
        Assert.Equal(
            "SO_BINDTODEVICE must not contain a NUL character. (Parameter 'value')",
            Refused<ArgumentException, string>(SocketOptions.BindToDevice, "lo\0"));
        Refused<ArgumentNullException, string>(SocketOptions.BindToDevice, null!);
    }

    [Fact]
    public void Missing_device_is_ENODEV_with_its_name() => Assert.Equal(
        "setsockopt error: No such device (SO_BINDTODEVICE = nowhere0)",
        Refused<UnpException, string>(SocketOptions.BindToDevice, "nowhere0"));

    [Fact]
    public void Too_many_bytes_are_argument_error() => Assert.Equal(
        "IP_OPTIONS takes at most 40 bytes, not 41. (Parameter 'value')",
        Refused<ArgumentException, byte[]>(SocketOptions.IpOptions, new byte[41]));

    [Fact]
    public void Address_of_wrong_family_is_argument_error()
    {
        Assert.Equal(
            "IP_MULTICAST_IF takes an IPv4 address, not ::1. (Parameter 'value')",
            Refused<ArgumentException, IPAddress>(SocketOptions.IpMulticastIf, IPAddress.IPv6Loopback));
        Assert.Equal(
            "IPV6_NEXTHOP takes an IPv6 address, not 127.0.0.1. (Parameter 'value')",
            Refused<ArgumentException, SockAddr>(SocketOptions.Ipv6NextHop, SockAddr.Loopback(AF_INET), AF_INET6));
        Assert.StartsWith(
            "IPV6_NEXTHOP takes an IPv6 address, not ",
            Refused<ArgumentException, SockAddr>(
                SocketOptions.Ipv6NextHop, new SockAddr(SockAddr.Loopback(AF_INET6).Bytes[..8]), AF_INET6));
    }

    [Fact]
    public void Next_hop_is_ENOPROTOOPT_on_Linux() =>
        Assert.Equal(
            "setsockopt error: Protocol not available (IPV6_NEXTHOP = ::1)",
            Refused<UnpException, SockAddr>(SocketOptions.Ipv6NextHop, SockAddr.Loopback(AF_INET6), AF_INET6));

    [Fact]
    public void Read_only_option_cannot_be_set() =>
        Assert.Equal("SO_TYPE can only be read, not set.", Refused<InvalidOperationException, int>(SocketOptions.Type, SOCK_DGRAM));

    [Fact]
    public void Write_only_option_cannot_be_read()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(
            "SO_RCVBUFFORCE can only be set, not read.",
            Assert.Throws<InvalidOperationException>(() => Getsockopt(fd, SocketOptions.RcvBufForce)).Message);
    }

    [Fact]
    public void Closed_or_null_descriptor_and_null_option_throw()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Throws<ArgumentNullException>("option", () => Getsockopt<bool>(fd, null!));
        Assert.Throws<ArgumentNullException>("option", () => Setsockopt(fd, null!, true));
        fd.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Getsockopt(fd, SocketOptions.KeepAlive));
        Assert.Throws<ObjectDisposedException>(() => Setsockopt(fd, SocketOptions.KeepAlive, true));
        Assert.Throws<ArgumentNullException>("fd", () => Getsockopt(null!, SocketOptions.KeepAlive));
    }

    [Fact]
    public void Descriptor_without_socket_is_ENOTSOCK()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
            Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => Getsockopt(read, SocketOptions.KeepAlive)).Errno);
    }
}
