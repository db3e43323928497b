using System.Net.Sockets;

namespace Unp.Samples.Tests.tcpcliserv;

public class EchoClientTests
{
    static readonly string[] Addresses = ["127.0.0.1", "::1"];

    public static TheoryData<string, string> LineByLine =>
        new(from client in (string[])["tcpcli01", "tcpcli04", "tcpcli05", "tcpcli08"] from address in Addresses select (client, address));

    [Theory]
    [MemberData(nameof(LineByLine))]
    public void Each_line_is_sent_alone_and_its_answer_printed(string program, string address)
    {
        using var listener = new Wire.Listener(address);
        using Peer client = UnpProcess.Start($"tcpcliserv/{program}", address, "--port", listener.Port);
        using Wire server = listener.Accept();
        client.Type("one\n");
        Assert.Equal("one\n", server.ReceiveOnce());
        Assert.Equal("ONE", Answered(client, server, "ONE\n"));

        // Of two lines typed together, the second is sent after the answer to the first, which may arrive in pieces.
        client.Type("two\nthree\n");
        Assert.Equal("two\n", server.ReceiveOnce());
        server.Send("T").Send("W");
        Assert.Equal("TWO", Answered(client, server, "O\n"));
        Assert.Equal("three\n", server.ReceiveOnce());
        Assert.Equal("\0\xfe", Answered(client, server, "\0\xfe\n"));

        client.Type("no newline").EndInput();
        Assert.Equal("no newline", server.ReceiveOnce());
        server.Send("answer\n");
        Assert.Equal(new Outcome(0, "answer\n", ""), client.Finish());
        Assert.Equal("", server.ReceiveToEnd());
    }

    [Theory]
    [InlineData("tcpcli01")]
    [InlineData("tcpcli08")]
    [InlineData("tcpcli10")]
    public void Client_without_input_connects_and_ends(string program)
    {
        using var listener = new Wire.Listener();
        Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run($"tcpcliserv/{program}", "127.0.0.1", "--port", listener.Port));
        using Wire server = listener.Accept();
    }

    [Fact]
    public void Tcpcli04_opens_five_connections_and_uses_first()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli04", "127.0.0.1", "--port", listener.Port);
        Wire[] servers = [.. Enumerable.Range(0, 5).Select(_ => listener.Accept())];
        try
        {
            client.Type("hi\n");
            Assert.Equal("hi\n", servers[0].ReceiveOnce());
            Assert.Equal("hi", Answered(client, servers[0], "hi\n"));
            Assert.Equal(0, client.Finish().Status);
            Assert.All(servers, server => Assert.Equal("", server.ReceiveToEnd()));
        }
        finally
        {
            foreach (Wire server in servers)
                server.Dispose();
        }
    }

    [Fact]
    public void Tcpcli06_sends_only_foo()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli06", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal("foo", server.Receive(3));
        client.Kill(SIGTERM);
        Assert.Equal("", server.ReceiveToEnd());
        Assert.Equal(128 + SIGTERM, client.WaitForExit());
    }

    [Fact]
    public void Tcpcli07_is_ended_by_alarm_in_any_wait()
    {
        using var listener = new Wire.Listener();
        using Peer waitingForInput = UnpProcess.Start("tcpcliserv/tcpcli07", "127.0.0.1", "--port", listener.Port);
        Assert.Equal(0, waitingForInput.WaitForExit());
        Assert.Equal(new Outcome(0, "", ""), waitingForInput.Finish());

        using Peer waitingForAnswer =
            UnpProcess.Start("tcpcliserv/tcpcli07", "127.0.0.1", "--port", listener.Port).Type("never answered\n");
        Assert.Equal(new Outcome(0, "", ""), waitingForAnswer.Finish());

        using Peer waitingForNothing = UnpProcess.Start("tcpcliserv/tcpcli07", "127.0.0.1", "--port", listener.Port);
        Assert.Equal(0, waitingForNothing.WaitForExit());
        Assert.Equal(new Outcome(0, "", ""), waitingForNothing.Type("comes late\n").Finish());

        using var full = new FullListener(SockAddr.Loopback(AF_INET));
        using Peer waitingForConnection = UnpProcess.Start("tcpcliserv/tcpcli07", "127.0.0.1", "--port", $"{full.Address.Port}");
        Assert.Equal(0, waitingForConnection.WaitForExit());
        Assert.Equal(new Outcome(0, "", ""), waitingForConnection.Finish());
    }

    [Fact]
    public void Tcpcli10_ends_connection_with_reset()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli10", "127.0.0.1", "--port", listener.Port).Type("hello\n");
        using Wire server = listener.Accept();
        Assert.Equal("hello\n", server.Receive(6));
        Assert.Equal("hello", Answered(client, server, "hello\n"));
        Assert.Equal(0, client.Finish().Status);
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => server.ReceiveOnce()).SocketErrorCode);
    }

    [Fact]
    public void Tcpcli11_sends_first_byte_before_rest()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli11", "127.0.0.1", "--port", listener.Port).Type("abc\n");
        using Wire server = listener.Accept();
        Assert.Equal("abc\n", server.Receive(4));
        Assert.Equal(2, server.DataSegmentsReceived);
        Assert.Equal("answer", Answered(client, server, "answer\n"));
        Assert.Equal(0, client.Finish().Status);
    }

    [Theory]
    [InlineData("tcpcli01")]
    [InlineData("tcpcli08")]
    [InlineData("tcpcli10")]
    [InlineData("tcpcli11")]
    public void End_of_server_instead_of_answer_is_reported(string program)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start($"tcpcliserv/{program}", "127.0.0.1", "--port", listener.Port).Type("hello\n");
        using (Wire server = listener.Accept())
        {
            Assert.Equal("hello\n", server.Receive(6));
        }
        Assert.Equal(new Outcome(1, "", "str_cli: server terminated prematurely\n"), client.Finish());
    }

    [Fact]
    public void Death_of_server_is_noticed_with_next_line()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli01", "127.0.0.1", "--port", $"{listening.Port}").Type("hello\n");
        Assert.Equal("hello", client.ReadLine());
        Assert.Equal(128 + SIGKILL, serving.Kill(SIGKILL).WaitForExit());
        Assert.Equal(new Outcome(1, "", "str_cli: server terminated prematurely\n"), client.Type("another line\n").Finish());
    }

    [Fact]
    public void Tcpcli11_gets_EPIPE_on_second_write_to_dead_server()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli11", "127.0.0.1", "--port", listener.Port);
        listener.Accept().Dispose();
        Assert.Equal(new Outcome(1, "", "writen error: Broken pipe\n"), client.Type("another line\n").Finish());
    }

    [Fact]
    public void Reset_instead_of_answer_is_error()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli01", "127.0.0.1", "--port", listener.Port).Type("hello\n");
        Wire server = listener.Accept();
        Assert.Equal("hello\n", server.Receive(6));
        server.Reset();
        Outcome outcome = client.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.EndsWith(" error: Connection reset by peer\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SIGINT)]
    [InlineData(SIGTERM)]
    public void Signal_kills_client_as_it_kills_C_program(int signal)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli01", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        Assert.Equal(128 + signal, client.Kill(signal).WaitForExit());
        Assert.Equal("", server.ReceiveToEnd());
    }

    static string? Answered(Peer client, Wire server, string answer)
    {
        server.Send(answer);
        return client.ReadLine();
    }
}
