using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.advio;

/// <summary>Tests of the programs that set and print source, destination, interface, hop limit and class of each datagram.</summary>
public class DatagramFactsTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.3", "1", "0", "class 0x00 (DSCP 0, ECN 0)")]
    [InlineData("127.0.0.1", "127.0.0.1", "255", "184", "class 0xb8 (DSCP 46, ECN 0)")]
    [InlineData("::1", "::1", "1", "255", "class 0xff (DSCP 63, ECN 3)")]
    [InlineData("::1", "::1", "64", "34", "class 0x22 (DSCP 8, ECN 2)")]
    public void Server_prints_what_client_sets(string to, string source, string hops, string number, string printed)
    {
        Loopback.Require(AF_INET6);
        using Peer server = UnpProcess.StartServer(["advio/udpserv05", "--port", "0"], out SockAddr bound);
        using Peer client = UnpProcess.Start(
            "advio/udpcli05", to, "--port", $"{bound.Port}", "--source", source, "--hops", hops, "--class", number, "--interface", "lo");
        client.Type("hello\n");
        string line = server.ReadLine()!;
        string mapped = to == "::1" ? "" : "::ffff:";
        Assert.StartsWith(
            to == "::1" ? "6-byte datagram from [::1]:" : $"6-byte datagram from [{mapped}{source}]:", line, StringComparison.Ordinal);
        Assert.EndsWith($", to {mapped}{to} on lo, hop limit {hops}, {printed}", line, StringComparison.Ordinal);

        string reply = client.ReadLine()!;
        Assert.StartsWith($"6-byte reply from {SockAddr.Inet(to, bound.Port)}, to {source} on lo, hop limit ", reply);
        Assert.EndsWith(", class 0x00 (DSCP 0, ECN 0)", reply, StringComparison.Ordinal);
        Assert.Equal("hello", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Fact]
    public void Reply_leaves_from_destination_of_datagram()
    {
        using Peer server = UnpProcess.StartServer(["advio/udpserv05", "--bind", "0.0.0.0", "--port", "0"], out SockAddr bound);
        using var client = new UdpWire();
        foreach (string address in (string[])["127.0.0.1", "127.0.0.2"])
        {
            SockAddr to = SockAddr.Inet(address, bound.Port);
            Assert.Equal("hi", client.SendTo(to, "hi").Receive(out SockAddr from));
            Assert.Equal(to, from);
            Assert.StartsWith($"2-byte datagram from {client.Local}, to {address} on lo, hop limit 64, class 0x00", server.ReadLine()!);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void Path_mtu_is_printed_when_datagram_is_too_long(string to, string printed)
    {
        using var host = new NetworkNamespace();
        host.Run("ip link set lo mtu 1400");
        using Peer server = UnpProcess.StartIn(host, "advio/udpserv05", "--port", "0");
        string port = $"{UnpProcess.Listening(server).Port}";
        using Peer client = UnpProcess.StartIn(host, "advio/udpcli05", to, "--port", port, "--dont-fragment");
        client.Type($"{new string('x', 2000)}\n");
        Assert.Equal($"2001 bytes are too long: the path MTU to {printed} is 1400", client.ReadLine());
        client.Type("short\n");
        Assert.StartsWith("6-byte reply from ", client.ReadLine()!);
        Assert.Equal(new Outcome(0, "short\n", ""), client.Finish());
    }

    [Theory]
    [InlineData("usage: udpcli05 <IPaddress>")]
    [InlineData("--source ::1: the address must be of the family of the server's", "127.0.0.1", "--source", "::1")]
    [InlineData("if_nametoindex error: No such device (nope0)", "127.0.0.1", "--interface", "nope0")]
    [InlineData("--hops 0: must be 1 to 255", "127.0.0.1", "--hops", "0")]
    [InlineData("--class 256: must be 0 to 255", "127.0.0.1", "--class", "256")]
    public void Wrong_arguments_are_reported(string error, params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(["advio/udpcli05", .. arguments]);
        Assert.Equal((1, "", error), (outcome.Status, outcome.Output, outcome.Error.Split('\n')[0]));
    }
}
