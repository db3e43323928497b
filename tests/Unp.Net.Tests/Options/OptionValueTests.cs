using System.Net;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Options;

/// <summary>Tests that the kernel accepts and returns each kind of value.</summary>
public class OptionValueTests
{
    static T SetAndGet<T>(SocketOption<T> option, T value, int family = AF_INET, int type = SOCK_STREAM, int protocol = 0)
    {
        using Fd fd = Socket(family, type, protocol);
        Setsockopt(fd, option, value);
        return Getsockopt(fd, option);
    }

    static TimeSpan Ms(double milliseconds) => TimeSpan.FromMicroseconds(milliseconds * 1000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flag_is_bool(bool on) => Assert.Equal(on, SetAndGet(SocketOptions.KeepAlive, on));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flag_in_byte_is_bool(bool on) => Assert.Equal(on, SetAndGet(SocketOptions.IpMulticastLoop, on, type: SOCK_DGRAM));

    [Fact]
    public void Type_family_and_protocol_are_numbers()
    {
        using Fd fd = Socket(AF_INET6, SOCK_DGRAM);
        Assert.Equal((SOCK_DGRAM, AF_INET6, IPPROTO_UDP), (
            Getsockopt(fd, SocketOptions.Type), Getsockopt(fd, SocketOptions.Domain), Getsockopt(fd, SocketOptions.Protocol)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Number_in_byte_is_int(int hops) => Assert.Equal(hops, SetAndGet(SocketOptions.IpMulticastTtl, hops, type: SOCK_DGRAM));

    [Fact]
    public void Linux_doubles_buffer_size()
    {
        Assert.Equal(2 * 9973, SetAndGet(SocketOptions.RcvBuf, 9973));
        Assert.Equal(2 * 9973, SetAndGet(SocketOptions.SndBuf, 9973));
    }

    [Fact]
    public void Unsigned_number_uses_all_bits() => Assert.Equal(uint.MaxValue, SetAndGet(SocketOptions.TcpNotSentLowat, uint.MaxValue));

    [Theory]
    [InlineData(5_000_000_000)]
    [InlineData(ulong.MaxValue)]
    public void Rate_has_64_bits(ulong rate) => Assert.Equal(rate, SetAndGet(SocketOptions.MaxPacingRate, rate));

    [Fact]
    public void Cookie_of_each_socket_is_unique()
    {
        using Fd first = Socket(AF_INET, SOCK_STREAM), second = Socket(AF_INET, SOCK_STREAM);
        ulong cookie = Getsockopt(first, SocketOptions.Cookie);
        Assert.NotEqual(0ul, cookie);
        Assert.NotEqual(cookie, Getsockopt(second, SocketOptions.Cookie));
        Assert.Equal(cookie, Getsockopt(first, SocketOptions.Cookie));
    }

    [Theory]
    [InlineData(90_000, 90)]
    [InlineData(90_001, 91)]
    [InlineData(0.0001, 1)]
    public void Time_in_seconds_is_rounded_up(double milliseconds, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            SetAndGet(SocketOptions.TcpKeepIdle, Ms(milliseconds) + TimeSpan.FromTicks(milliseconds < 1 ? 1 : 0)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1500, 1500)]
    [InlineData(1.5, 2)]
    public void Time_in_milliseconds_is_rounded_up(double milliseconds, int whole) =>
        Assert.Equal(TimeSpan.FromMilliseconds((long)whole), SetAndGet(SocketOptions.TcpUserTimeout, Ms(milliseconds)));

    [Fact]
    public void Time_in_microseconds_is_rounded_up() =>
        Assert.Equal(TimeSpan.FromMicroseconds(7), SetAndGet(SocketOptions.TcpTxDelay, TimeSpan.FromTicks(61)));

    [Fact]
    public void Timeval_reads_back()
    {
        Assert.Equal(Ms(2500), SetAndGet(SocketOptions.RcvTimeo, Ms(2500)));
        Assert.Equal(Ms(1000), SetAndGet(SocketOptions.SndTimeo, Ms(1000)));
        Assert.Equal(TimeSpan.Zero, SetAndGet(SocketOptions.RcvTimeo, TimeSpan.Zero));
    }

    [Fact]
    public void Short_time_out_is_not_rounded_to_0() =>
        Assert.InRange(SetAndGet(SocketOptions.RcvTimeo, TimeSpan.FromTicks(1)), TimeSpan.FromTicks(1), Ms(10));

    [Fact]
    public void Longest_time_out_is_accepted() => Assert.Equal(TimeSpan.MaxValue, SetAndGet(SocketOptions.RcvTimeo, TimeSpan.MaxValue));

    [Fact]
    public void Time_out_ends_receive_with_EAGAIN()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Setsockopt(first, SocketOptions.RcvTimeo, Ms(1));
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recv(first, new byte[1])).Errno);
        }
    }

