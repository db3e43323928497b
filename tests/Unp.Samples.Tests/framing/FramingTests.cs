namespace Unp.Samples.Tests.framing;

public class FramingTests
{
    const string Server = "framing/frameserv";
    const string Client = "framing/framecli";

    /// <summary>The bytes of the frames "one", "" and "0123456789" for each framing.</summary>
    static readonly Dictionary<string, string> OnTheWire = new()
    {
        ["line"] = "one\n\n0123456789\n",
        ["crlf"] = "one\r\n\r\n0123456789\r\n",
        ["fixed"] = "one                 0123456789",
        ["length1"] = "\x03one\0\x0a" + "0123456789",
        ["length2"] = "\0\x03one\0\0\0\x0a" + "0123456789",
        ["length4"] = "\0\0\0\x03one\0\0\0\0\0\0\0\x0a" + "0123456789",
        ["length8"] = "\0\0\0\0\0\0\0\x03one\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0a" + "0123456789",
        ["length2le"] = "\x03\0one\0\0\x0a\0" + "0123456789",
        ["length4le"] = "\x03\0\0\0one\0\0\0\0\x0a\0\0\0" + "0123456789",
        ["length8le"] = "\x03\0\0\0\0\0\0\0one\0\0\0\0\0\0\0\0\x0a\0\0\0\0\0\0\0" + "0123456789",
        ["varint"] = "\x03one\0\x0a" + "0123456789",
    };

    /// <summary>For each framing, the start of a frame longer than 10 bytes, and an incomplete frame.</summary>
    static readonly Dictionary<string, (string TooLong, string Half)> Broken = new()
    {
        ["line"] = ("01234567890", "01234"),
        ["crlf"] = ("0123456789012", "01234\r"),
        ["length1"] = ("\x0b", "\x0a" + "x"),
        ["length2"] = ("\x01\0", "\0"),
        ["length4"] = ("\xff\xff\xff\xff", "\0\0\0\x02x"),
        ["length8"] = ("\xff\0\0\0\0\0\0\0", "\0\0\0\0\0\0\0\x02x"),
        ["length2le"] = ("\0\x01", "\x02"),
        ["length4le"] = ("\x0b\0\0\0", "\x02\0\0\0x"),
        ["length8le"] = ("\x0b\0\0\0\0\0\0\0", "\x02\0\0\0\0\0\0\0x"),
        ["varint"] = ("\x8b\x01", "\x8b"),
        ["fixed"] = ("", "012345678"),
    };

    public static TheoryData<string> Kinds => [.. OnTheWire.Keys];

    public static TheoryData<string> KindsWithLimit => [.. OnTheWire.Keys.Where(kind => kind != "fixed")];

