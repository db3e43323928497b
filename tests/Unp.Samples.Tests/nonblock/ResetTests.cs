using System.Net.Sockets;

namespace Unp.Samples.Tests.nonblock;

/// <summary>Tests of connections that end with RST before or after they are accepted.</summary>
public class ResetTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Tcpcli03_connects_and_resets(string address)
    {
        using var listener = new Wire.Listener(address);
        Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run("nonblock/tcpcli03", address, "--port", listener.Port));
        using Wire server = listener.Accept();
        CheckReset(server);
    }

    [Fact]
    public void Tcpcli04_echoes_and_ends_with_reset()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("nonblock/tcpcli04", "127.0.0.1", "--port", listener.Port).Type("one\n");
        using Wire server = listener.Accept();
        Assert.Equal("one\n", server.ReceiveOnce());
        server.Send("ONE\n");
        Assert.Equal(new Outcome(0, "ONE\n", ""), client.Finish());
        CheckReset(server);
    }

    /// <summary>The server sleeps 5 seconds before accept so that the reset arrives first.</summary>
    [Fact]
    public void Tcpservselect03_accepts_late_and_ends_on_read_after_reset()
    {
        using Peer serving = UnpProcess.StartServer("nonblock/tcpservselect03", "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        client.Send("one\ntwo\n");
        Wire.Connect(listening).Reset();
        Assert.Equal("listening socket readable", serving.ReadLine());

        // Now a line and a new connection are ready. The server handles the connection first and sleeps 5 seconds again.
        Assert.Equal("listening socket readable", serving.ReadLine());
        Assert.Equal(0, client.DataSegmentsReceived);
        Assert.Equal("one\ntwo\n", client.Receive(8));
        Assert.Equal(1, serving.WaitForExit());
        Assert.Equal(new Outcome(1, "", "readline error: Connection reset by peer\n"), serving.Finish());
        Assert.Equal("", client.ReceiveToEnd());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Daytimetcpcli_prints_time_or_refusing_address(string address)
    {
        using (Peer serving = UnpProcess.StartServer("intro/daytimetcpsrv", address, out SockAddr listening))
        {
            Outcome outcome = UnpProcess.Run("nonblock/daytimetcpcli", address, "--port", $"{listening.Port}");
            Assert.Equal((0, ""), (outcome.Status, outcome.Error));
            Assert.Matches("^.{24}\r\n$", outcome.Output);
        }

        // The port is bound but not listening, so no other process can take it.
        SockAddr local = SockAddr.Inet(address, 0);
        using Fd deaf = Socket(local.Family, SOCK_STREAM);
        Bind(deaf, local);
        Assert.Equal(
            new Outcome(1, "", $"connect_nonb error: Connection refused ({Getsockname(deaf)})\n"),
            UnpProcess.Run("nonblock/daytimetcpcli", address, "--port", $"{Getsockname(deaf).Port}"));
    }

    static void CheckReset(Wire server) =>
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => server.ReceiveOnce()).SocketErrorCode);
}