    [Fact]
    public void Linger_is_null_for_off_or_seconds_rounded_up()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Null(Getsockopt(fd, SocketOptions.Linger));
        Setsockopt(fd, SocketOptions.Linger, TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, Getsockopt(fd, SocketOptions.Linger));
        Setsockopt(fd, SocketOptions.Linger, Ms(2001));
        Assert.Equal(TimeSpan.FromSeconds(3), Getsockopt(fd, SocketOptions.Linger));
        Setsockopt(fd, SocketOptions.Linger, null);
        Assert.Null(Getsockopt(fd, SocketOptions.Linger));
    }

    [Fact]
    public void Linger_of_0_ends_connection_with_reset()
    {
        var (client, server) = Loopback.TcpPair();
        using (server)
        {
            Setsockopt(client, SocketOptions.Linger, TimeSpan.Zero);
            client.Dispose();
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Read(server, new byte[1])).Errno);
        }
    }

    [Fact]
    public void Optional_time_is_null_for_none()
    {
        Assert.Null(SetAndGet(SocketOptions.TcpLinger2, null));
        Assert.Equal(TimeSpan.FromSeconds(7), SetAndGet(SocketOptions.TcpLinger2, TimeSpan.FromSeconds(6.5)));
    }

    [Fact]
    public void Pending_error_is_Errno_and_cleared_by_reading()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
        using Fd holder = Socket(AF_INET, SOCK_STREAM);
        Bind(holder, SockAddr.Loopback(AF_INET));
        Assert.Equal(-1, connect(fd, Getsockname(holder)));
        Errno pending = default;
        Limit.Until(() => (pending = Getsockopt(fd, SocketOptions.Error)).Value != 0, "refused");
        Assert.Equal(Errno.ECONNREFUSED, pending);
        Assert.Equal(0, Getsockopt(fd, SocketOptions.Error).Value);
    }

    [Fact]
    public void Congestion_control_is_text() => Assert.Equal("reno", SetAndGet(SocketOptions.TcpCongestion, "reno"));

    [Fact]
    public void Device_is_text_and_empty_for_none()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal("", Getsockopt(fd, SocketOptions.BindToDevice));
        Setsockopt(fd, SocketOptions.BindToDevice, "lo");
        Assert.Equal("lo", Getsockopt(fd, SocketOptions.BindToDevice));
    }

    [Fact]
    public void Protocol_options_are_bytes()
    {
        byte[] noOperations = [1, 1, 1, 1];
        Assert.Equal(noOperations, SetAndGet(SocketOptions.IpOptions, noOperations));
        Assert.Empty(SetAndGet(SocketOptions.IpOptions, []));
    }

    [Fact]
    public void Interface_is_address() =>
        Assert.Equal(IPAddress.Loopback, SetAndGet(SocketOptions.IpMulticastIf, IPAddress.Loopback, type: SOCK_DGRAM));

    [Fact]
    public void Interface_index_is_converted_to_network_order()
    {
        uint lo = if_nametoindex("lo");
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(fd, SocketOptions.IpUnicastIf, lo);
        Assert.Equal(lo, Getsockopt(fd, SocketOptions.IpUnicastIf));
        Assert.Equal(htonl(lo), Getsockopt<uint>(fd, IPPROTO_IP, IP_UNICAST_IF));
    }

    [Fact]
    public void Local_ports_are_range()
    {
        Assert.SkipWhen(Environment.OSVersion.Version < new Version(6, 3), "IP_LOCAL_PORT_RANGE is newer than this kernel");
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(fd, SocketOptions.IpLocalPortRange, new PortRange(41000, 41999));
        Assert.Equal(new PortRange(41000, 41999), Getsockopt(fd, SocketOptions.IpLocalPortRange));
        Bind(fd, SockAddr.Loopback(AF_INET));
        Assert.InRange(Getsockname(fd).Port, 41000, 41999);
    }

    [Fact]
    public void Departure_time_option_has_clock_and_flags()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        var value = new SockTxTime(CLOCK_MONOTONIC, SOF_TXTIME_DEADLINE_MODE | SOF_TXTIME_REPORT_ERRORS);
        Setsockopt(fd, SocketOptions.TxTime, value);
        Assert.Equal(value, Getsockopt(fd, SocketOptions.TxTime));
        Assert.Equal(
            Errno.EINVAL,
            Assert.Throws<UnpException>(() => Setsockopt(fd, SocketOptions.TxTime, new(CLOCK_MONOTONIC, Flags: 1 << 20))).Errno);
    }

    [Fact]
    public void Peer_of_Unix_socket_can_only_be_read()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Assert.Equal(Getpeercred(first), Getsockopt(first, SocketOptions.PeerCred));
            Assert.Throws<InvalidOperationException>(() => Setsockopt(first, SocketOptions.PeerCred, default));
        }
    }

    [Fact]
    public void IPv6_path_MTU_is_number()
    {
        Loopback.Require(AF_INET6);
        using Fd fd = Socket(AF_INET6, SOCK_DGRAM);
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => Getsockopt(fd, SocketOptions.Ipv6PathMtu)).Errno);
        Connect(fd, SockAddr.Loopback(AF_INET6, 9));
        Assert.Equal(Getsockopt(fd, SocketOptions.Ipv6Mtu), Getsockopt(fd, SocketOptions.Ipv6PathMtu));
    }

    [Fact]
    public void BCL_socket_handle_is_accepted()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        Setsockopt(socket.SafeHandle, SocketOptions.ReusePort, true);
        Assert.True(Getsockopt(socket.SafeHandle, SocketOptions.ReusePort));
    }

    [Fact]
    public void Raw_and_typed_access_reach_same_option()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SocketOptions.RcvTimeo, TimeSpan.FromSeconds(3.5));
        Span<long> timeval = stackalloc long[2];
        Getsockopt(fd, SocketOptions.RcvTimeo.Level, SocketOptions.RcvTimeo.Number, MemoryMarshal.AsBytes(timeval));
        Assert.Equal([3, 500_000], timeval);
    }
}
