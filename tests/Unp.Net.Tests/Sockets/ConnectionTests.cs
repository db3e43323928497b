namespace Unp.Net.Tests.Sockets;

/// <summary>Bind, Listen, Accept, Connect, Getsockname, Getpeername and Shutdown over every kind of connection.</summary>
public sealed class ConnectionTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    /// <summary>The addresses of connections: IPv4, IPv6, Unix streams by path and by abstract name, Unix packets.</summary>
    public static TheoryData<string> Kinds => ["IPv4", "IPv6", "unix stream", "unix abstract", "unix seqpacket"];

    (SockAddr Address, int Type) Of(string kind) => kind switch
    {
        "IPv4" => (SockAddr.Loopback(AF_INET), SOCK_STREAM),
        "IPv6" => (SockAddr.Loopback(AF_INET6), SOCK_STREAM),
        "unix stream" => (SockAddr.Unix(directory["socket"]), SOCK_STREAM),
        "unix abstract" => (SockAddr.UnixAbstract(directory["name"]), SOCK_STREAM),
        _ => (SockAddr.Unix(directory["socket"]), SOCK_SEQPACKET),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Client_and_server_exchange_data_and_know_addresses(string kind)
    {
        var (address, type) = Of(kind);
        Loopback.Require(address.Family);
        using Fd listenfd = Loopback.Limited(Socket(address.Family, type));
        Bind(listenfd, address);
        Listen(listenfd);
        address = Getsockname(listenfd);

        using Fd client = Loopback.Limited(Socket(address.Family, type));
        Connect(client, address);
        using Fd server = Loopback.Limited(Accept(listenfd, out SockAddr peer));
        Assert.True(Kernel.IsCloseOnExec(server));
        Assert.Equal(address, Getpeername(client));
        Assert.Equal(address, Getsockname(server));
        Assert.Equal(Getsockname(client), peer);
        Assert.Equal(peer, Getpeername(server));

        Span<byte> buffer = stackalloc byte[80];
        Send(client, "question"u8);
        Assert.Equal("question"u8, buffer[..Recv(server, buffer)]);
        Send(server, "answer"u8);
        Assert.Equal("answer"u8, buffer[..Recv(client, buffer)]);

        // Half closed: the server reads end of file and can still answer.
        Send(client, "last words"u8);
        Shutdown(client, SHUT_WR);
        Assert.Equal("last words"u8, buffer[..Recv(server, buffer)]);
        Assert.Equal(0, Recv(server, buffer));
        Send(server, "heard"u8);
        Assert.Equal("heard"u8, buffer[..Recv(client, buffer)]);
        Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Send(client, "more"u8)).Errno);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Second_server_fails_with_EADDRINUSE_and_address(string kind)
    {
        var (address, type) = Of(kind);
        Loopback.Require(address.Family);
        using Fd first = Socket(address.Family, type);
        Bind(first, address);
        address = Getsockname(first);
        using Fd second = Socket(address.Family, type);
        var refused = Assert.Throws<UnpException>(() => Bind(second, address));
        Assert.Equal($"bind error: Address already in use ({address})", refused.Message);
        Assert.Equal(Errno.EADDRINUSE, refused.Errno);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Client_without_server_fails_with_address(string kind)
    {
        var (address, type) = Of(kind);
        Loopback.Require(address.Family);
        using Fd bound = Socket(address.Family, type);
        Bind(bound, address);
        address = Getsockname(bound);
        using Fd client = Loopback.Limited(Socket(address.Family, type));
        var refused = Assert.Throws<UnpException>(() => Connect(client, address));
        Assert.Equal($"connect error: Connection refused ({address})", refused.Message);
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public void Missing_unix_path_is_reported()
    {
        string path = directory["no such socket"];
        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        var failure = Assert.Throws<UnpException>(() => Connect(client, SockAddr.Unix(path)));
        Assert.Equal($"connect error: No such file or directory ({path})", failure.Message);
        Assert.Equal(Errno.ENOENT, failure.Errno);

        using Fd server = Socket(AF_UNIX, SOCK_STREAM);
        string nowhere = directory["no such directory/socket"];
        Assert.Equal(
            $"bind error: No such file or directory ({nowhere})",
            Assert.Throws<UnpException>(() => Bind(server, SockAddr.Unix(nowhere))).Message);
    }

    [Fact]
    public void Unix_client_has_name_only_if_bound()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.Unix(directory["server"]));
        using Fd nameless = Loopback.Connected(listenfd);
        using Fd first = Accept(listenfd, out SockAddr peer);
        Assert.Equal((AF_UNIX, "", "(no pathname bound)"), (peer.Family, peer.Path, peer.ToString()));

        using Fd named = Socket(AF_UNIX, SOCK_STREAM);
        Bind(named, SockAddr.Unix(directory["client"]));
        Connect(named, Getsockname(listenfd));
        using Fd second = Accept(listenfd, out peer);
        Assert.Equal(directory["client"], peer.Path);
    }

    [Fact]
    public void Packets_keep_boundaries_and_streams_do_not()
    {
        Socketpair(AF_UNIX, SOCK_SEQPACKET, 0, out Fd first, out Fd second);
        using (first)
        using (second)
        {
            Span<byte> buffer = stackalloc byte[80];
            Loopback.Limited(second);
            Send(first, "one"u8);
            Send(first, "two"u8);
            Assert.Equal(3, Recv(second, buffer));
            Assert.Equal(3, Recv(second, buffer));
        }
        var (client, server) = Loopback.UnixPair();
        using (client)
        using (server)
        {
            Send(client, "one"u8);
            Send(client, "two"u8);
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal("onetwo"u8, buffer[..Recv(server, buffer)]);
        }
    }

    [Fact]
    public void Calls_in_wrong_order_are_errors()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        using Fd datagram = Loopback.Datagram();
        Assert.Equal(
            $"getpeername error: Transport endpoint is not connected ({fd})",
            Assert.Throws<UnpException>(() => Getpeername(fd)).Message);
        Assert.Equal(
            $"shutdown error: Transport endpoint is not connected ({fd})",
            Assert.Throws<UnpException>(() => Shutdown(fd, SHUT_RDWR)).Message);
        Assert.Equal(
            $"accept error: Invalid argument ({fd}, which is not listening)",
            Assert.Throws<UnpException>(() => Accept(fd)).Message);
        Assert.Equal($"listen error: Operation not supported ({datagram})", Assert.Throws<UnpException>(() => Listen(datagram)).Message);

        Bind(fd, SockAddr.Loopback(AF_INET));
        Assert.Equal(
            "bind error: Invalid argument (127.0.0.1)", Assert.Throws<UnpException>(() => Bind(fd, SockAddr.Loopback(AF_INET))).Message);
        Assert.Equal("shutdown error: Invalid argument (how 9)", Assert.Throws<UnpException>(() => Shutdown(fd, 9)).Message);
        Assert.Equal(Errno.EAFNOSUPPORT, Assert.Throws<UnpException>(() => Connect(fd, SockAddr.Unix(directory["socket"]))).Errno);
        Assert.Equal("connect error: Invalid argument (no address)", Assert.Throws<UnpException>(() => Connect(fd, default)).Message);
    }

    [Fact]
    public void Null_closed_or_other_descriptor_is_refused_by_all()
    {
        Action<Fd>[] calls =
        [
            fd => Bind(fd, SockAddr.Loopback(AF_INET)), fd => Listen(fd), fd => Accept(fd), fd => Accept(fd, out _),
            fd => Connect(fd, SockAddr.Loopback(AF_INET)), fd => Shutdown(fd, SHUT_RD), fd => Getsockname(fd), fd => Getpeername(fd),
            fd => Recv(fd, new byte[1]), fd => Send(fd, "x"u8), fd => Recvfrom(fd, new byte[1], 0, out _),
            fd => Sendto(fd, "x"u8, 0, SockAddr.Loopback(AF_INET)),
        ];
        using Fd file = Open(directory["file"], O_RDWR | O_CREAT, 0b110_000_000);
        Fd closed = Socket(AF_INET, SOCK_STREAM);
        closed.Dispose();
        Assert.All(calls, call =>
        {
            Assert.Throws<ArgumentNullException>("fd", () => call(null!));
            Assert.Contains("(closed)", Assert.Throws<ObjectDisposedException>(() => call(closed)).Message);
            Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => call(file)).Errno);
        });
    }
}
