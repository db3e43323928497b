using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.advio;

public class DaytimeTests
{
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    [Fact]
    public void Answer_is_peeked_before_it_is_read()
    {
        foreach (string address in Addresses)
        {
            using Peer tcp = UnpProcess.StartServer(["names/daytimetcpsrv2", address, "0"], out SockAddr listening);
            Check("daytimetcpcli", address, listening.Port, $"connected to {address}\n");
            using Peer udp = UnpProcess.StartServer(["names/daytimeudpsrv2", address, "0"], out SockAddr bound);
            Check("daytimeudpcli3", address, bound.Port, $"sending to {address}\n");
            Check("daytimeudpcli4", address, bound.Port, $"connected to {address}\n");
        }

        static void Check(string program, string address, int port, string who)
        {
            Outcome outcome = UnpProcess.Run($"advio/{program}", address, $"{port}");
            Assert.Equal((0, ""), (outcome.Status, outcome.Error));
            Assert.Matches($"^{who}26 bytes from PEEK, 26 bytes pending\n.{{24}}\r\n$", outcome.Output);
        }
    }

    [Fact]
    public void Tcp_client_prints_each_received_part()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("advio/daytimetcpcli", "127.0.0.1", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal("connected to 127.0.0.1", client.ReadLine());
        server.Send("one\n");
        Assert.Equal("4 bytes from PEEK, 4 bytes pending", client.ReadLine());
        Assert.Equal("one", client.ReadLine());
        server.Send("second\n");
        Assert.Equal("7 bytes from PEEK, 7 bytes pending", client.ReadLine());
        Assert.Equal("second", client.ReadLine());
        server.Dispose();
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Theory]
    [InlineData("daytimeudpcli3", "sending to", "\0")]
    [InlineData("daytimeudpcli4", "connected to", "\0\0")]
    public void Udp_clients_send_request_and_read_one_answer(string program, string who, string question)
    {
        foreach (string address in Addresses)
        {
            using var server = new UdpWire(address);
            using Peer client = UnpProcess.Start($"advio/{program}", address, server.Port);
            Assert.Equal(question, server.Receive(out SockAddr from));
            server.SendTo(from, "the time");
            Assert.Equal(new Outcome(0, $"{who} {address}\n8 bytes from PEEK, 8 bytes pending\nthe time", ""), client.Finish());
        }
    }
}
