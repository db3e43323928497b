namespace Unp.Net.Tests.Names;

/// <summary>A host with several addresses: Tcp_connect and Tcp_listen try them all.</summary>
public sealed class ManyAddressesTests : IDisposable
{
    // getaddrinfo sorts them so (RFC 6724). Nobody can be at a broadcast address: the kernel says ENETUNREACH there.
    readonly HostsFile names = new("::1 both.test all.test", "127.0.0.1 both.test all.test", "127.255.255.255 all.test");

    public void Dispose() => names.Dispose();

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Client_reaches_the_one_address_that_answers(int family)
    {
        using var both = new SamePort(listening: family);
        var (output, error) = names.Run("tcp_connect", "both.test", $"{both.Port}");
        Assert.Equal((SockAddr.Loopback(family, both.Port).ToString(), ""), (output, error));
    }

    [Fact]
    public void Client_goes_to_the_first_that_answers()
    {
        using var both = new SamePort(listening: [AF_INET, AF_INET6]);
        Assert.Equal($"[::1]:{both.Port}", names.Run("tcp_connect", "both.test", $"{both.Port}").Output);
    }

    [Fact]
    public void Client_that_nobody_answers_says_why_the_last_did_not_and_leaks_nothing()
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
    public void Server_gets_the_first_address_that_is_free()
    {
        using var listening = new SamePort(listening: AF_INET6);
        Assert.Equal($"tcp_listen error for both.test, {listening.Port}: Address already in use", names.Run("tcp_listen", "both.test", $"{listening.Port}").Error);
        Assert.StartsWith("[::1]:", names.Run("tcp_listen", "both.test", "0").Output);

        using var taken = new SamePort(listening: AF_INET6);
        taken.FreeIpv4();
        string port = $"{taken.Port}";
        Assert.Equal($"127.0.0.1:{port}", names.Run("tcp_listen", "both.test", port).Output);
    }

    [Fact]
    public void Server_that_can_have_none_says_why_not_the_last()
    {
        using var noAddressOfThisHost = new HostsFile("::1 two.test", "192.0.2.1 two.test");
        using Fd taken = Loopback.Listener(AF_INET6);
        string port = $"{Getsockname(taken).Port}";
        Assert.Equal(
            $"tcp_listen error for two.test, {port}: Cannot assign requested address",
            noAddressOfThisHost.Run("tcp_listen", "two.test", port).Error);
    }

    [Fact]
    public void Host_without_addresses_is_named()
    {
        Assert.Equal("tcp_connect error for nobody.test, 80: Name or service not known", names.Run("tcp_connect", "nobody.test", "80").Error);
        Assert.Equal("tcp_listen error for nobody.test, 80: Name or service not known", names.Run("tcp_listen", "nobody.test", "80").Error);
    }
}
