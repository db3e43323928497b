using System.Net.Sockets;

namespace Unp.Net.Tests.Sockets;

/// <summary>Socket and Socketpair.</summary>
public class SocketTests
{
    [Fact]
    public void Socket_has_requested_family_type_and_protocol()
    {
        using Fd fd = Socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
        Assert.Equal(AF_INET6, Getsockname(fd).Family);
        Assert.Equal(SOCK_DGRAM, Getsockopt<int>(fd, SOL_SOCKET, SO_TYPE));
        Assert.True(Kernel.IsCloseOnExec(fd));
        Assert.False(Kernel.IsNonBlocking(fd));

        using Fd nonBlocking = Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
        Assert.True(Kernel.IsNonBlocking(nonBlocking));
        Assert.True(Kernel.IsCloseOnExec(nonBlocking));
    }

    [Fact]
    public void Unsupported_socket_is_error()
    {
        var family = Assert.Throws<UnpException>(() => Socket(9999, SOCK_STREAM));
        Assert.Equal("socket error: Address family not supported by protocol (9999, SOCK_STREAM)", family.Message);
        Assert.Equal(("socket", Errno.EAFNOSUPPORT), (family.Function, family.Errno));
        Assert.Equal(SocketError.AddressFamilyNotSupported, family.SocketErrorCode);

        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Socket(AF_INET, 15)).Errno);
        Assert.Equal(Errno.ESOCKTNOSUPPORT, Assert.Throws<UnpException>(() => Socket(AF_INET, 9)).Errno);

        var protocol = Assert.Throws<UnpException>(() => Socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
        Assert.Equal("socket error: Protocol not supported (AF_INET, SOCK_STREAM, IPPROTO_UDP)", protocol.Message);
        Assert.Equal(SocketError.ProtocolNotSupported, protocol.SocketErrorCode);
    }

    public static TheoryData<int> Types => [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET];

    [Theory]
    [MemberData(nameof(Types))]
    public void Pair_is_connected_both_ways(int type)
    {
        Socketpair(AF_UNIX, type, 0, out Fd first, out Fd second);
        using (Loopback.Limited(first))
        using (Loopback.Limited(second))
        {
            Assert.True(Kernel.IsCloseOnExec(first) && Kernel.IsCloseOnExec(second));
            Assert.Equal(type, Getsockopt<int>(first, SOL_SOCKET, SO_TYPE));
            Span<byte> buffer = stackalloc byte[8];
            Send(first, "there"u8);
            Assert.Equal("there"u8, buffer[..Recv(second, buffer)]);
            Send(second, "back"u8);
            Assert.Equal("back"u8, buffer[..Recv(first, buffer)]);
        }
    }

    [Fact]
    public void Sockets_share_port_if_all_agree()
    {
        using Fd first = StreamListen(SockAddr.Loopback(AF_INET), sharesPort: true);
        using Fd second = StreamListen(Getsockname(first), sharesPort: true);
        Assert.Equal(Getsockname(first), Getsockname(second));
        using Fd third = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<UnpException>(() => Bind(third, Getsockname(first))).Errno);
        third.Dispose();
        Assert.Throws<ObjectDisposedException>(() => SharePort(third));
    }

    [Theory]
    [InlineData(AF_INET)]
    [InlineData(AF_UNIX)]
    public void StreamListen_accepts_at_any_address(int family)
    {
        using var directory = new TempDirectory();
        SockAddr address = family == AF_UNIX ? SockAddr.Unix(directory["socket"]) : SockAddr.Loopback(family);
        using Fd listenfd = StreamListen(address);
        Assert.Equal(family != AF_UNIX, Getsockopt(listenfd, SocketOptions.ReuseAddr));
        Assert.Equal(
            Errno.EADDRINUSE, Assert.Throws<UnpException>(() => StreamListen(Getsockname(listenfd), backlog: 1)).Errno);
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = Accept(listenfd);
        Assert.Equal(Getsockname(listenfd), Getpeername(client));
    }

    [Fact]
    public void Pair_of_other_family_is_refused() =>
        Assert.Equal(
            "socketpair error: Operation not supported (AF_INET, SOCK_STREAM)",
            Assert.Throws<UnpException>(() => Socketpair(AF_INET, SOCK_STREAM, 0, out _, out _)).Message);
}
