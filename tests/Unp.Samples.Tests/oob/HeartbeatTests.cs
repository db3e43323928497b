namespace Unp.Samples.Tests.oob;

/// <summary>Tests of the echo client and server with a heartbeat each second, of which five may be missed.</summary>
public class HeartbeatTests
{
    [Fact]
    public void Silent_peer_is_kept_and_stopped_peer_is_reported()
    {
        // The cases run concurrently because each takes seven seconds. The quiet client must not be reported although it sends no data.
        using Peer living = UnpProcess.StartServer("oob/tcpserv02", "127.0.0.1", out SockAddr livingAddress);
        using Peer dying = UnpProcess.StartServer("oob/tcpserv02", "127.0.0.1", out SockAddr dyingAddress);
        using Peer quiet = Connected(livingAddress);
        using Peer gone = Connected(livingAddress);
        using Peer left = Connected(dyingAddress);
        dying.Stop();
        gone.Stop();

        Assert.Equal(
            new Outcome(0, "", "server is unreachable\n"), new Outcome(left.WaitForExit(), left.ReadToEnd(), left.ReadErrorToEnd()));
        Assert.Equal("no probes from client", living.ReadLine());
        Assert.Matches("^child [0-9]+ terminated$", living.ReadLine());

        quiet.Type("still here\n");
        Assert.Equal("still here", quiet.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), quiet.Finish());
        Assert.Matches("^child [0-9]+ terminated$", living.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), living.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Answers_are_printed_even_after_end_of_input()
    {
        string batch = string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i}\n"));
        using Peer serving = UnpProcess.StartServer("oob/tcpserv02", "::1", out SockAddr listening);
        using Peer client = UnpProcess.Start("oob/tcpcli02", "::1", "--port", $"{listening.Port}").Type(batch);
        Assert.Equal(new Outcome(0, batch, ""), client.Finish());
    }

    [Fact]
    public void End_of_server_is_reported_immediately()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("oob/tcpcli02", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        server.EndSending();
        Assert.Equal(1, client.WaitForExit());
        Assert.Equal("str_cli: server terminated prematurely\n", client.ReadErrorToEnd());
    }

    [Fact]
    public void Client_sends_byte_1_out_of_band_each_second()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("oob/tcpcli02", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        for (int i = 0; i < 2; i++)
            Assert.Equal('1', server.ReceiveUrgent());
        client.Type("and data\n").EndInput();
        Assert.Equal("and data\n", server.ReceiveToEnd());
        server.Send("AND DATA\n").EndSending();
        Assert.Equal(new Outcome(0, "AND DATA\n", ""), client.Finish());
    }

    [Fact]
    public void Server_sends_each_heartbeat_back()
    {
        using Peer serving = UnpProcess.StartServer("oob/tcpserv02", "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal("ready\n", client.Send("ready\n").Receive(6)); // the server sends a heartbeat before it answers
        for (int i = 0; i < 5; i++)
            Assert.Equal('1', client.SendUrgent("1").ReceiveUrgent());
        Assert.Equal("data", client.Send("data").EndSending().ReceiveToEnd());
    }

    [Fact]
    public void Server_answers_complete_lines_and_rest_at_end()
    {
        using Peer serving = UnpProcess.StartServer("oob/tcpserv02", "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        client.Send("one\ntwo\nhal");
        Assert.Equal("one\ntwo\n", client.Receive(8));
        Assert.Equal("half\n", client.Send("f\n").ReceiveOnce());
        Assert.Equal("end", client.Send("end").EndSending().ReceiveToEnd());
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        var usage = new Outcome(1, "", "usage: tcpcli02 <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run("oob/tcpcli02"));
        Assert.Equal(usage, UnpProcess.Run("oob/tcpcli02", "127.0.0.1", "9877"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run("oob/tcpcli02", "nonsense"));
    }

    /// <summary>Starts a client that has received an answer.</summary>
    static Peer Connected(SockAddr server)
    {
        Peer client = UnpProcess.Start("oob/tcpcli02", "127.0.0.1", "--port", $"{server.Port}").Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        return client;
    }
}
