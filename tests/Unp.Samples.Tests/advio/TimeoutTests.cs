using System.Diagnostics;
using Unp.Samples.Tests.udpcliserv;

namespace Unp.Samples.Tests.advio;

public class TimeoutTests
{
    static readonly string[] UdpClients = ["udpcli01", "udpcli02", "udpcli03"];

    public static TheoryData<string, string> EveryUdpClient =>
        new(from client in UdpClients from address in (string[])["127.0.0.1", "::1"] select (client, address));

    [Theory]
    [MemberData(nameof(EveryUdpClient))]
    public void Answer_is_printed_immediately(string program, string address)
    {
        using Peer serving = UnpProcess.StartServer("udpcliserv/udpserv01", address, out SockAddr bound);
        using Peer client = UnpProcess.Start($"advio/{program}", address, "--port", $"{bound.Port}");
        foreach (string line in (string[])["one", "", "\0\xfe"])
            Assert.Equal(line, client.Type(line + "\n").ReadLine());
        Assert.Equal(new Outcome(0, "half", ""), client.Type("half").Finish());
    }

    /// <summary>All clients run concurrently, because each only waits.</summary>
    [Fact]
    public void Timeout_is_reported_after_5_seconds_and_next_line_is_sent()
    {
        UdpWire[] servers = [.. UdpClients.Select(_ => new UdpWire())];
        long started = Stopwatch.GetTimestamp();
        Peer[] clients =
        [
            .. UdpClients.Zip(servers, (client, server) =>
                UnpProcess.Start($"advio/{client}", "127.0.0.1", "--port", server.Port).Type("lost\n")),
        ];
        try
        {
            foreach (var (client, server) in clients.Zip(servers))
            {
                Assert.Equal("lost\n", server.Receive(out SockAddr from));
                Assert.Equal("socket timeout", client.ReadErrorLine());
                Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));

                client.Type("one\n");
                Assert.Equal("one\n", server.Receive());
                server.SendTo(from, "ONE\n");
                Assert.Equal("ONE", client.ReadLine());
            }
            Assert.All(clients, client => Assert.Equal(new Outcome(0, "", ""), client.Finish()));
        }
        finally
        {
            foreach (IDisposable used in (IDisposable[])[.. clients, .. servers])
                used.Dispose();
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Tcpcli01_is_echo_client(string address)
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", address, out SockAddr listening);
        using Peer client = UnpProcess.Start("advio/tcpcli01", address, "--port", $"{listening.Port}");
        Assert.Equal("one", client.Type("one\n").ReadLine());
        Assert.Equal(new Outcome(0, "two\n", ""), client.Type("two\n").Finish());
    }

    [Fact]
    public void Tcpcli01_waits_10_seconds_for_unresponsive_server()
    {
        // The listener's queue is full, so the kernel drops the client's SYN as if no host were there.
        using Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd, 0);
        SockAddr full = Getsockname(listenfd);
        using Wire first = Wire.Connect(full);

        long started = Stopwatch.GetTimestamp();
        Assert.Equal(
            new Outcome(1, "", $"connect_timeo error: Connection timed out ({full})\n"),
            UnpProcess.Run("advio/tcpcli01", "127.0.0.1", "--port", $"{full.Port}"));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(18));
    }
}
