namespace Unp.Net.Tests.Names;

public class AddrInfoTests
{
    [Fact]
    public void Text_has_names_of_numbers()
    {
        Assert.Equal(
            ["AF_INET, SOCK_STREAM, IPPROTO_TCP, 127.0.0.1:80", "AF_INET, SOCK_DGRAM, IPPROTO_UDP, 127.0.0.1:80",
                "AF_INET, SOCK_RAW, IPPROTO_IP, 127.0.0.1:80"],
            Getaddrinfo("127.0.0.1", 80).Select(result => $"{result}"));
        var unknown = new AddrInfo(4711, 99 | SOCK_CLOEXEC, 7, SockAddr.Inet("::1", 1), "name");
        Assert.Equal("4711, 99|SOCK_CLOEXEC, 7, [::1]:1, name", $"{unknown}");
    }
}