    [Theory, MemberData(nameof(Kinds))]
    public void Each_line_is_sent_as_frame_and_each_frame_printed_as_line(string kind)
    {
        using var listener = new Wire.Listener();
        using Peer client = StartClient(kind, listener.Port).Type("one\n\n0123456789");
        client.EndInput();
        using Wire server = listener.Accept();
        string sent = server.ReceiveToEnd();
        Assert.Equal(OnTheWire[kind], sent);

        // The echo is sent back byte by byte.
        foreach (char each in sent)
            server.Send($"{each}");
        server.Dispose();
        string blanks = kind == "fixed" ? new string(' ', 10) : "";
        Assert.Equal(new Outcome(0, $"one{blanks[..^Math.Min(3, blanks.Length)]}\n{blanks}\n0123456789\n", ""), client.Finish());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Each_frame_is_answered_once_complete(string kind)
    {
        using Peer serving = StartServer(kind, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        string frames = OnTheWire[kind];
        foreach (char each in frames)
            client.Send($"{each}");
        Assert.Equal(frames, client.Receive(frames.Length));
        Assert.Equal(frames + frames, client.Send(frames + frames).EndSending().ReceiveToEnd());
        Assert.Equal(new Outcome(0, "", ""), serving.Kill(SIGTERM).Finish());
    }

    [Theory, MemberData(nameof(KindsWithLimit))]
    public void Frame_over_limit_ends_only_its_client_with_reason(string kind)
    {
        using Peer serving = StartServer(kind, out SockAddr listening);
        using Wire other = Wire.Connect(listening);
        using Wire client = Wire.Connect(listening);
        client.Send(Broken[kind].TooLong);
        Assert.Matches("^closing a client: The frame .* limit.* 10\\.$", serving.ReadErrorLine());
        Assert.Equal("", client.ReceiveToEnd());
        Assert.Equal(OnTheWire[kind], other.Send(OnTheWire[kind]).EndSending().ReceiveToEnd());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void End_inside_frame_is_reported_by_client_and_server(string kind)
    {
        string half = Broken[kind].Half;
        using Peer serving = StartServer(kind, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Equal(OnTheWire[kind], client.Send(OnTheWire[kind] + half).EndSending().ReceiveToEnd());
        string reason = $"The peer has ended the stream inside a frame, after {half.Length} bytes of it.";
        Assert.Equal($"closing a client: {reason}", serving.ReadErrorLine());

        using var listener = new Wire.Listener();
        using Peer asking = StartClient(kind, listener.Port);
        using (Wire server = listener.Accept())
            server.Send(half);
        Assert.Equal($"framecli: {reason}", asking.ReadErrorLine());
        Assert.Equal(1, asking.WaitForExit());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Too_long_line_is_reported_and_next_line_is_sent(string kind)
    {
        using var listener = new Wire.Listener();
        using Peer client = StartClient(kind, listener.Port).Type("01234567890\none\n\n0123456789\n");
        client.EndInput();
        using Wire server = listener.Accept();
        Assert.Equal(OnTheWire[kind], server.ReceiveToEnd());
        server.Dispose();
        Assert.Equal(new Outcome(0, "", "not sent: a line of 11 bytes exceeds the frame limit of 10\n"), client.Finish());
    }

    [Fact]
    public void End_or_reset_by_server_is_reported()
    {
        using var listener = new Wire.Listener();
        using Peer first = StartClient("line", listener.Port);
        listener.Accept().Dispose();
        Assert.Equal(1, first.WaitForExit());
        Assert.Equal("framecli: server terminated prematurely\n", first.ReadErrorToEnd());

        using Peer second = StartClient("line", listener.Port).Type("x\n");
        Wire server = listener.Accept();
        Assert.Equal("x\n", server.Receive(2));
        server.Reset();
        Assert.Equal(1, second.WaitForExit());
        Assert.StartsWith("recv error: Connection reset by peer", second.ReadErrorToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_connect_completes()
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = StartFaultyClient(directory, listener.Port, "connect", "EINTR:when=1");
        client.Type("one\n").EndInput();
        using Wire server = listener.Accept();
        Assert.Equal("one\n", server.ReceiveToEnd());
        server.Send("two\n").Dispose();
        Assert.Equal(new Outcome(0, "two\n", ""), client.Finish());
        Assert.Contains("EINTR (Interrupted system call) (INJECTED)", File.ReadAllText(directory["log"]), StringComparison.Ordinal);
    }

    [Theory, InlineData("EIO", "Input/output error"), InlineData("ENOTCONN", "Transport endpoint is not connected")]
    public void Failed_shutdown_ends_both_sides(string error, string message)
    {
        using var directory = new TempDirectory();
        using var listener = new Wire.Listener();
        using Peer client = StartFaultyClient(directory, listener.Port, "shutdown", error);
        client.Type("one\n").EndInput();
        using Wire server = listener.Accept();
        Assert.Equal("one\n", server.ReceiveToEnd());
        Assert.Equal(1, client.WaitForExit());
        Assert.Matches($"^shutdown error: {message} \\(fd \\d+\\)\n$", client.ReadErrorToEnd());
    }

    [Theory]
    [InlineData("length1", "256")]
    [InlineData("length2le", "65536")]
    [InlineData("line", "0")]
    [InlineData("varint", "-1")]
    public void Invalid_limit_is_refused(string kind, string limit)
    {
        string error = $"--framing {kind} --limit {limit}: the limit is out of range for this framing\n";
        Assert.Equal(new Outcome(1, "", error), UnpProcess.Run(Server, "--framing", kind, "--limit", limit));
        Assert.Equal(new Outcome(1, "", error), UnpProcess.Run(Client, "127.0.0.1", "--framing", kind, "--limit", limit));
    }

    [Fact]
    public void Unknown_framing_is_refused()
    {
        Outcome outcome = UnpProcess.Run(Server, "--framing", "sticky");
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.StartsWith("--framing sticky: the framing must be one of line, crlf, ", outcome.Error, StringComparison.Ordinal);
    }

    static Peer StartClient(string kind, string port) =>
        UnpProcess.Start(Client, "127.0.0.1", "--port", port, "--framing", kind, "--limit", "10");

    static Peer StartFaultyClient(TempDirectory directory, string port, string call, string error) => Traced.Start(
        directory["log"], [$"trace={call}", $"inject={call}:error={error}"], Client, "127.0.0.1", "--port", port, "--framing", "line");

    static Peer StartServer(string kind, out SockAddr listening) =>
        UnpProcess.StartServer(Server, "127.0.0.1", out listening, "--framing", kind, "--limit", "10");
}
