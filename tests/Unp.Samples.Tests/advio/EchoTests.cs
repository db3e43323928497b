namespace Unp.Samples.Tests.advio;

/// <summary>Tests of stdio buffers: the server's holds back output lines, the client's holds back input lines.</summary>
public class EchoTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Tcpserv02_sends_whole_answer_after_client_half_closes(string address)
    {
        using Peer serving = UnpProcess.StartServer("advio/tcpserv02", address, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        client.Send("one\n");
        client.Send("two\nhalf");
        client.EndSending();
        Assert.Equal("one\ntwo\nhalf", client.ReceiveToEnd());
        Assert.Equal(1, client.DataSegmentsReceived);
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());

        using Peer tool = Peer.Start("nc", "-N", address, $"{listening.Port}");
        Assert.Equal(new Outcome(0, "hello\n", ""), tool.Type("hello\n").Finish());
    }

    [Fact]
    public void Tcpserv02_sends_4096_bytes_when_buffer_is_full()
    {
        using Peer serving = UnpProcess.StartServer("advio/tcpserv02", "127.0.0.1", out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        string lines = string.Concat(Enumerable.Range(1000, 900).Select(i => $"{i}\n")); // 4500 bytes
        client.Send(lines);
        Assert.Equal(lines[..4096], client.Receive(4096));
        client.EndSending();
        Assert.Equal(lines[4096..], client.ReceiveToEnd());
    }

    [Fact]
    public void Tcpserv02_survives_reset_by_client()
    {
        using Peer serving = UnpProcess.StartServer("advio/tcpserv02", "127.0.0.1", out SockAddr listening);
        Wire.Connect(listening).Send("lost\n").Reset();
        Assert.Equal("readline error: Connection reset by peer", serving.ReadErrorLine());
        Assert.StartsWith("child ", serving.ReadLine(), StringComparison.Ordinal);
        using Wire next = Wire.Connect(listening);
        Assert.Equal("here\n", next.Send("here\n").EndSending().ReceiveToEnd());
    }

    [Fact]
    public void Tcpcli02_holds_back_second_of_two_lines()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("advio/tcpcli02", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        client.Type("one\ntwo\n");
        Assert.Equal("one\n", server.ReceiveOnce());
        server.Send("ONE\n");
        Assert.Equal("ONE", client.ReadLine());
        Assert.Equal(1, server.DataSegmentsReceived);

        client.Type("three\n");
        Assert.Equal("two\n", server.ReceiveOnce());
        client.EndInput();
        Assert.Equal("three\n", server.ReceiveToEnd());
        server.Send("TWO\nTHREE\nHALF");
        server.Dispose();
        Assert.Equal(new Outcome(0, "TWO\nTHREE\nHALF", ""), client.Finish());
    }

    [Fact]
    public void Tcpcli02_works_with_echo_server()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "::1", out SockAddr listening);
        using Peer client = UnpProcess.Start("advio/tcpcli02", "::1", "--port", $"{listening.Port}");
        Assert.Equal("one", client.Type("one\n").ReadLine());

        // No line without an end: if its echo arrived before the end of the input was read, Readline would wait for the rest indefinitely.
        Assert.Equal(new Outcome(0, "two\nthree\n", ""), client.Type("two\nthree\n").Finish());
    }

    [Fact]
    public void Tcpcli02_reports_end_of_server_immediately()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("advio/tcpcli02", "127.0.0.1", "--port", listener.Port);
        listener.Accept().Dispose();
        Assert.Equal(1, client.WaitForExit()); // standard input is open and silent
        Assert.Equal(new Outcome(1, "", "str_cli: server terminated prematurely\n"), client.Finish());
    }
}
