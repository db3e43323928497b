namespace Unp.Samples.Tests.ipopts;

public class SourceRouteTests
{
    /// <summary>The routers record the addresses of the links on which they forward, so the server sees those, in reverse order.</summary>
    [Theory]
    [InlineData("-g", "LSRR")]
    [InlineData("-G", "SSRR")]
    public void Connection_takes_source_route_in_both_directions(string option, string name)
    {
        using var hosts = new Chain();
        using Peer server = UnpProcess.StartIn(hosts.Server, "ipopts/tcpserv01", "--port", "0");
        string port = $"{UnpProcess.Listening(server).Port}";
        using Peer client = UnpProcess.StartIn(
            hosts.Client, "ipopts/tcpcli01", "--port", port, option, "198.18.1.2", "198.18.2.2", "198.18.3.2");
        client.Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        Assert.Equal("received IP options, len = 12", server.ReadLine());
        Assert.Equal($"received {name}: 198.18.3.1 198.18.2.1 ", server.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Equal(new Outcome(0, "", ""), server.Kill(SIGTERM).Finish());
    }

    /// <summary>The second router is no neighbour of the client, so a strict route that omits the first one fails.</summary>
    [Fact]
    public void Strict_route_needs_every_router()
    {
        using var hosts = new Chain();
        Outcome outcome = UnpProcess.RunIn(hosts.Client, "ipopts/tcpcli01", "-G", "198.18.2.2", "198.18.3.2");
        Assert.Equal(new Outcome(1, "", "connect error: Network is unreachable (198.18.3.2:9877)\n"), outcome);
    }

    [Fact]
    public void Connection_without_route_prints_nothing()
    {
        using Peer server = UnpProcess.StartServer("ipopts/tcpserv01", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("ipopts/tcpcli01", "--port", $"{listening.Port}", "127.0.0.1");
        client.Type("hello\n");
        Assert.Equal(new Outcome(0, "hello\n", ""), client.Finish());
        Assert.Equal(new Outcome(0, "", ""), server.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("usage: tcpcli01 [ -[gG] <hostname> ... ] <hostname>")]
    [InlineData("usage: tcpcli01 [ -[gG] <hostname> ... ] <hostname>", "-g")]
    [InlineData("can't use both -g and -G", "-g", "-G", "127.0.0.1")]
    [InlineData("need -g or -G to specify route", "127.0.0.1", "127.0.0.1")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run(["ipopts/tcpcli01", .. arguments]));

    [Fact]
    public void Route_of_10_hosts_is_refused() => Assert.Equal(
        new Outcome(1, "", $"inet_srcrt_add error: {Errno.ENOBUFS.Message} (127.0.0.10)\n"),
        UnpProcess.Run(["ipopts/tcpcli01", "-g", .. Enumerable.Range(1, 10).Select(i => $"127.0.0.{i}")]));
}
