using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.advio;

/// <summary>Tests of servers that know the destination address of a datagram.</summary>
public class UdpServerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Udpserv01_prints_source_destination_and_interface(string address)
    {
        using Peer serving = UnpProcess.StartServer("advio/udpserv01", address, out SockAddr bound);
        using var client = new UdpWire(address);
        foreach (string sent in (string[])["hello", "", new string('x', 20), new string('y', 21), new string('z', 9000)])
        {
            string cut = sent[..Math.Min(20, sent.Length)];
            Assert.Equal(cut, client.SendTo(bound, sent).Receive(out SockAddr from));
            Assert.Equal(bound, from);
            string truncated = sent.Length > 20 ? " (datagram truncated)" : "";
            Assert.Equal(
                $"{cut.Length}-byte datagram from {client.Local}, to {address}, recv i/f = lo{truncated}", serving.ReadLine());
        }
    }

    [Fact]
    public void Udpserv01_on_wildcard_prints_destination_address()
    {
        using Peer serving = UnpProcess.StartServer(["advio/udpserv01", "--port", "0"], out SockAddr bound);
        using var client = new UdpWire();
        foreach (string address in (string[])["127.0.0.1", "127.0.0.2"])
        {
            client.SendTo(SockAddr.Inet(address, bound.Port), "hi").Receive();
            Assert.Equal($"2-byte datagram from {client.Local}, to {address}, recv i/f = lo", serving.ReadLine());
        }
    }

    [Fact]
    public void Udpserv03_has_one_child_per_address()
    {
        using Peer serving = UnpProcess.StartServer(["advio/udpserv03", "--port", "0"], out SockAddr wild);
        string[] bound = ReadUntil(serving, $"bound {wild}");
        Assert.StartsWith("0.0.0.0:", wild.ToString(), StringComparison.Ordinal);
        Assert.Contains($"bound 127.0.0.1:{wild.Port}", bound);
        Assert.All(bound, line => Assert.EndsWith($":{wild.Port}", line, StringComparison.Ordinal));

        string first = Echo(serving, SockAddr.Inet("127.0.0.1", wild.Port), SockAddr.Inet("127.0.0.1", wild.Port));
        string other = Echo(serving, SockAddr.Inet("127.0.0.2", wild.Port), wild);
        Assert.NotEqual(first, other);
        Assert.Equal(first, Echo(serving, SockAddr.Inet("127.0.0.1", wild.Port), SockAddr.Inet("127.0.0.1", wild.Port)));
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory]
    [InlineData("127.0.0.1", "0.0.0.0")]
    [InlineData("::1", "[::]")]
    public void Udpserv04_has_one_child_per_address_of_host_family(string host, string wildcard)
    {
        using Peer serving = UnpProcess.StartServer(["advio/udpserv04", host, "0"], out SockAddr wild);
        Assert.Equal($"{wildcard}:{wild.Port}", wild.ToString());
        Assert.Contains($"bound {SockAddr.Inet(host, wild.Port)}", ReadUntil(serving, $"bound {wild}"));
        Echo(serving, SockAddr.Inet(host, wild.Port), SockAddr.Inet(host, wild.Port));
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    /// <summary>Runs in its own network namespace, so the broadcast reaches no other host.</summary>
    [Fact]
    public void Udpserv03_binds_broadcast_addresses_and_receives_there()
    {
        const string Script = """
            ip link set lo up && ip link add d0 type veth peer name d1 \
            && ip addr add 192.0.2.1/24 dev d0 && ip addr add 198.51.100.1/31 dev d0 \
            && ip link set d0 up && ip link set d1 up && echo ready || exit
            "$0" advio/udpserv03 --port 9877 & server=$!
            read go
            echo hello | socat -u - UDP4-DATAGRAM:192.0.2.255:9877,broadcast
            read stop
            kill $server; wait $server; echo status $?
            """;
        Peer.Require("socat");
        using Peer shell = Peer.Start("unshare", "--map-root-user", "--net", "sh", "-c", Script, UnpProcess.Executable);
        Assert.SkipUnless(shell.ReadLine() == "ready", "creating a network namespace with a veth pair is not allowed here");
        string[] bound = ReadUntil(shell, "bound 0.0.0.0:9877");
        Assert.Equal(["bound 127.0.0.1:9877", "bound 192.0.2.1:9877", "bound 192.0.2.255:9877", "bound 198.51.100.1:9877"], bound.Order());

        // Linux also delivers a broadcast to the wildcard socket.
        shell.Type("go\n");
        string[] lines = [shell.ReadLine()!, shell.ReadLine()!];
        Assert.All(lines, line => Assert.Matches("^child [1-9][0-9]*, datagram from 192\\.0\\.2\\.1:[0-9]+, to ", line));
        Assert.Equal(["0.0.0.0:9877", "192.0.2.255:9877"], lines.Select(line => line.Split(", to ")[1]).Order());
        Assert.Equal(new Outcome(0, "status 0\n", ""), shell.Type("stop\n").Finish());
    }

    /// <summary>Sends a datagram and receives its echo. Returns the name of the child that echoed it.</summary>
    static string Echo(Peer serving, SockAddr to, SockAddr printed)
    {
        using var client = new UdpWire(to.Family == AF_INET ? "127.0.0.1" : "::1");
        Assert.Equal("question", client.SendTo(to, "question").Receive());
        string line = serving.ReadLine()!;
        Assert.Matches("^child [1-9][0-9]*, ", line);
        string[] parts = line.Split(", ");
        Assert.Equal([$"datagram from {client.Local}", $"to {printed}"], parts[1..]);
        return parts[0];
    }

    /// <summary>Reads lines up to <paramref name="last"/>, which is not returned.</summary>
    static string[] ReadUntil(Peer serving, string last)
    {
        var lines = new List<string>();
        while (serving.ReadLine() is { } line && line != last)
            lines.Add(line);
        return [.. lines];
    }
}
