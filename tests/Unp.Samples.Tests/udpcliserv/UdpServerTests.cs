using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.udpcliserv;

public class UdpServerTests
{
    public static TheoryData<string, string> EchoServers => new(
        from server in (string[])["udpserv01", "udpservselect01"] from address in (string[])["127.0.0.1", "::1"] select (server, address));

    static readonly string[] Servers = ["udpserv01", "udpserv06", "udpserv07", "udpservselect01"];

    [Theory]
    [MemberData(nameof(EchoServers))]
    public void Every_datagram_returns_to_its_sender(string program, string address)
    {
        using Peer serving = UnpProcess.StartServer($"udpcliserv/{program}", address, out SockAddr bound);
        using var first = new UdpWire(address);
        using var second = new UdpWire(address);
        string everyByte = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value));
        foreach (string sent in (string[])["one\n", "", everyByte, new string('x', 4096)])
        {
            first.SendTo(bound, sent);
            second.SendTo(bound, "2" + sent[..Math.Min(sent.Length, 4095)]);
            Assert.Equal(sent, first.Receive(out SockAddr from));
            Assert.Equal(bound, from);
            Assert.Equal("2" + sent[..Math.Min(sent.Length, 4095)], second.Receive());
        }
        Assert.Equal(4096, first.SendTo(bound, new string('y', 65_507)).Receive().Length);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Client_and_server_of_book_work_together()
    {
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpserv01", "127.0.0.1", out SockAddr bound);
        foreach (string client in (string[])["udpcli01", "udpcli02", "udpcli04"])
        {
            using Peer asking = UnpProcess.Start($"udpcliserv/{client}", "127.0.0.1", "--port", $"{bound.Port}").Type("one\ntwo\nhalf");
            Assert.Equal(new Outcome(0, "one\ntwo\nhalf", ""), asking.Finish());
        }
    }

    [Fact]
    public void Vanished_client_does_not_stop_server()
    {
        // The server's answers come back as ICMP errors.
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpserv01", "127.0.0.1", out SockAddr bound);
        for (int i = 0; i < 10; i++)
        {
            using var gone = new UdpWire();
            gone.SendTo(bound, "who cares");
        }
        using var client = new UdpWire();
        Assert.Equal("here", client.SendTo(bound, "here").Receive());
    }

    [Fact]
    public void Udpservselect01_serves_both_protocols_on_one_port()
    {
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpservselect01", "127.0.0.1", out SockAddr bound);
        using var udp = new UdpWire();
        using (Wire first = Wire.Connect(bound))
        using (Wire second = Wire.Connect(bound))
        {
            Assert.Equal("tcp", second.Send("tcp").Receive(3));
            Assert.Equal("udp", udp.SendTo(bound, "udp").Receive());
            Assert.Equal("tcp too", first.Send("tcp too").Receive(7));
            Assert.Equal("udp too", udp.SendTo(bound, "udp too").Receive());
        }
        string?[] children = [serving.ReadLine(), serving.ReadLine()];
        Assert.All(children, child => Assert.Matches("^child [1-9][0-9]* terminated$", child));
        Assert.Equal("still", udp.SendTo(bound, "still").Receive());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGINT).Finish());
    }

    [Theory]
    [InlineData("udpserv06")]
    [InlineData("udpserv07")]
    public void Counting_servers_print_count_on_SIGINT(string program)
    {
        using Peer serving = UnpProcess.StartServer($"udpcliserv/{program}", "127.0.0.1", out SockAddr bound);
        using var client = new UdpWire();
        for (int i = 0; i < 7; i++)
            client.SendTo(bound, i == 3 ? "" : new string('x', 1400));
        WaitUntilIdle(serving, bound);
        Assert.Equal(new Outcome(0, "\nreceived 7 datagrams\n", ""), serving.Kill(SIGINT).Finish());
    }

    [Theory]
    [InlineData("udpserv06")]
    [InlineData("udpserv07")]
    public void Counting_servers_print_count_as_soon_as_ready(string program)
    {
        // Each write returns half a second after its bytes are out, including the one that prints the address.
        string[] late = ["trace=write", "inject=write:delay_exit=500000"];
        using Peer serving = Traced.Start("/dev/null", late, $"udpcliserv/{program}", "--bind", "127.0.0.1", "--port", "0");
        Assert.StartsWith("listening on ", serving.ReadErrorLine(), StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "\nreceived 0 datagrams\n", ""), serving.Kill(SIGINT).Finish());
    }

    [Theory]
    [InlineData("udpserv06")]
    [InlineData("udpserv07")]
    public void Flood_is_counted_in_part_and_nothing_hangs(string program)
    {
        using Peer serving = UnpProcess.StartServer($"udpcliserv/{program}", "127.0.0.1", out SockAddr bound);
        Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run("udpcliserv/udpcli06", "127.0.0.1", "--port", $"{bound.Port}"));
        WaitUntilIdle(serving, bound);
        Outcome outcome = serving.Kill(SIGINT).Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Match count = Regex.Match(outcome.Output, "^\nreceived ([0-9]+) datagrams\n$");
        Assert.True(count.Success, outcome.Output);
        Assert.InRange(int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture), 1, 2000);
    }

    [Fact]
    public void Servers_end_with_status_0_on_SIGTERM_and_free_their_port()
    {
        foreach (string program in Servers)
        {
            using Peer serving = UnpProcess.StartServer($"udpcliserv/{program}", "127.0.0.1", out SockAddr bound);
            Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
            using Fd next = Socket(AF_INET, SOCK_DGRAM);
            Bind(next, bound);
        }
    }

    [Fact]
    public void Port_in_use_is_reported_with_address()
    {
        using Peer first = UnpProcess.StartServer("udpcliserv/udpservselect01", "127.0.0.1", out SockAddr bound);
        foreach (string program in Servers)
        {
            Assert.Equal(
                new Outcome(1, "", $"bind error: Address already in use ({bound})\n"),
                UnpProcess.Run($"udpcliserv/{program}", "--bind", "127.0.0.1", "--port", $"{bound.Port}"));
            Assert.Equal(
                new Outcome(1, "", "bind error: Cannot assign requested address (192.0.2.1:9877)\n"),
                UnpProcess.Run($"udpcliserv/{program}", "--bind", "192.0.2.1"));
        }
    }

    /// <summary>Waits until the server has read every datagram and sleeps in recvfrom again.</summary>
    static void WaitUntilIdle(Peer serving, SockAddr bound)
    {
        string port = $":{bound.Port:X4} ";
        Limit.Until(() => IsEmpty() && serving.IsAsleep && IsEmpty(), "the server has read all");

        // local address, remote address, state, transmit queue:receive queue
        bool IsEmpty() => File.ReadLines("/proc/net/udp").Any(line =>
            line.Contains(port, StringComparison.Ordinal) && line.Contains(":00000000 00:", StringComparison.Ordinal));
    }
}
