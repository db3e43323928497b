namespace Unp.Samples.Tests.p2p;

public class ChatTests
{
    const string Server = "p2p/peerserv";
    const string Client = "p2p/peercli";
    const string TheEnd = "the peer has ended\n";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Both_users_may_type_at_any_time_and_see_lines_of_other(string address)
    {
        using Peer serving = UnpProcess.StartServer(Server, address, out SockAddr listening);
        using Peer client = UnpProcess.Start(Client, address, "--port", $"{listening.Port}");
        Assert.StartsWith($"connected with {(address == "::1" ? "[::1]" : address)}:", serving.ReadErrorLine(), StringComparison.Ordinal);

        foreach (string line in (string[])["one", "", "\0\xff"])
        {
            client.Type($"{line}\n{line}!\n");
            Assert.Equal(line, serving.ReadLine());
            Assert.Equal($"{line}!", serving.ReadLine());
            serving.Type($"{line}?\n");
            Assert.Equal($"{line}?", client.ReadLine());
        }

        // One side ends its input. The other reports it and continues.
        client.EndInput();
        Assert.Equal(TheEnd.TrimEnd(), serving.ReadErrorLine());
        serving.Type("last words\nhalf");
        Assert.Equal("last words", client.ReadLine());
        Assert.Equal(new Outcome(0, "", ""), serving.Finish());
        Assert.Equal(new Outcome(0, "half", TheEnd), client.Finish());
    }

    [Fact]
    public void Input_and_output_may_be_files()
    {
        using var directory = new TempDirectory();
        string long1 = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i}\n"));
        string long2 = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i} too\n"));
        File.WriteAllText(directory["in"], long1);
        using Peer serving = UnpProcess.StartServer(Server, "127.0.0.1", out SockAddr listening);
        string chat = $"{UnpProcess.Executable} {Client} 127.0.0.1 --port {listening.Port}";
        using Peer client = Peer.Start("sh", "-c", $"exec {chat} <{directory["in"]} >{directory["out"]}");
        Task<string> received = Task.Run(serving.ReadToEnd);
        serving.Type(long2).EndInput();
        Assert.Equal(long1, received.Within());
        Assert.Equal(new Outcome(0, "", TheEnd), client.Finish());
        Assert.Equal(long2, File.ReadAllText(directory["out"]));
        Assert.Equal(0, serving.WaitForExit());
    }

    [Fact]
    public void Terminal_is_restored()
    {
        // socat holds the master side of the terminal. Program output passes through its driver after the echo.
        Peer.Require("socat");
        using Peer serving = UnpProcess.StartServer(Server, "127.0.0.1", out SockAddr listening);
        string chat = $"{UnpProcess.Executable} {Client} 127.0.0.1 --port {listening.Port}";
        string script = $"trap true INT; {chat}; echo status $?; grep flags /proc/self/fdinfo/0";
        using Peer terminal = Peer.Start("socat", "-", $"SYSTEM:{script},pty,setsid,ctty,stderr");
        Assert.StartsWith("connected with ", serving.ReadErrorLine(), StringComparison.Ordinal);
        serving.Type("hello\n");
        Assert.Equal("hello", terminal.ReadLine());
        terminal.Type("hi\n");
        Assert.Equal("hi", terminal.ReadLine());
        Assert.Equal("hi", serving.ReadLine());

        const char Interrupt = '\x03';
        terminal.Type($"{Interrupt}");
        Assert.Equal("^Cstatus 0", terminal.ReadLine());
        string? flags = terminal.ReadLine()?.Split('\t')[^1];
        Assert.Equal(0, Convert.ToInt32(flags, 8) & O_NONBLOCK);
        Assert.Equal(TheEnd.TrimEnd(), serving.ReadErrorLine());
        Assert.Equal(new Outcome(0, "", ""), serving.Finish());
    }

    [Theory]
    [InlineData("peerserv", SIGINT)]
    [InlineData("peerserv", SIGTERM)]
    [InlineData("peercli", SIGINT)]
    [InlineData("peercli", SIGTERM)]
    public void Signal_ends_chat_cleanly_and_peer_sees_end(string who, int signal)
    {
        using Peer serving = UnpProcess.StartServer(Server, "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start(Client, "127.0.0.1", "--port", $"{listening.Port}");
        Assert.StartsWith("connected with ", serving.ReadErrorLine(), StringComparison.Ordinal);
        (Peer stopped, Peer other) = who == "peerserv" ? (serving, client) : (client, serving);
        stopped.Type("x\n");
        Assert.Equal("x", other.ReadLine());
        stopped.Kill(signal);
        Assert.Equal(0, stopped.WaitForExit());
        Assert.Equal(new Outcome(0, "", TheEnd), other.Finish());
    }

    [Theory]
    [InlineData(SIGINT)]
    [InlineData(SIGTERM)]
    public void Signal_ends_chat_that_waits_for_peer(int signal)
    {
        using Peer serving = UnpProcess.StartServer(Server, "127.0.0.1", out _);
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(signal).Finish());
    }

    [Fact]
    public void Reset_by_peer_is_reported_with_error()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start(Client, "127.0.0.1", "--port", listener.Port).Type("x\n");
        Wire peer = listener.Accept();
        Assert.Equal("x\n", peer.Receive(2));
        peer.Reset();
        Assert.Equal(1, client.WaitForExit());
        Assert.StartsWith("recv error: Connection reset by peer", client.ReadErrorToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_peer_is_reported()
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            Outcome outcome = UnpProcess.Run(Client, "127.0.0.1", "--port", $"{deaf.Port}");
            Assert.Equal((1, ""), (outcome.Status, outcome.Output));
            Assert.Equal($"connect error: Connection refused ({deaf})\n", outcome.Error);
        }
    }
}
