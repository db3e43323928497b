namespace Unp.Net.Tests.Names;

/// <summary>Tests of the functions of chapter 11 that take a port as a number.</summary>
public class PortNumberTests
{
    public static TheoryData<string> Functions => [.. Calls.Keys];

    static readonly Dictionary<string, Func<int, IDisposable?>> Calls = new()
    {
        ["Tcp_connect"] = port => Tcp_connect("127.0.0.1", port),
        ["Tcp_listen"] = port => Tcp_listen("127.0.0.1", port),
        ["Udp_client"] = port => Udp_client("127.0.0.1", port, out _),
        ["Udp_connect"] = port => Udp_connect("127.0.0.1", port),
        ["Udp_server"] = port => Udp_server("127.0.0.1", port),
        ["Udp_server_reuseaddr"] = port => Udp_server_reuseaddr("127.0.0.1", port),
        ["Getaddrinfo"] = port => Nothing(Getaddrinfo("127.0.0.1", port)),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Port_out_of_range_is_rejected(string function)
    {
        foreach (int port in (int[])[-1, 65536, int.MaxValue, int.MinValue])
            Assert.Equal(port, Assert.Throws<ArgumentOutOfRangeException>("port", () => Calls[function](port)).ActualValue);
    }

    [Fact]
    public void Port_number_means_same_as_its_text()
    {
        using Fd listenfd = Tcp_listen("127.0.0.1", 0);
        int port = Getsockname(listenfd).Port;
        using Fd client = Tcp_connect("127.0.0.1", port);
        Assert.Equal(SockAddr.Inet("127.0.0.1", port), Getpeername(client));
        Assert.Equal(
            $"tcp_listen error for 127.0.0.1, {port}: Address already in use",
            Assert.Throws<UnpException>(() => Tcp_listen("127.0.0.1", port)).Message);

        using Fd server = Udp_server("127.0.0.1", 0, AF_INET);
        SockAddr address = Getsockname(server);
        using Fd connected = Udp_connect("127.0.0.1", address.Port);
        Assert.Equal(address, Getpeername(connected));
        using Fd unconnected = Udp_client("127.0.0.1", address.Port, out SockAddr found);
        Assert.Equal(address, found);
        Assert.Equal(Getaddrinfo("::1", "65535", socktype: SOCK_DGRAM), Getaddrinfo("::1", 65535, socktype: SOCK_DGRAM));

        using Fd first = Udp_server_reuseaddr("127.0.0.1", 0);
        using Fd second = Udp_server_reuseaddr("127.0.0.1", Getsockname(first).Port);
        Assert.Equal(Getsockname(first), Getsockname(second));
    }

    static IDisposable? Nothing(AddrInfo[] _) => null;
}
