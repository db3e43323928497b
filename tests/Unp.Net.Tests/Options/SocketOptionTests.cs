using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Options;

/// <summary>Tests Getsockopt and Setsockopt by level, number and bytes.</summary>
public class SocketOptionTests
{
    // Numbers of Linux that the table of constants does not have.
    const int IP_TTL = 2;
    const int TCP_CONGESTION = 13;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Option_reads_back(bool on)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, on ? 1 : 0);
        Assert.Equal(on ? 1 : 0, Getsockopt<int>(fd, SOL_SOCKET, SO_KEEPALIVE));
    }

    [Fact]
    public void Each_level_has_its_options()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        Setsockopt(fd, IPPROTO_IP, IP_TTL, 42);
        Assert.Equal(1, Getsockopt<int>(fd, IPPROTO_TCP, TCP_NODELAY));
        Assert.Equal(42, Getsockopt<int>(fd, IPPROTO_IP, IP_TTL));

        using Fd v6 = Socket(AF_INET6, SOCK_DGRAM);
        Setsockopt(v6, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        Assert.Equal(1, Getsockopt<int>(v6, IPPROTO_IPV6, IPV6_V6ONLY));
    }

    [Fact]
    public void Type_and_listening_state_can_be_read()
    {
        using Fd datagram = Socket(AF_INET6, SOCK_DGRAM);
        using Fd listenfd = Loopback.Listener();
        Assert.Equal(SOCK_DGRAM, Getsockopt<int>(datagram, SOL_SOCKET, SO_TYPE));
        Assert.Equal(SOCK_STREAM, Getsockopt<int>(listenfd, SOL_SOCKET, SO_TYPE));
        Assert.Equal(0, Getsockopt<int>(datagram, SOL_SOCKET, SO_ACCEPTCONN));
        Assert.Equal(1, Getsockopt<int>(listenfd, SOL_SOCKET, SO_ACCEPTCONN));
    }

    [Fact]
    public void Bytes_equal_those_of_kernel()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Span<byte> one = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(one, 1);
        Setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, one);

        Span<byte> value = stackalloc byte[sizeof(int)];
        Assert.Equal(sizeof(int), Getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, value));
        Assert.Equal(1, BitConverter.ToInt32(value));
    }

    [Fact]
    public void Length_of_variable_value_is_returned()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno"u8);
        Span<byte> name = stackalloc byte[64];
        name.Fill(0xEE);
        int length = Getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name);
        Assert.InRange(length, "reno".Length, 16);
        Assert.Equal("reno\0"u8, name[..5]);
        Assert.Equal(-1, name[length..].IndexOfAnyExcept((byte)0xEE));

        // The kernel fills the buffer and writes nothing beyond it.
        name.Fill(0xEE);
        Assert.Equal(2, Getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name[..2]));
        Assert.Equal("re"u8, name[..2]);
        Assert.Equal(0xEE, name[2]);
    }

    [Fact]
    public void Structure_reads_back()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 7 });
        linger value = Getsockopt<linger>(fd, SOL_SOCKET, SO_LINGER);
        Assert.Equal((1, 7), (value.l_onoff, value.l_linger));
    }

    [Fact]
    public void Error_of_too_short_value_names_option_and_sizes()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        byte[] short_ = [1];
        Assert.Equal(
            "setsockopt error: Invalid argument (SO_KEEPALIVE has 4 bytes, not 1. Its typed form in SocketOptions has the type Boolean.)",
            Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, short_)).Message);
        Assert.Equal(
            "setsockopt error: Invalid argument (SO_LINGER has 8 bytes, not 4. Its typed form in SocketOptions has the type TimeSpan.)",
            Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_LINGER, 1)).Message);
        Assert.Contains("SO_KEEPALIVE", Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, true)).Message);
        Assert.Equal(
            "setsockopt error: Invalid argument (IP_TTL)",
            Assert.Throws<UnpException>(() => Setsockopt(fd, IPPROTO_IP, IP_TTL, 4711)).Message);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, [])).Errno);
        Assert.Equal(0, Getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, []));
        Assert.Equal(0, Getsockopt<int>(fd, SOL_SOCKET, SO_KEEPALIVE));
    }

    [Fact]
    public void Primitive_type_of_wrong_size_is_rejected_by_option()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 50_000);
        Setsockopt(fd, IPPROTO_IP, IP_TTL, 42);
        Assert.Equal(42, Getsockopt<byte>(fd, IPPROTO_IP, IP_TTL)); // the kernel converts this one
        Action[] calls =
        [
            () => Getsockopt<byte>(fd, SOL_SOCKET, SO_RCVBUF),
            () => Getsockopt<short>(fd, SOL_SOCKET, SO_RCVBUF),
            () => Getsockopt<bool>(fd, SOL_SOCKET, SO_RCVBUF),
            () => Getsockopt<long>(fd, SOL_SOCKET, SO_RCVBUF),
            () => Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 50_000L),
        ];
        Assert.All(calls, call => Assert.StartsWith(
            "SO_RCVBUF has 4 bytes, not ", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal));
        Assert.Equal(100_000, Getsockopt<int>(fd, SOL_SOCKET, SO_RCVBUF)); // the kernel doubles it
        Assert.NotEqual(0, Getsockopt<long>(fd, SOL_SOCKET, SO_COOKIE));
        Setsockopt(fd, SOL_SOCKET, SO_MAX_PACING_RATE, 5_000_000_000L);
        Assert.Equal(5_000_000_000L, Getsockopt<long>(fd, SOL_SOCKET, SO_MAX_PACING_RATE));
    }

    [Fact]
    public void Error_of_unknown_option_contains_level_and_option()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        var get = Assert.Throws<UnpException>(() => Getsockopt<int>(fd, SOL_SOCKET, 9999));
        Assert.Equal($"getsockopt error: Protocol not available (level {SOL_SOCKET}, option 9999)", get.Message);
        Assert.Equal((Errno.ENOPROTOOPT, "getsockopt"), (get.Errno, get.Function));
        var set = Assert.Throws<UnpException>(() => Setsockopt(fd, IPPROTO_TCP, 9999, 1));
        Assert.Equal($"setsockopt error: Protocol not available (level {IPPROTO_TCP}, option 9999)", set.Message);
        Assert.Throws<UnpException>(() => Getsockopt<int>(fd, 9999, 1));
    }

    [Fact]
    public void Null_closed_or_non_socket_descriptor_throws()
    {
        Pipe(out Fd read, out Fd write);
        read.Dispose();
        using (write)
            Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => Getsockopt<int>(write, SOL_SOCKET, SO_TYPE)).Errno);
        Assert.Throws<ObjectDisposedException>(() => Getsockopt<int>(read, SOL_SOCKET, SO_TYPE));
        Assert.Throws<ObjectDisposedException>(() => Setsockopt(read, SOL_SOCKET, SO_KEEPALIVE, 1));
        Assert.Throws<ArgumentNullException>("fd", () => Getsockopt<int>(null!, SOL_SOCKET, SO_TYPE));
        Assert.Throws<ArgumentNullException>("fd", () => Setsockopt(null!, SOL_SOCKET, SO_KEEPALIVE, 1));
    }

    [Fact]
    public void SO_ERROR_reports_failed_connect_once()
    {
        SockAddr nobody = Loopback.Deaf(out Fd holder);
        using (holder)
        using (Fd fd = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK))
        {
            Assert.Equal(Errno.EINPROGRESS, Assert.Throws<UnpException>(() => Connect(fd, nobody)).Errno);
            Span<pollfd> wait = [new pollfd { fd = Kernel.Number(fd), events = POLLOUT }];
            Assert.Equal(1, poll(wait, (int)Limit.Default.TotalMilliseconds));
            Assert.Equal(Errno.ECONNREFUSED.Value, Getsockopt<int>(fd, SOL_SOCKET, SO_ERROR));
            Assert.Equal(0, Getsockopt<int>(fd, SOL_SOCKET, SO_ERROR));
        }
    }

    [Fact]
    public void Linger_of_0_resets_connection_on_close()
    {
        var (client, server) = Loopback.TcpPair();
        using (server)
        {
            Setsockopt(client, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 0 });
            client.Dispose();
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Read(server, new byte[1])).Errno);
        }
        (client, server) = Loopback.TcpPair();
        using (server)
        {
            client.Dispose();
            Assert.Equal(0, Read(server, new byte[1]));
        }
    }

    [Fact]
    public void Receive_buffer_has_size_chosen_by_kernel()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 20_000);
        Assert.Equal(40_000, Getsockopt<int>(fd, SOL_SOCKET, SO_RCVBUF)); // doubled by the kernel, see socket(7)
    }

    [Fact]
    public void BCL_socket_handle_is_accepted()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        SafeHandle fd = socket.SafeHandle;
        Setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        Assert.True(socket.NoDelay);
        socket.NoDelay = false;
        Assert.Equal(0, Getsockopt<int>(fd, IPPROTO_TCP, TCP_NODELAY));
    }

    [Fact]
    public void Length_never_exceeds_buffer()
    {
        // A netlink socket reports the length of its whole list of groups, even if it wrote only a part.
        const int AF_NETLINK = 16, SOL_NETLINK = 270, NETLINK_LIST_MEMBERSHIPS = 9;
        byte[] address = new byte[12];
        BitConverter.TryWriteBytes(address, (ushort)AF_NETLINK);
        address[8] = 1; // the group for links
        using Fd fd = Socket(AF_NETLINK, SOCK_RAW);
        Bind(fd, new SockAddr(address));
        Assert.InRange(Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, new byte[64]), 4, 64);
        Assert.Equal(1, Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, new byte[1]));
        Assert.Equal(0, Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, []));
    }

    [Fact]
    public void Raw_socket_has_same_path_MTU_mode_as_others()
    {
        Assert.SkipUnless(geteuid() == 0, "A raw socket needs root.");
        using Fd raw = Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), datagram = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal(Getsockopt(datagram, SocketOptions.IpMtuDiscover), Getsockopt(raw, SocketOptions.IpMtuDiscover));
    }

    [Fact]
    public void Interface_index_beyond_int_is_out_of_range()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        var group = new MulticastGroup(System.Net.IPAddress.Parse("224.0.0.1"), 0x8000_0000);
        var error = Assert.Throws<ArgumentOutOfRangeException>("value", () => Setsockopt(fd, SocketOptions.IpAddMembership, group));
        Assert.Contains("2147483648", error.Message);
    }
}
