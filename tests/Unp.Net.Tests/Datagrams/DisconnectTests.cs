namespace Unp.Net.Tests.Datagrams;

public class DisconnectTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Disconnected_socket_receives_from_any_at_bound_address(bool isIPv6)
    {
        int family = isIPv6 ? AF_INET6 : AF_INET;
        Loopback.Require(family);
        using Fd first = Loopback.Datagram(family), second = Loopback.Datagram(family), client = BoundTwice(family);
        SockAddr own = Getsockname(client);
        Connect(client, Getsockname(first));
        Sendto(second, "filtered"u8, 0, own);
        Disconnect(client);
        Assert.Equal(own, Getsockname(client));
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => Getpeername(client)).Errno);

        Sendto(second, "received"u8, 0, own);
        byte[] buffer = new byte[20];
        Assert.Equal(8, Recvfrom(client, buffer, 0, out SockAddr from));
        Assert.Equal("received"u8, buffer.AsSpan(0, 8));
        Assert.Equal(Getsockname(second), from);
        Sendto(client, "x"u8, 0, from);
        Disconnect(client); // no effect
        Connect(client, from);
    }

    [Fact]
    public void Port_chosen_by_Linux_is_lost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the BSDs keep the port");
        using Fd server = Loopback.Datagram(), client = Socket(AF_INET, SOCK_DGRAM);
        Connect(client, Getsockname(server));
        Assert.NotEqual(0, Getsockname(client).Port);
        Disconnect(client);
        Assert.Equal(SockAddr.Any(AF_INET), Getsockname(client));
    }

    /// <summary>Linux keeps a port only if it was requested by its number.</summary>
    static Fd BoundTwice(int family)
    {
        using Fd chosen = Loopback.Limited(Socket(family, SOCK_DGRAM));
        Setsockopt(chosen, SocketOptions.ReuseAddr, true);
        Bind(chosen, SockAddr.Loopback(family));
        Fd requested = Loopback.Limited(Socket(family, SOCK_DGRAM));
        Setsockopt(requested, SocketOptions.ReuseAddr, true);
        Bind(requested, Getsockname(chosen));
        return requested;
    }

    [Fact]
    public void Unix_datagram_socket_is_disconnected()
    {
        Socketpair(AF_UNIX, SOCK_DGRAM, 0, out Fd first, out Fd second);
        using (first)
        using (second)
        {
            Disconnect(first);
            Assert.Throws<UnpException>(() => Send(first, "x"u8));
        }
    }

    [Fact]
    public void Error_names_descriptor()
    {
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            UnpException failure = Assert.Throws<UnpException>(() => Disconnect(reader));
            Assert.Equal(Errno.ENOTSOCK, failure.Errno);
            Assert.Contains($"fd {reader.DangerousGetHandle()}", failure.Message, StringComparison.Ordinal);
        }
    }
}
