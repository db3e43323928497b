using System.Globalization;

namespace Unp.Net.Tests.Names;

public class TcpListenTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Server_listens_on_address_and_port_chosen_by_kernel(string host)
    {
        Loopback.Require(SockAddr.Inet(host, 0).Family);
        using Fd listenfd = Tcp_listen(host, "0");
        SockAddr address = Getsockname(listenfd);
        Assert.Equal(host, address.Address.ToString());
        Assert.NotEqual(0, address.Port);
        Assert.True(Kernel.IsCloseOnExec(listenfd));
        Assert.Equal(1, Getsockopt<int>(listenfd, SOL_SOCKET, SO_ACCEPTCONN));
    }

    [Fact]
    public void Server_without_host_has_wildcard_of_first_family_of_libc()
    {
        AddrInfo first = Getaddrinfo(null, "0", socktype: SOCK_STREAM, flags: AI_PASSIVE)[0];
        using Fd listenfd = Tcp_listen(null, "0");
        SockAddr address = Getsockname(listenfd);
        Assert.Equal(SockAddr.Any(first.Family, address.Port), address);
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Family_can_be_chosen(int family)
    {
        using Fd listenfd = Tcp_listen(null, "0", family);
        Assert.Equal(SockAddr.Any(family, Getsockname(listenfd).Port), Getsockname(listenfd));
        using Fd? twin = tcp_listen(null, "0", out int gaiError, family);
        Assert.Equal((family, 0), (Getsockname(twin!).Family, gaiError));
    }

    [Fact]
    public void Family_without_address_of_host_is_error()
    {
        Assert.Null(tcp_listen("127.0.0.1", "0", out int gaiError, AF_INET6));
        Assert.Equal(EAI_ADDRFAMILY, gaiError);
        Assert.Equal(EAI_FAMILY, Assert.Throws<GaiException>(() => Tcp_listen("127.0.0.1", "0", family: 9999)).Error);
    }

    [Fact]
    public void Ipv6_wildcard_accepts_ipv4_clients()
    {
        Assert.SkipUnless(File.ReadAllText("/proc/sys/net/ipv6/bindv6only").Trim() == "0", "net.ipv6.bindv6only is set");
        using Fd listenfd = Tcp_listen(null, "0", AF_INET6);
        using Fd client = Tcp_connect("127.0.0.1", Port(listenfd));
        using Fd server = Accept(listenfd, out SockAddr peer);
        Assert.True(peer.Address.IsIPv4MappedToIPv6);
        Assert.Equal($"[::ffff:127.0.0.1]:{Getsockname(client).Port}", peer.ToString());
    }

    [Fact]
    public void Server_can_restart_at_once()
    {
        // The side that closes first keeps the port in TIME_WAIT.
        Fd listenfd = Tcp_listen("127.0.0.1", "0");
        Assert.NotEqual(0, Getsockopt<int>(listenfd, SOL_SOCKET, SO_REUSEADDR));
        string port = Port(listenfd);
        using (Fd client = Tcp_connect("127.0.0.1", port))
        {
            Accept(listenfd).Dispose();
            Assert.Equal(0, Read(client, new byte[1]));
        }
        listenfd.Dispose();

        using (Fd withoutReuse = Socket(AF_INET, SOCK_STREAM))
            Assert.Equal(-1, bind(withoutReuse, SockAddr.Inet("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture))));
        using Fd again = Tcp_listen("127.0.0.1", port);
        Assert.Equal(port, Port(again));
    }

    [Fact]
    public void Second_server_on_port_fails_with_EADDRINUSE()
    {
        using Fd listenfd = Tcp_listen("127.0.0.1", "0");
        string port = Port(listenfd);
        var failure = Assert.Throws<UnpException>(() => Tcp_listen("127.0.0.1", port));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        Assert.Equal($"tcp_listen error for 127.0.0.1, {port}: Address already in use", failure.Message);

        Assert.Null(tcp_listen("127.0.0.1", port, out int gaiError));
        Assert.Equal((0, Errno.EADDRINUSE), (gaiError, Errno.Last));
    }

    [Fact]
    public void Message_reports_missing_host()
    {
        using Fd listenfd = Tcp_listen(null, "0");
        string port = Port(listenfd);
        int family = Getsockname(listenfd).Family;
        Assert.Equal(
            $"tcp_listen error for (no hostname), {port}: Address already in use",
            Assert.Throws<UnpException>(() => Tcp_listen(null, port, family)).Message);
    }

    [Fact]
    public void Address_of_other_host_cannot_be_bound() =>
        Assert.Equal(
            "tcp_listen error for 192.0.2.1, 0: Cannot assign requested address",
            Assert.Throws<UnpException>(() => Tcp_listen("192.0.2.1", "0")).Message);

    static string Port(Fd fd) => Getsockname(fd).Port.ToString(CultureInfo.InvariantCulture);
}
