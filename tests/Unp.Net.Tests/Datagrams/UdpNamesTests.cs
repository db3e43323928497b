using System.Globalization;

namespace Unp.Net.Tests.Datagrams;

/// <summary>Udp_client, Udp_connect and Udp_server. Invalid names are in <see cref="Names.WrongNamesTests"/>.</summary>
public class UdpNamesTests
{
    public static TheoryData<string> Hosts => ["127.0.0.1", "::1"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Server_is_bound_to_address_and_port_chosen_by_kernel(string host)
    {
        Loopback.Require(SockAddr.Inet(host, 0).Family);
        using Fd server = Udp_server(host, "0");
        SockAddr address = Getsockname(server);
        Assert.Equal(host, address.Address.ToString());
        Assert.NotEqual(0, address.Port);
        Assert.True(Kernel.IsCloseOnExec(server));
        Assert.Equal(SOCK_DGRAM, Getsockopt(server, SocketOptions.Type));
        Assert.False(Getsockopt(server, SocketOptions.ReuseAddr));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Family_of_server_can_be_chosen(int family)
    {
        using Fd server = Udp_server(null, "0", family);
        Assert.Equal(SockAddr.Any(family, Getsockname(server).Port), Getsockname(server));
        using Fd? twin = udp_server(null, "0", out int gaiError, family);
        Assert.Equal((family, 0), (Getsockname(twin!).Family, gaiError));
    }

    [Fact]
    public void Server_without_host_has_wildcard_of_first_family_of_libc()
    {
        AddrInfo first = Getaddrinfo(null, "0", socktype: SOCK_DGRAM, flags: AI_PASSIVE)[0];
        using Fd server = Udp_server(null, "0");
        Assert.Equal(SockAddr.Any(first.Family, Getsockname(server).Port), Getsockname(server));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Client_is_unconnected_and_gets_server_address(string host)
    {
        Loopback.Require(SockAddr.Inet(host, 0).Family);
        using Fd server = Loopback.Limited(Udp_server(host, "0"));
        using Fd client = Loopback.Limited(Udp_client(host, Port(server), out SockAddr to));
        Assert.Equal(Getsockname(server), to);
        Assert.True(Kernel.IsCloseOnExec(client));
        Assert.Equal(Errno.ENOTCONN, Assert.Throws<UnpException>(() => Getpeername(client)).Errno);

        Sendto(client, "question"u8, 0, to);
        byte[] buffer = new byte[80];
        Assert.Equal("question"u8, buffer.AsSpan(0, Recvfrom(server, buffer, 0, out SockAddr from)));
        Assert.Equal(Getsockname(client).Port, from.Port);
        using Fd another = Loopback.Datagram(to.Family);
        Sendto(another, "anybody may"u8, 0, from);
        Assert.Equal("anybody may"u8, buffer.AsSpan(0, Recvfrom(client, buffer, 0, out from)));
        Assert.Equal(Getsockname(another), from);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Connected_client_receives_from_its_server_only(string host)
    {
        Loopback.Require(SockAddr.Inet(host, 0).Family);
        using Fd server = Loopback.Limited(Udp_server(host, "0"));
        using Fd client = Loopback.Limited(Udp_connect(host, Port(server)));
        Assert.Equal(Getsockname(server), Getpeername(client));
        Assert.True(Kernel.IsCloseOnExec(client));

        SockAddr local = Getsockname(client);
        using (Fd another = Loopback.Datagram(local.Family))
            Sendto(another, "not for you"u8, 0, local);
        Sendto(server, "for you"u8, 0, local);
        byte[] buffer = new byte[80];
        Assert.Equal("for you"u8, buffer.AsSpan(0, Recv(client, buffer)));
        Assert.Equal(0, Kernel.Waiting(client));
    }

    [Fact]
    public void Server_is_reached_by_host_name()
    {
        using Fd server = Udp_server("localhost", "0");
        using Fd client = Udp_client("localhost", Port(server), out SockAddr to);
        Assert.Equal(Getsockname(server), to);
        using Fd connected = Udp_connect("localhost", Port(server));
        Assert.Equal(Getsockname(server), Getpeername(connected));
    }

    [Fact]
    public void Lower_case_twins_return_descriptor_and_no_error()
    {
        using Fd server = Udp_server("127.0.0.1", "0");
        using Fd? client = udp_client("127.0.0.1", Port(server), out SockAddr to, out int gaiError);
        Assert.Equal((Getsockname(server), 0), (to, gaiError));
        Assert.NotNull(client);
        using Fd? connected = udp_connect("127.0.0.1", Port(server), out gaiError);
        Assert.Equal((Getsockname(server), 0), (Getpeername(connected!), gaiError));
    }

    [Fact]
    public void Second_server_on_port_fails_with_EADDRINUSE()
    {
        using Fd first = Udp_server("127.0.0.1", "0");
        string port = Port(first);
        var failure = Assert.Throws<UnpException>(() => Udp_server("127.0.0.1", port));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        Assert.Equal($"udp_server error for 127.0.0.1, {port}: Address already in use", failure.Message);
        Assert.Null(udp_server("127.0.0.1", port, out int gaiError));
        Assert.Equal((0, Errno.EADDRINUSE), (gaiError, Errno.Last));
    }

    [Fact]
    public void Message_reports_missing_host()
    {
        using Fd first = Udp_server(null, "0", AF_INET);
        string port = Port(first);
        Assert.Equal(
            $"udp_server error for (no hostname), {port}: Address already in use",
            Assert.Throws<UnpException>(() => Udp_server(null, port, AF_INET)).Message);
    }

    [Fact]
    public void Message_names_address_that_cannot_be_bound_or_reached()
    {
        Assert.Equal(
            "udp_server error for 192.0.2.1, 0: Cannot assign requested address",
            Assert.Throws<UnpException>(() => Udp_server("192.0.2.1", "0")).Message);

        // A broadcast needs SO_BROADCAST, which a new socket does not have.
        Assert.Equal(
            "udp_connect error for 127.255.255.255, 9: Permission denied",
            Assert.Throws<UnpException>(() => Udp_connect("127.255.255.255", "9")).Message);
        Assert.Null(udp_connect("127.255.255.255", "9", out int gaiError));
        Assert.Equal((0, Errno.EACCES), (gaiError, Errno.Last));
    }

    [Fact]
    public void Family_without_address_of_host_is_error()
    {
        Assert.Null(udp_server("127.0.0.1", "0", out int gaiError, AF_INET6));
        Assert.Equal(EAI_ADDRFAMILY, gaiError);
        Assert.Equal(EAI_FAMILY, Assert.Throws<GaiException>(() => Udp_server("127.0.0.1", "0", family: 9999)).Error);
    }

    [Fact]
    public void Null_is_refused_for_required_name()
    {
        Assert.Throws<ArgumentNullException>("host", () => Udp_client(null!, "9", out _));
        Assert.Throws<ArgumentNullException>("service", () => Udp_client("127.0.0.1", null!, out _));
        Assert.Throws<ArgumentNullException>("host", () => Udp_connect(null!, "9"));
        Assert.Throws<ArgumentNullException>("service", () => Udp_connect("127.0.0.1", null!));
        Assert.Throws<ArgumentNullException>("service", () => Udp_server("127.0.0.1", null!));
    }

    static string Port(Fd fd) => Getsockname(fd).Port.ToString(CultureInfo.InvariantCulture);
}
