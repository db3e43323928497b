namespace Unp.Net.Tests.Sockets;

/// <summary>Recvfrom and Sendto.</summary>
public sealed class DatagramTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Datagram_has_address_of_sender(int family)
    {
        using Fd receiver = Loopback.Datagram(family);
        using Fd sender = Loopback.Datagram(family);
        Sendto(sender, "hello"u8, 0, Getsockname(receiver));
        Span<byte> buffer = stackalloc byte[80];
        Assert.Equal("hello"u8, buffer[..Receive(receiver, buffer, 0, out SockAddr from)]);
        Assert.Equal(Getsockname(sender), from);

        Sendto(receiver, "back"u8, 0, from);
        Assert.Equal("back"u8, buffer[..Receive(sender, buffer, 0, out from)]);
        Assert.Equal(Getsockname(receiver), from);
    }

    [Fact]
    public void Unix_datagram_has_path_of_bound_sender()
    {
        using Fd receiver = Socket(AF_UNIX, SOCK_DGRAM);
        Bind(receiver, SockAddr.Unix(directory["receiver"]));
        using Fd sender = Socket(AF_UNIX, SOCK_DGRAM);
        Sendto(sender, "nobody"u8, 0, Getsockname(receiver));
        Assert.Equal(6, Receive(receiver, new byte[80], 0, out SockAddr from));
        Assert.Equal(AF_UNSPEC, from.Family);

        Bind(sender, SockAddr.Unix(directory["sender"]));
        Sendto(sender, "me"u8, 0, Getsockname(receiver));
        Receive(receiver, new byte[80], 0, out from);
        Assert.Equal(directory["sender"], from.Path);
    }

    [Fact]
    public void Empty_datagram_is_received()
    {
        var (sender, receiver) = (Loopback.Datagram(), Loopback.Datagram());
        using (sender)
        using (receiver)
        {
            Sendto(sender, [], 0, Getsockname(receiver));
            Assert.Equal(0, Receive(receiver, new byte[80], 0, out SockAddr from));
            Assert.Equal(Getsockname(sender), from);
        }
    }

    [Fact]
    public void Rest_of_too_long_datagram_is_lost()
    {
        var (sender, receiver) = (Loopback.Datagram(), Loopback.Datagram());
        using (sender)
        using (receiver)
        {
            Sendto(sender, "0123456789"u8, 0, Getsockname(receiver));
            Sendto(sender, "next"u8, 0, Getsockname(receiver));
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal(4, Receive(receiver, buffer[..4], 0, out _));
            Assert.Equal("0123"u8, buffer[..4]);
            Assert.Equal("next"u8, buffer[..Receive(receiver, buffer, 0, out _)]);
        }
    }

    [Fact]
    public void Full_length_is_returned_with_MSG_TRUNC()
    {
        var (sender, receiver) = (Loopback.Datagram(), Loopback.Datagram());
        using (sender)
        using (receiver)
        {
            Sendto(sender, "0123456789"u8, 0, Getsockname(receiver));
            Assert.Equal(10, Receive(receiver, new byte[4], MSG_TRUNC | MSG_PEEK, out _));
            Span<byte> buffer = [0, 0, 0, 0, 0xEE, 0xEE];
            Assert.Equal(10, Receive(receiver, buffer[..4], MSG_TRUNC, out _));
            Assert.Equal("0123"u8, buffer[..4]);
            Assert.Equal(0xEE, buffer[4]);
        }
    }

    [Fact]
    public void Connected_socket_reports_missing_receiver()
    {
        SockAddr nobody = Nobody(out Fd holder);
        using (holder)
        using (Fd sender = Socket(AF_INET, SOCK_DGRAM))
        {
            Connect(sender, nobody);
            Send(sender, "anybody?"u8);
            Loopback.WaitUntilReadable(sender);
            var refused = Assert.Throws<UnpException>(() => Recv(sender, new byte[80]));
            Assert.Equal($"recv error: Connection refused ({sender})", refused.Message);

            Send(sender, "anybody?"u8);
            Loopback.WaitUntilReadable(sender);
            Assert.Equal(
                $"recvfrom error: Connection refused ({sender})",
                Assert.Throws<UnpException>(() => Recvfrom(sender, new byte[80], 0, out _)).Message);
        }
    }

    [Fact]
    public void Too_long_datagram_is_error_with_address()
    {
        using Fd sender = Loopback.Datagram();
        using Fd receiver = Loopback.Datagram();
        SockAddr address = Getsockname(receiver);
        var tooLong = Assert.Throws<UnpException>(() => Sendto(sender, new byte[65_508], 0, address));
        Assert.Equal($"sendto error: Message too long ({address})", tooLong.Message);
        Assert.Equal((Errno.EMSGSIZE, System.Net.Sockets.SocketError.MessageSize), (tooLong.Errno, tooLong.SocketErrorCode));
        Assert.Equal(0, Kernel.Waiting(receiver));
    }

    [Fact]
    public void Failure_contains_address()
    {
        using Fd sender = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal(
            "sendto error: Permission denied (127.255.255.255:9)",
            Assert.Throws<UnpException>(() => Sendto(sender, "x"u8, 0, SockAddr.Inet("127.255.255.255", 9))).Message);
        Assert.Equal(
            "sendto error: Address family not supported by protocol ([::1]:9)",
            Assert.Throws<UnpException>(() => Sendto(sender, "x"u8, 0, SockAddr.Inet("::1", 9))).Message);

        using Fd unix = Socket(AF_UNIX, SOCK_DGRAM);
        string path = directory["no such socket"];
        Assert.Equal(
            $"sendto error: No such file or directory ({path})",
            Assert.Throws<UnpException>(() => Sendto(unix, "x"u8, 0, SockAddr.Unix(path))).Message);
    }

    [Fact]
    public void Connected_socket_receives_only_from_peer()
    {
        using Fd receiver = Loopback.Datagram();
        using Fd peer = Loopback.Datagram();
        using Fd stranger = Loopback.Datagram();
        Connect(receiver, Getsockname(peer));
        Sendto(stranger, "stranger"u8, 0, Getsockname(receiver));
        Sendto(peer, "peer"u8, 0, Getsockname(receiver));
        Assert.Equal(4, Receive(receiver, new byte[80], 0, out SockAddr from));
        Assert.Equal(Getsockname(peer), from);
    }

    [Fact]
    public void Stream_has_no_sender_address()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        using (server)
        {
            Send(client, "x"u8);
            SockAddr from = SockAddr.Loopback(AF_INET6);
            Assert.Equal(1, Recvfrom(server, new byte[80], 0, out from));
            Assert.Equal(default, from);
        }
    }

    static int Receive(Fd fd, Span<byte> buffer, int flags, out SockAddr from)
    {
        Loopback.WaitUntilReadable(fd);
        return Recvfrom(fd, buffer, flags, out from);
    }

    /// <summary>A UDP port in use by a socket that is connected to itself. For all other senders the port is closed.</summary>
    static SockAddr Nobody(out Fd holder)
    {
        holder = Loopback.Datagram();
        Connect(holder, Getsockname(holder));
        return Getsockname(holder);
    }
}
