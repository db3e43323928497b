using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Options;

/// <summary>Getsockopt and Setsockopt by level, number and bytes.</summary>
public class SocketOptionTests
{
    // Of Linux; the table of constants has them when there are typed options.
    const int IP_TTL = 2;
    const int TCP_CONGESTION = 13;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Option_reads_as_it_was_set(bool on)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, on ? 1 : 0);
        Assert.Equal(on ? 1 : 0, Getsockopt<int>(fd, SOL_SOCKET, SO_KEEPALIVE));
    }

    [Fact]
    public void Every_level_has_its_options()
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
    public void Socket_tells_what_it_is()
    {
        using Fd datagram = Socket(AF_INET6, SOCK_DGRAM);
        using Fd listenfd = Loopback.Listener();
        Assert.Equal(SOCK_DGRAM, Getsockopt<int>(datagram, SOL_SOCKET, SO_TYPE));
        Assert.Equal(SOCK_STREAM, Getsockopt<int>(listenfd, SOL_SOCKET, SO_TYPE));
        Assert.Equal(0, Getsockopt<int>(datagram, SOL_SOCKET, SO_ACCEPTCONN));
        Assert.Equal(1, Getsockopt<int>(listenfd, SOL_SOCKET, SO_ACCEPTCONN));
    }

    [Fact]
    public void Bytes_are_the_kernels_own()
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
    public void Length_of_the_value_is_told_where_it_varies()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno"u8);
        Span<byte> name = stackalloc byte[64];
        name.Fill(0xEE);
        int length = Getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name);
        Assert.InRange(length, "reno".Length, 16);
        Assert.Equal("reno\0"u8, name[..5]);
        Assert.Equal(-1, name[length..].IndexOfAnyExcept((byte)0xEE));

        // As much of it as there is room for, and not a byte more.
        name.Fill(0xEE);
        Assert.Equal(2, Getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name[..2]));
        Assert.Equal("re"u8, name[..2]);
        Assert.Equal(0xEE, name[2]);
    }

    [Fact]
    public void Structure_reads_as_it_was_set()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Setsockopt(fd, SOL_SOCKET, SO_LINGER, new linger { l_onoff = 1, l_linger = 7 });
        linger value = Getsockopt<linger>(fd, SOL_SOCKET, SO_LINGER);
        Assert.Equal((1, 7), (value.l_onoff, value.l_linger));
    }

    [Fact]
    public void Value_that_is_too_short_is_an_error_with_level_and_option()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        byte[] short_ = [1];
        Assert.Equal(
            $"setsockopt error: Invalid argument (level {SOL_SOCKET}, option {SO_KEEPALIVE})",
            Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, short_)).Message);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_LINGER, 1)).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, [])).Errno);
        Assert.Equal(0, Getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, []));
        Assert.Equal(0, Getsockopt<int>(fd, SOL_SOCKET, SO_KEEPALIVE));
    }

    [Fact]
    public void Unknown_option_is_an_error_with_level_and_option()
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
    public void Descriptor_that_is_no_socket_null_or_closed_is_an_error()
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
    public void Failed_connect_is_told_once_by_so_error()
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
    public void Linger_of_no_seconds_resets_the_connection_on_close()
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
    public void Receive_buffer_is_what_the_kernel_makes_of_it()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 20_000);
        Assert.Equal(40_000, Getsockopt<int>(fd, SOL_SOCKET, SO_RCVBUF)); // socket(7): doubled, for its own needs
    }

    [Fact]
    public void Socket_of_the_bcl_takes_options_too()
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
    public void Length_is_never_more_than_buffer()
    {
        // A netlink socket reports the length of its whole list of groups, however little it wrote.
        const int AF_NETLINK = 16, SOL_NETLINK = 270, NETLINK_LIST_MEMBERSHIPS = 9;
        byte[] address = new byte[12];
        BitConverter.TryWriteBytes(address, (ushort)AF_NETLINK);
        address[8] = 1; // the group of links
        using Fd fd = Socket(AF_NETLINK, SOCK_RAW);
        Bind(fd, new SockAddr(address));
        Assert.InRange(Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, new byte[64]), 4, 64);
        Assert.Equal(1, Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, new byte[1]));
        Assert.Equal(0, Getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, []));
    }

    [Fact]
    public void Raw_socket_discovers_path_mtu_as_others_do()
    {
        Assert.SkipUnless(geteuid() == 0, "A raw socket needs root.");
        using Fd raw = Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), datagram = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal(Getsockopt(datagram, SocketOptions.IpMtuDiscover), Getsockopt(raw, SocketOptions.IpMtuDiscover));
    }

    [Fact]
    public void Interface_index_that_would_become_negative_is_refused()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        var group = new MulticastGroup(System.Net.IPAddress.Parse("224.0.0.1"), 0x8000_0000);
        string message = Assert.Throws<ArgumentOutOfRangeException>("value", () => Setsockopt(fd, SocketOptions.IpAddMembership, group)).Message;
        Assert.Contains("2147483648", message);
    }
}
