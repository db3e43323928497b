namespace Unp.Samples.Tests.ipopts;

public class RoutingHeaderTests
{
    [Fact]
    public void Datagram_takes_route_in_both_directions()
    {
        using var hosts = new Chain();
        using Peer server = UnpProcess.StartIn(hosts.Server, "ipopts/udpserv01", "--port", "0");
        string port = $"{UnpProcess.Listening(server).Port}";
        using Peer client = UnpProcess.StartIn(
            hosts.Client, "ipopts/udpcli01", "--port", port, "2001:db8:1::2", "2001:db8:2::2", "2001:db8:3::2");
        client.Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        Assert.Equal("received source route: 2001:db8:1::2 2001:db8:2::2 ", server.ReadLine());

        // A datagram of a neighbour without a header gets a reply without one.
        using Peer neighbour = UnpProcess.StartIn(hosts.Second, "ipopts/udpcli01", "--port", port, "2001:db8:3::2");
        neighbour.Type("near\n");
        Assert.Equal("near", neighbour.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), neighbour.Finish());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Equal(new Outcome(0, "", ""), server.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("usage: udpcli01 [ <hostname> ... ] <hostname>")]
    [InlineData("setsockopt error: Invalid argument (IPV6_RTHDR = 24 bytes)", "--type", "0", "::1", "::1")]
    [InlineData("inet6_rth_space error: Invalid argument (type 2, 1 segments)", "--type", "2", "::1", "::1")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run(["ipopts/udpcli01", .. arguments]));
}
