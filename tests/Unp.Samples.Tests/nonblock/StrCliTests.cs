namespace Unp.Samples.Tests.nonblock;

public class StrCliTests
{
    /// <summary>The status of tcpcli01, whose child ends it with SIGTERM.</summary>
    static int Status(string program) => program == "tcpcli01" ? 128 + SIGTERM : 0;

    /// <summary>Sends more than all buffers hold, so neither side may wait for the other to read.</summary>
    [Theory]
    [InlineData("tcpcli01")]
    [InlineData("tcpcli02")]
    public void Many_megabytes_from_file_and_pipe_are_echoed(string program)
    {
        using var directory = new TempDirectory();
        string line = "a line of a batch that is longer than any other line of it\n";
        File.WriteAllText(directory["sent"], string.Concat(Enumerable.Repeat(line, 300_000)));
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr listening);
        string client = $"{UnpProcess.Executable} nonblock/{program} 127.0.0.1 --port {listening.Port}";
        foreach (string command in (string[])[$"{client} <{directory["sent"]}", $"cat {directory["sent"]} | {client}"])
        {
            using Peer shell = Peer.Start("sh", "-c", $"{command} >{directory["answer"]}");
            Outcome outcome = shell.Finish();
            Assert.Equal((Status(program), ""), (outcome.Status, outcome.Output));
            Assert.Equal(program == "tcpcli01" ? "Terminated" : "", outcome.Error.TrimEnd()); // printed by the shell
            Assert.True(File.ReadAllBytes(directory["sent"]).AsSpan().SequenceEqual(File.ReadAllBytes(directory["answer"])), command);
        }
    }

    /// <summary>The reader of the client's output may be slow, or may first wait for the input to be sent.</summary>
    [Fact]
    public void Unread_output_does_not_stop_input()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("nonblock/tcpcli02", "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        string answer = new string('x', 9_999_999) + "\n";
        Task<Wire> sending = Task.Factory.StartNew(() => server.Send(answer), TaskCreationOptions.LongRunning);
        for (int i = 0; i < 10; i++)
        {
            client.Type($"line {i}\n");
            Assert.Equal($"line {i}\n", server.Receive(7));
        }
        Assert.False(sending.IsCompleted, "everything was accepted although the output was not read");
        Assert.Equal(answer.TrimEnd(), client.ReadLine());
        sending.Within();

        // The rest of the output is printed even if the server is gone before it is read.
        client.EndInput();
        Assert.Equal("", server.ReceiveToEnd());
        server.Send(new string('y', 100_000));
        server.Dispose();
        Assert.Equal(new Outcome(0, new string('y', 100_000), ""), client.Finish());
    }

    [Fact]
    public void Trace_prints_time_of_each_transfer()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("nonblock/tcpcli02", "127.0.0.1", "--port", listener.Port, "--trace");
        using Wire server = listener.Accept();
        client.Type("hello\n");
        server.Send(server.Receive(6));
        Assert.Equal("hello", client.ReadLine());
        client.EndInput();
        Assert.Equal("", server.ReceiveToEnd());
        server.Dispose();
        string[] steps =
        [
            "read 6 bytes from stdin", "wrote 6 bytes to socket", "read 6 bytes from socket", "wrote 6 bytes to stdout", "EOF on stdin",
            "EOF on socket",
        ];
        string[] lines = client.Finish().Error.TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.Matches("^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}: ", line));
        Assert.Equal(steps, lines.Select(line => line["00:00:00.000000: ".Length..]));
    }

    [Fact]
    public void Input_and_output_are_blocking_again_afterwards()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = Traced.Start(directory["log"], ["trace=fcntl"], "nonblock/tcpcli02", "127.0.0.1", "--port", listener.Port);
        listener.Accept().Dispose();
        Assert.Equal(1, client.WaitForExit());
        foreach (int fd in (int[])[0, 1])
        {
            string[] calls =
                [.. File.ReadLines(directory["log"]).Where(call => call.Contains($"fcntl({fd}, F_SETFL, ", StringComparison.Ordinal))];
            Assert.Contains("O_NONBLOCK", calls[0], StringComparison.Ordinal);
            Assert.DoesNotContain("O_NONBLOCK", calls[^1], StringComparison.Ordinal);
        }
    }
}
