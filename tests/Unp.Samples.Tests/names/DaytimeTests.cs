using System.Text;

namespace Unp.Samples.Tests.names;

/// <summary>Tests of the daytime servers and clients of chapter 11.</summary>
public class DaytimeTests
{
    const string Date = "[A-Z][a-z]{2} [A-Z][a-z]{2} [ 123][0-9] [0-9:]{8} [0-9]{4}\r\n";

    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string> EitherAddress => [.. Addresses];

    public static TheoryData<string, string> EveryTcpServer =>
        new(from server in (string[])["daytimetcpsrv2", "daytimetcpsrv4"] from address in Addresses select (server, address));

    public static TheoryData<string, string> EveryUdpServer =>
        new(from server in (string[])["daytimeudpsrv2", "daytimeudpsrv3"] from address in Addresses select (server, address));

    public static TheoryData<string, string> EveryUdpClient =>
        new(from client in (string[])["daytimeudpcli1", "daytimeudpcli2", "test2"] from address in Addresses select (client, address));

    [Theory]
    [MemberData(nameof(EveryTcpServer))]
    public void Tcp_server_sends_time_and_prints_client_address(string server, string address)
    {
        using Peer serving = UnpProcess.StartServer([$"names/{server}", address, "0"], out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Matches($"^{Date}$", client.ReceiveToEnd());
        Assert.Equal(ConnectionLine(server, client.Local), serving.ReadLine());

        Outcome outcome = UnpProcess.Run("names/daytimetcpcli", address, $"{listening.Port}");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"^connected to {address}\n{Date}$", outcome.Output);
        Assert.StartsWith("connection from ", serving.ReadLine(), StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("daytimetcpsrv1")]
    [InlineData("daytimetcpsrv2")]
    [InlineData("daytimetcpsrv4")]
    public void Tcp_server_without_host_accepts_on_every_address(string server)
    {
        using Peer serving = UnpProcess.StartServer([$"names/{server}", "0"], out SockAddr listening);
        Assert.Equal(SockAddr.Any(listening.Family, listening.Port), listening);
        using Wire client = Wire.Connect(SockAddr.Loopback(listening.Family, listening.Port));
        Assert.Matches($"^{Date}$", client.ReceiveToEnd());
        Assert.Equal(ConnectionLine(server, client.Local), serving.ReadLine());
    }

    [Theory]
    [MemberData(nameof(EitherAddress))]
    public void Client_of_resetting_server_prints_time_and_error(string address)
    {
        using Peer serving = UnpProcess.StartServer(["names/daytimetcpsrv3", address, "0"], out SockAddr listening);
        Outcome outcome = UnpProcess.Run("names/daytimetcpcli", address, $"{listening.Port}");
        Assert.Matches($"^connected to {address}\n{Date}$", outcome.Output);
        Assert.Equal((1, "read error: Connection reset by peer\n"), (outcome.Status, outcome.Error));
        Assert.StartsWith($"connection from {SockAddr.Inet(address, 1).ToString()[..^1]}", serving.ReadLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("daytimetcpcli1", "127.0.0.1")]
    [InlineData("daytimetcpcli2", "127.0.0.1")]
    [InlineData("daytimetcpcli3", "127.0.0.1")]
    [InlineData("daytimetcpcli3", "::1")]
    public void Client_with_older_functions_tries_address_at_service_port(string client, string address)
    {
        var (listener, service) = RegisteredServer(address);
        using (listener)
        {
            using Peer asking = UnpProcess.Start($"names/{client}", address, service.Name);
            using (Wire server = listener.Accept())
                server.Send("a time\r\n");
            Assert.Equal(new Outcome(0, $"trying {SockAddr.Inet(address, service.Port)}\na time\r\n", ""), asking.Finish());
        }
    }

    [Fact]
    public void Client_accepts_port_number_as_service()
    {
        using var listener = new Wire.Listener();
        using Peer asking = UnpProcess.Start("names/daytimetcpcli2", "localhost", listener.Port);
        using (Wire server = listener.Accept())
            server.Send("\xffnoon");
        Assert.Equal(new Outcome(0, $"trying 127.0.0.1:{listener.Port}\n\xffnoon", ""), asking.Finish());
        foreach (string client in (string[])["daytimetcpcli1", "daytimetcpcli3"])
            Assert.Equal(
                new Outcome(1, "", $"getservbyname error for {listener.Port}\n"),
                UnpProcess.Run($"names/{client}", "localhost", listener.Port));
    }

    [Fact]
    public void Client_tries_next_address_after_failure()
    {
        // TCP cannot connect to a broadcast address, so the kernel reports ENETUNREACH.
        using var names = new HostsFile("127.255.255.255 two.test", "127.0.0.1 two.test");
        using Fd deaf = Socket(AF_INET, SOCK_STREAM);
        Bind(deaf, SockAddr.Loopback(AF_INET));
        int port = Getsockname(deaf).Port;
        Assert.Equal(
            new Outcome(
                1,
                $"trying 127.255.255.255:{port}\ntrying 127.0.0.1:{port}\n",
                "connect error: Network is unreachable\nconnect error: Connection refused\nunable to connect\n"),
            names.RunUnp("names/daytimetcpcli2", "two.test", $"{port}"));
    }

    [Theory]
    [InlineData("daytimetcpcli1")]
    [InlineData("daytimetcpcli2")]
    [InlineData("daytimetcpcli3")]
    public void Client_names_unknown_host_and_service(string client)
    {
        using var names = new HostsFile("127.0.0.1 one.test");
        Assert.Equal(
            new Outcome(1, "", "hostname error for nobody.test: Unknown host\n"),
            names.RunUnp($"names/{client}", "nobody.test", "daytime"));
        foreach (string service in (string[])["no-such-service", "70000", "0", "-1", "13x"])
        {
            var refused = new Outcome(1, "", $"getservbyname error for {service}\n");
            Assert.Equal(refused, names.RunUnp($"names/{client}", "one.test", service));
        }
    }

    [Theory]
    [InlineData("daytimetcpcli1")]
    [InlineData("daytimetcpcli2")]
    [InlineData("daytimetcpcli3")]
    public void Client_looks_up_host_before_service(string client)
    {
        using var names = new HostsFile("127.0.0.1 one.test");
        Assert.Equal(
            new Outcome(1, "", "hostname error for nobody.test: Unknown host\n"),
            names.RunUnp($"names/{client}", "nobody.test", "no-such-service"));
    }

    [Theory]
    [MemberData(nameof(EveryUdpServer))]
    public void Udp_server_answers_any_datagram_and_prints_sender(string server, string address)
    {
        using Peer serving = UnpProcess.StartServer([$"names/{server}", address, "0"], out SockAddr listening);
        using Fd asking = Loopback.Datagram(listening.Family);
        Span<byte> line = stackalloc byte[MAXLINE];
        foreach (byte[] question in (byte[][])[[0], [], new byte[2000]])
        {
            Sendto(asking, question, 0, listening);
            int n = Recvfrom(asking, line, 0, out SockAddr from);
            Assert.Equal(listening, from);
            Assert.Matches($"^{Date}$", Encoding.ASCII.GetString(line[..n]));
            Assert.Equal($"datagram from {Getsockname(asking)}", serving.ReadLine());
        }
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("daytimeudpsrv2")]
    [InlineData("daytimeudpsrv3")]
    public void Udp_server_without_host_receives_on_every_address(string server)
    {
        using Peer serving = UnpProcess.StartServer([$"names/{server}", "0"], out SockAddr listening);
        Assert.Equal(SockAddr.Any(listening.Family, listening.Port), listening);
        string address = $"{SockAddr.Loopback(listening.Family).Address}";
        Assert.Matches($"^{Date}$", UnpProcess.Run("names/daytimeudpcli2", address, $"{listening.Port}").Output);
    }

    [Fact]
    public void Two_udp_servers_share_port_only_with_SO_REUSEADDR()
    {
        using Peer first = UnpProcess.StartServer(["names/daytimeudpsrv2", "127.0.0.1", "0"], out SockAddr taken);
        Assert.Equal(
            new Outcome(1, "", $"udp_server error for 127.0.0.1, {taken.Port}: Address already in use\n"),
            UnpProcess.Run("names/daytimeudpsrv2", "127.0.0.1", $"{taken.Port}"));

        using Peer shared = UnpProcess.StartServer(["names/daytimeudpsrv3", "127.0.0.1", "0"], out SockAddr listening);
        using Fd second = Udp_server_reuseaddr("127.0.0.1", $"{listening.Port}");
        Assert.Equal(listening, Getsockname(second));
    }

    [Theory]
    [MemberData(nameof(EveryUdpClient))]
    public void Udp_client_sends_one_byte_and_prints_answer(string client, string address)
    {
        using Fd serving = Loopback.Datagram(SockAddr.Inet(address, 0).Family);
        using Peer asking = UnpProcess.Start($"names/{client}", address, $"{Getsockname(serving).Port}");
        Span<byte> question = stackalloc byte[10];
        int n = Recvfrom(serving, question, 0, out SockAddr from);
        Assert.Equal([0], question[..n].ToArray());
        Sendto(serving, "five o'clock\r\n"u8, 0, from);
        string before = client switch
        {
            "daytimeudpcli1" => $"sending to {address}\n",
            "test2" => $"bound {SockAddr.Any(from.Family)}\nsending to {address}\n",
            _ => "",
        };
        Assert.Equal(new Outcome(0, $"{before}five o'clock\r\n", ""), asking.Finish());
    }

    [Theory]
    [MemberData(nameof(EitherAddress))]
    public void Connected_udp_client_reports_missing_server(string address)
    {
        Fd gone = Loopback.Datagram(SockAddr.Inet(address, 0).Family);
        int port = Getsockname(gone).Port;
        gone.Dispose();
        Assert.Equal(new Outcome(1, "", "read error: Connection refused\n"), UnpProcess.Run("names/daytimeudpcli2", address, $"{port}"));
    }

    /// <summary>A server of the test on a free port that has a service name.</summary>
    static (Wire.Listener Listener, ServEnt Service) RegisteredServer(string address)
    {
        foreach (ServEnt service in getservent().Where(service => service.Protocol == "tcp" && service.Port >= 1024))
        {
            try
            {
                return (new Wire.Listener(address, service.Port), service);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The port is taken, so the next one is tried.
            }
        }
        Assert.Skip("/etc/services has no TCP service whose port is free");
        return default;
    }

    static string ConnectionLine(string server, SockAddr client) =>
        server == "daytimetcpsrv4" ? $"connection from {client.Address}.{client.Port}" : $"connection from {client}";
}
