namespace Unp.Net.Tests.Names;

/// <summary>Every function that takes a host or a service reports an invalid one, and never truncates or guesses it.</summary>
public class WrongNamesTests
{
    static readonly Dictionary<string, Func<string?, string?, object?>> Functions = new()
    {
        ["getaddrinfo"] = (host, service) => Getaddrinfo(host, service),
        ["host_serv"] = (host, service) => Host_serv(host, service, AF_UNSPEC, SOCK_STREAM),
        ["tcp_connect"] = (host, service) => Tcp_connect(host!, service!),
        ["tcp_listen"] = (host, service) => Tcp_listen(host, service!),
        ["udp_client"] = (host, service) => Udp_client(host!, service!, out _),
        ["udp_connect"] = (host, service) => Udp_connect(host!, service!),
        ["udp_server"] = (host, service) => Udp_server(host, service!),
    };

    /// <summary>Texts that inet_aton(3) or glibc reads as an address, and texts that are neither an address nor a name.</summary>
    public static readonly string[] WrongHosts =
    [
        "1.2.3", "127.1", "1", "0x7f.1", "0X7F.1", "0x7f000001", "0177.1", "0177.0.0.1", "127.0.0.0x1", "4294967295", "0", "08",
        "0xffffffffff", "1.2.3.4.",
        "1.2.3.4.5", "256.1.1.1", "1.", "1.2.3.04", "127.0.0.1 ", " 127.0.0.1", "127.0.0.1 x", "127.0.0.1\n", "localhost ",
        "\tlocalhost", "*", " ", "",
        "0x", ".",
    ];

    public static TheoryData<string> Throwers => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Port_out_of_range_is_not_service(string function)
    {
        // The C library would truncate these to 16 bits and use another port.
        string[] ports = ["65536", "70000", "99999999999999999999", "+70000", "-1", "-0", "-65456", " 70000", "\t80", "+80", "", "*"];
        foreach (string port in ports)
            AssertNoService(function, port);
        Assert.Equal(65535, Getaddrinfo("127.0.0.1", "65535")[0].Address.Port);
        Assert.Equal(80, Getaddrinfo("127.0.0.1", "00080")[0].Address.Port);
    }

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Unknown_service_is_reported(string function)
    {
        string[] services = ["no-such-service", "80x", "8 0", "80 ", "80\t", "0x50", "http ", "1e2", "٣", "**", new('s', 10_000)];
        foreach (string service in services)
            AssertNoService(function, service);
    }

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Unknown_host_is_reported_quickly(string function)
    {
        // The message depends on the name servers.
        foreach (string host in (string[])["no.such.host.invalid", "", "1.2.3.4.5", new('h', 10_000)])
        {
            var failure = Assert.Throws<GaiException>(() => Limit.Run(() => Functions[function](host, "80")));
            Assert.Contains(failure.Name, (string[])["EAI_NONAME", "EAI_AGAIN", "EAI_NODATA", "EAI_FAIL"]);
            Assert.StartsWith($"{function} error for {host}, 80: ", failure.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Invalid_host_is_refused(string function)
    {
        // The C library would take most of these for an address: 1.2.0.3, 127.0.0.1, 0.0.0.1, 255.255.255.255, and "*" for the wildcard or
        // loopback.
        foreach (string host in WrongHosts)
        {
            var failure = Assert.Throws<GaiException>(() => Functions[function](host, "80"));
            Assert.Equal(("EAI_NONAME", host), (failure.Name, failure.Host));
        }
    }

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Name_with_nul_never_reaches_c_library(string function)
    {
        Func<string?, string?, object?> call = Functions[function];
        Assert.Contains("127.0.0.1\\0.example.com", Assert.Throws<ArgumentException>(() => call("127.0.0.1\0.example.com", "80")).Message);
        Assert.Contains("80\\0x", Assert.Throws<ArgumentException>(() => call("127.0.0.1", "80\0x")).Message);
    }

    [Theory]
    [MemberData(nameof(Throwers))]
    public void Valid_address_is_host(string function)
    {
        foreach (string host in (string[])["127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost"])
        {
            try
            {
                (Functions[function](host, "0") as IDisposable)?.Dispose();
            }
            catch (UnpException)
            {
                // The connection was refused, so the host was accepted.
            }
        }
    }

    [Fact]
    public void Argument_with_nul_is_refused_by_parameter_name()
    {
        foreach (Func<string?, string?, object?> call in Functions.Values)
        {
            Assert.Throws<ArgumentException>("host", () => call("a\0b", "80"));
            Assert.Throws<ArgumentException>("service", () => call("127.0.0.1", "8\00"));
        }
        Assert.Throws<ArgumentException>("node", () => getaddrinfo("a\0b", "80", 0, 0, 0, 0, out _));
        Assert.Throws<ArgumentException>("proto", () => getservbyname("http", "t\0p"));
    }

    [Fact]
    public void Null_is_refused_for_required_name()
    {
        Assert.Throws<ArgumentNullException>("host", () => Tcp_connect(null!, "80"));
        Assert.Throws<ArgumentNullException>("service", () => Tcp_connect("127.0.0.1", null!));
        Assert.Throws<ArgumentNullException>("service", () => Tcp_listen("127.0.0.1", null!));
        Assert.Throws<ArgumentNullException>("host", () => tcp_connect(null!, "80", out _));
    }

    [Fact]
    public void Lower_case_twins_return_error_instead_of_throwing()
    {
        Assert.Null(tcp_connect("127.0.0.1", "70000", out int gaiError));
        Assert.Equal(EAI_SERVICE, gaiError);
        Assert.Null(tcp_listen("127.0.0.1", "no-such-service", out gaiError));
        Assert.Equal(EAI_SERVICE, gaiError);
        Assert.Null(host_serv("127.0.0.1", "80", 9999, SOCK_STREAM, out gaiError));
        Assert.Equal(EAI_FAMILY, gaiError);
        Assert.Equal(EAI_SERVICE, getaddrinfo("127.0.0.1", "65536", 0, AF_UNSPEC, 0, 0, out AddrInfo[] results));
        Assert.Empty(results);
    }

    static void AssertNoService(string function, string service)
    {
        var failure = Assert.Throws<GaiException>(() => Functions[function]("127.0.0.1", service));
        Assert.StartsWith($"{function} error for 127.0.0.1, {service}: Servname not supported for ai_socktype (", failure.Message);
        Assert.Equal(EAI_SERVICE, failure.Error);
    }
}
