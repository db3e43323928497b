namespace Unp.Samples.Tests.advio;

public class StrCliTests
{
    static string Program => OperatingSystem.IsLinux() ? "advio/tcpcli03" : "advio/tcpcli04";

    /// <summary>Sends more than all buffers hold, so neither side may wait for the other to read.</summary>
    [Theory]
    [InlineData("tcpservselect02")]
    [InlineData("tcpserv04")]
    public void Sixty_megabytes_from_file_and_pipe_are_echoed(string server)
    {
        using var directory = new TempDirectory();
        string line = "a line of a batch that is longer than any other line of it\n";
        File.WriteAllText(directory["sent"], string.Concat(Enumerable.Repeat(line, 1_000_000)));
        using Peer serving = UnpProcess.StartServer($"tcpcliserv/{server}", "127.0.0.1", out SockAddr listening);
        string client = $"{UnpProcess.Executable} {Program} 127.0.0.1 --port {listening.Port}";
        foreach (string command in (string[])
            [
                $"{client} <{directory["sent"]} >{directory["file"]}",
                $"cat {directory["sent"]} | {client} >{directory["pipe"]}",
                $"cat {directory["sent"]} | {client} | cat >{directory["pipes"]}",
            ])
        {
            using Peer shell = Peer.Start("sh", "-c", command);
            Assert.Equal(new Outcome(0, "", ""), shell.Finish());
        }
        byte[] sent = File.ReadAllBytes(directory["sent"]);
        Assert.True(sent.AsSpan().SequenceEqual(File.ReadAllBytes(directory["file"])), "from a file");
        Assert.True(sent.AsSpan().SequenceEqual(File.ReadAllBytes(directory["pipe"])), "from a pipe");
        Assert.True(sent.AsSpan().SequenceEqual(File.ReadAllBytes(directory["pipes"])), "from a pipe to a pipe");
    }

    [Theory]
    [InlineData("/dev/null", "")]
    [InlineData("empty", "")]
    [InlineData("file", "one\ntwo\nhalf")]
    public void Input_may_be_file(string name, string content)
    {
        using var directory = new TempDirectory();
        string path = name.StartsWith('/') ? name : directory[name];
        if (!name.StartsWith('/'))
            File.WriteAllText(path, content);
        using var listener = new Wire.Listener();
        using Peer client = Peer.Start("sh", "-c", $"exec {UnpProcess.Executable} {Program} 127.0.0.1 --port {listener.Port} <{path}");
        using Wire server = listener.Accept();
        Assert.Equal(content, server.ReceiveToEnd());
        server.Send("the answer\n");
        server.Dispose();
        Assert.Equal(new Outcome(0, "the answer\n", ""), client.Finish());
    }

    /// <summary>The client buffers a limited part of its input and then waits without spinning.</summary>
    [Fact]
    public void Server_that_stops_reading_pauses_input_but_not_answers()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start(Program, "127.0.0.1", "--port", listener.Port);
        using Wire server = listener.Accept();
        string line = new string('x', 99_999) + "\n";
        const int Lines = 500;
        Task<Peer> typing = Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < Lines; i++)
                    client.Type(line);
                return client.EndInput();
            },
            TaskCreationOptions.LongRunning);
        for (int i = 0; i < 100; i++)
        {
            server.Send($"answer {i}\n");
            Assert.Equal($"answer {i}", client.ReadLine());
        }
        Assert.False(typing.IsCompleted, "everything was accepted although the server read nothing");
        for (int i = 0; i < Lines; i++)
            Assert.Equal(line, server.Receive(line.Length));
        Assert.Equal("", server.ReceiveToEnd());
        typing.Within();
        server.Dispose();
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
    }

    [Theory]
    [InlineData("tcpcli03")]
    [InlineData("tcpcli04")]
    public void Wrong_arguments_print_usage_and_default_is_book_port(string program)
    {
        var usage = new Outcome(1, "", $"usage: {program} <IPaddress>\n");
        Assert.Equal(usage, UnpProcess.Run($"advio/{program}"));
        Assert.Equal(usage, UnpProcess.Run($"advio/{program}", "127.0.0.1", "::1"));
        Assert.Equal(new Outcome(1, "", "inet_pton error for nonsense\n"), UnpProcess.Run($"advio/{program}", "nonsense"));

        // TCP has no broadcast, so the kernel refuses immediately and the error shows the attempted address.
        Outcome refused = UnpProcess.Run($"advio/{program}", "255.255.255.255");
        Assert.Equal((1, ""), (refused.Status, refused.Output));
        Assert.Matches("^connect error: .* \\(255\\.255\\.255\\.255:9877\\)\n$", refused.Error);
    }

    [Fact]
    public void Unsupported_mechanism_is_reported()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this system has kqueue");
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("advio/tcpcli04", "127.0.0.1", "--port", listener.Port);
        Assert.Equal(new Outcome(1, "", "kqueue exists on macOS and FreeBSD only. Use epoll or poll.\n"), client.Finish());
    }
}
