namespace Unp.Net.Tests.Names;

/// <summary>Host_serv and Getaddrinfo.</summary>
public class HostServTests
{
    [Fact]
    public void Result_has_all_arguments_for_socket_and_connect()
    {
        AddrInfo v4 = Assert.Single(Host_serv("127.0.0.1", "80", AF_UNSPEC, SOCK_STREAM));
        Assert.Equal(
            (AF_INET, SOCK_STREAM, IPPROTO_TCP, SockAddr.Inet("127.0.0.1", 80)),
            (v4.Family, v4.SockType, v4.Protocol, v4.Address));

        AddrInfo v6 = Assert.Single(Host_serv("::1", "53", AF_UNSPEC, SOCK_DGRAM));
        Assert.Equal(
            (AF_INET6, SOCK_DGRAM, IPPROTO_UDP, SockAddr.Inet("::1", 53)),
            (v6.Family, v6.SockType, v6.Protocol, v6.Address));
    }

    [Fact]
    public void Lookup_without_type_has_result_for_each_type()
    {
        int[] types = [.. Host_serv("127.0.0.1", "53", AF_INET, 0).Select(result => result.SockType)];
        Assert.Contains(SOCK_STREAM, types);
        Assert.Contains(SOCK_DGRAM, types);
    }

    [Fact]
    public void First_result_has_canonical_name()
    {
        AddrInfo[] results = Host_serv("127.0.0.1", "53", AF_INET, 0);
        Assert.Equal("127.0.0.1", results[0].CanonicalName);
        Assert.All(results[1..], result => Assert.Null(result.CanonicalName));
        Assert.False(string.IsNullOrEmpty(Host_serv("localhost", null, AF_UNSPEC, SOCK_STREAM)[0].CanonicalName));
        Assert.Null(Getaddrinfo("127.0.0.1", "53")[0].CanonicalName);
    }

    [Fact]
    public void Missing_host_means_loopback_and_missing_service_port_0()
    {
        Assert.All(
            Host_serv(null, "80", AF_UNSPEC, SOCK_STREAM), result => Assert.Equal(SockAddr.Loopback(result.Family, 80), result.Address));
        Assert.Equal(SockAddr.Inet("127.0.0.1", 0), Host_serv("127.0.0.1", null, AF_INET, SOCK_STREAM)[0].Address);
        Assert.All(Getaddrinfo(null, "80", flags: AI_PASSIVE), result => Assert.Equal(SockAddr.Any(result.Family, 80), result.Address));
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Family_can_be_chosen(int family) =>
        Assert.Equal(SockAddr.Loopback(family, 80), Assert.Single(Host_serv(null, "80", family, SOCK_STREAM)).Address);

    [Fact]
    public void Scope_of_address_is_kept() =>
        Assert.Equal(if_nametoindex("lo"), Getaddrinfo("fe80::1%lo", "80", socktype: SOCK_STREAM)[0].Address.ScopeId);

    [Fact]
    public void Lower_case_twin_returns_same_results()
    {
        Assert.Equal(Host_serv("127.0.0.1", "80", AF_INET, 0), host_serv("127.0.0.1", "80", AF_INET, 0, out int gaiError));
        Assert.Equal(0, gaiError);
    }

    public static TheoryData<string?, string?, int, int, string, string> Errors => new()
    {
        { "127.0.0.1", "80", 9999, SOCK_STREAM, "EAI_FAMILY", "ai_family not supported" },
        { "127.0.0.1", "80", AF_INET, 9999, "EAI_SOCKTYPE", "ai_socktype not supported" },
        { "127.0.0.1", "80", AF_INET6, SOCK_STREAM, "EAI_ADDRFAMILY", "Address family for hostname not supported" },
        {
            "127.0.0.1", "no-such-service", AF_INET, SOCK_STREAM, "EAI_SERVICE",
            "Servname not supported for ai_socktype (the service is unknown for this type of socket)"
        },
        { null, null, AF_INET, SOCK_STREAM, "EAI_NONAME", "Name or service not known" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Error_has_number_name_and_text(string? host, string? service, int family, int type, string name, string text)
    {
        var failure = Assert.Throws<GaiException>(() => Host_serv(host, service, family, type));
        Assert.Equal($"host_serv error for {host ?? "(no hostname)"}, {service ?? "(no service name)"}: {text}", failure.Message);
        Assert.Equal((name, "host_serv", host, service), (failure.Name, failure.Function, failure.Host, failure.Service));
        Assert.Null(host_serv(host, service, family, type, out int gaiError));
        Assert.Equal(failure.Error, gaiError);
    }

    [Fact]
    public void Unknown_flags_are_error() =>
        Assert.Equal(
            ("EAI_BADFLAGS", "getaddrinfo error for 127.0.0.1, 80: Bad value for ai_flags"),
            NameAndMessage(Assert.Throws<GaiException>(() => Getaddrinfo("127.0.0.1", "80", flags: 0x40000000))));

    [Fact]
    public void Numeric_flags_exclude_names()
    {
        Assert.Equal("EAI_NONAME", Assert.Throws<GaiException>(() => Getaddrinfo("localhost", "80", flags: AI_NUMERICHOST)).Name);
        Assert.Equal("EAI_NONAME", Assert.Throws<GaiException>(() => Getaddrinfo("127.0.0.1", "http", flags: AI_NUMERICSERV)).Name);
    }

    static (string Name, string Message) NameAndMessage(GaiException failure) => (failure.Name, failure.Message);
}
