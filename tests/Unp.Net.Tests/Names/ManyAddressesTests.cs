namespace Unp.Net.Tests.Names;

/// <summary>Tcp_connect and Tcp_listen try all addresses of a host.</summary>
public sealed class ManyAddressesTests : IDisposable
{
    // getaddrinfo returns them in this order (RFC 6724). No server can have a broadcast address, for which the kernel reports ENETUNREACH.
    readonly HostsFile names = new("::1 both.test all.test", "127.0.0.1 both.test all.test", "127.255.255.255 all.test");

    public void Dispose() => names.Dispose();

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Client_connects_to_only_address_that_answers(int family)
    {
        using var both = new SamePort(listening: family);
        var (output, error) = names.Run("tcp_connect", "both.test", $"{both.Port}");
        Assert.Equal((SockAddr.Loopback(family, both.Port).ToString(), ""), (output, error));
    }

    [Fact]
    public void Client_connects_to_first_address_that_answers()
    {
        using var both = new SamePort(listening: [AF_INET, AF_INET6]);
        Assert.Equal($"[::1]:{both.Port}", names.Run("tcp_connect", "both.test", $"{both.Port}").Output);
    }

    [Fact]
    public void Client_without_server_reports_last_error_and_leaks_nothing()
    {
        using var both = new SamePort();
        var (output, error) = names.Run("fail to connect", "both.test", $"{both.Port}");
        Assert.Equal("0 left open", output);
        Assert.Equal($"tcp_connect error for both.test, {both.Port}: Connection refused", error);

        (output, error) = names.Run("fail to connect", "all.test", $"{both.Port}");
        Assert.Equal("0 left open", output);
        Assert.Equal($"tcp_connect error for all.test, {both.Port}: Network is unreachable", error);
    }

    [Fact]
    public void Server_binds_first_free_address()
    {
        using var listening = new SamePort(listening: AF_INET6);
        Assert.Equal(
            $"tcp_listen error for both.test, {listening.Port}: Address already in use",
            names.Run("tcp_listen", "both.test", $"{listening.Port}").Error);
        Assert.StartsWith("[::1]:", names.Run("tcp_listen", "both.test", "0").Output);

        using var taken = new SamePort(listening: AF_INET6);
        taken.FreeIpv4();
        string port = $"{taken.Port}";
        Assert.Equal($"127.0.0.1:{port}", names.Run("tcp_listen", "both.test", port).Output);
    }

    [Fact]
    public void Server_without_free_address_reports_last_error()
    {
        using var noAddressOfThisHost = new HostsFile("::1 two.test", "192.0.2.1 two.test");
        using Fd taken = Loopback.Listener(AF_INET6);
        string port = $"{Getsockname(taken).Port}";
        Assert.Equal(
            $"tcp_listen error for two.test, {port}: Cannot assign requested address",
            noAddressOfThisHost.Run("tcp_listen", "two.test", port).Error);
    }

    [Fact]
    public void Host_without_addresses_is_reported()
    {
        Assert.Equal(
            "tcp_connect error for nobody.test, 80: Name or service not known", names.Run("tcp_connect", "nobody.test", "80").Error);
        Assert.Equal("tcp_listen error for nobody.test, 80: Name or service not known", names.Run("tcp_listen", "nobody.test", "80").Error);
    }
}
