using System.Globalization;

namespace Unp.Net.Tests.Names;

public class TcpConnectTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Client_is_connected_to_address_and_port(string host)
    {
        using Fd listenfd = Loopback.Listener(SockAddr.Parse(host));
        using Fd client = Tcp_connect(host, Port(listenfd));
        Assert.Equal(Getsockname(listenfd), Getpeername(client));
        Assert.True(Kernel.IsCloseOnExec(client));

        using Fd server = Accept(listenfd);
        Writen(client, "hello"u8);
        Assert.Equal(5, Readn(server, new byte[5]));
    }

    [Fact]
    public void Client_reaches_server_by_host_name()
    {
        using Fd listenfd = Tcp_listen("localhost", "0");
        using Fd client = Tcp_connect("localhost", Port(listenfd));
        Assert.Equal(Getsockname(listenfd), Getpeername(client));
    }

    [Fact]
    public void Lower_case_twin_returns_descriptor_and_no_error()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd? client = tcp_connect("127.0.0.1", Port(listenfd), out int gaiError);
        Assert.Equal(0, gaiError);
        Assert.Equal(Getsockname(listenfd), Getpeername(client!));
    }

    [Fact]
    public void Refused_connection_reports_host_service_and_reason()
    {
        string port = Port(Loopback.Deaf(out Fd holder));
        using (holder)
        {
            var failure = Assert.Throws<UnpException>(() => Tcp_connect("127.0.0.1", port));
            Assert.Equal($"tcp_connect error for 127.0.0.1, {port}: Connection refused", failure.Message);
            Assert.Equal((Errno.ECONNREFUSED, "tcp_connect"), (failure.Errno, failure.Function));
            Assert.Equal(System.Net.Sockets.SocketError.ConnectionRefused, failure.SocketErrorCode);

            Assert.Null(tcp_connect("127.0.0.1", port, out int gaiError));
            Assert.Equal((0, Errno.ECONNREFUSED), (gaiError, Errno.Last));
        }
    }

    [Fact]
    public void Refused_connections_leave_no_descriptor_open()
    {
        string port = Port(Loopback.Deaf(out Fd holder));
        using (holder)
        {
            for (int i = 0; i < 100; i++)
            {
                Assert.Null(tcp_connect("127.0.0.1", port, out _));
                Assert.Throws<UnpException>(() => Tcp_connect("127.0.0.1", port));
            }
        }
    }

    [Fact]
    public void Service_may_be_name()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "/etc/services does not exist (Debian: netbase)");
        Assert.Equal(7, Getaddrinfo("127.0.0.1", "echo", socktype: SOCK_STREAM).Single().Address.Port);
        Assert.Equal(
            "tcp_connect error for 127.0.0.1, tcpmux: Connection refused",
            Assert.Throws<UnpException>(() => Tcp_connect("127.0.0.1", "tcpmux")).Message);
    }

    static string Port(Fd fd) => Port(Getsockname(fd));

    static string Port(in SockAddr address) => address.Port.ToString(CultureInfo.InvariantCulture);
}
