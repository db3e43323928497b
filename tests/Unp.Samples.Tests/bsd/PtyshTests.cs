namespace Unp.Samples.Tests.bsd;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PtyshTests : IDisposable
{
    readonly TempDirectory directory = new();
    readonly Peer server;

    public PtyshTests()
    {
        // A shell with the same prompt wherever the tests run.
        var environment = new Dictionary<string, string> { ["SHELL"] = "/bin/sh", ["PS1"] = "> ", ["ENV"] = "" };
        server = UnpProcess.StartWith(environment, "bsd/ptysh", "--listen", "--path", Socket);
        Assert.Equal($"listening on {Socket}", server.ReadErrorLine());
    }

    string Socket => directory["own/socket"];

    public void Dispose()
    {
        server.Kill(SIGTERM).WaitForExit();
        server.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Socket_and_directory_belong_to_user_only()
    {
        Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(Socket), 8));
        Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(directory["own"]), 8));
        File.SetUnixFileMode(directory["."], File.GetUnixFileMode(directory["."]) | UnixFileMode.GroupWrite);
        Outcome outcome = UnpProcess.Run("bsd/ptysh", "--listen", "--path", directory["socket"]);
        Assert.Equal(1, outcome.Status);
        Assert.EndsWith(": other users can write to the directory\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_without_terminal_is_typed_and_status_is_that_of_shell()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        Outcome outcome = client.Type("tty\nexit 3\n").Finish();
        Assert.Equal((3, ""), (outcome.Status, outcome.Error));
        Assert.Matches("(\n|> )/dev/pts/[0-9]+\r\n", outcome.Output); // the shell's prompt may follow the echo of both lines
        Assert.Equal($"process {client.Id} of user {geteuid()}: served", server.ReadLine());
    }

    [Fact]
    public void End_of_input_ends_shell_even_inside_line()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        Outcome outcome = client.Type("stty -echo; cat; exit 5\nhalf").Finish();
        Assert.EndsWith("half", outcome.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(5, outcome.Status);
    }

    [Fact]
    public void Terminal_passes_signals_and_sizes_to_shell()
    {
        using SpawnedProcess client = Forkpty(
            out Fd master, UnpProcess.Executable, ["bsd/ptysh", "--path", Socket], new winsize { ws_row = 30, ws_col = 100 });
        using (master)
        {
            using Fd slave = Open(Ptsname(master), O_RDWR | O_NOCTTY); // inspects the terminal after the client has ended
            Terminal.ReadUntil(master, "> ");
            Assert.Equal(0u, Tcgetattr(slave).c_lflag & (uint)(ICANON | ECHO | ISIG)); // raw mode
            Write(master, "stty -echo\n"u8);
            Terminal.ReadUntil(master, "> ");
            Write(master, "stty size\n"u8);
            Assert.StartsWith("30 100\r\n", Terminal.ReadUntil(master, "> "), StringComparison.Ordinal);

            Write(master, "sh -c 'echo up; exec cat'\n"u8);
            Terminal.ReadUntil(master, "up\r\n");
            Write(master, "\x3"u8);
            Terminal.ReadUntil(master, "> ");
            Write(master, "echo $?\n"u8);
            Assert.StartsWith("130\r\n", Terminal.ReadUntil(master, "> "), StringComparison.Ordinal); // 128 + SIGINT

            Write(master, "sh -c 'trap \"stty size; exit\" WINCH; echo up; sleep 20 & wait'\n"u8);
            Terminal.ReadUntil(master, "up\r\n");
            Tcsetwinsize(master, new winsize { ws_row = 40, ws_col = 120 });
            Assert.StartsWith("40 120\r\n", Terminal.ReadUntil(master, "> "), StringComparison.Ordinal);

            Write(master, "exit 4\n"u8);
            Assert.Equal(4, Limit.Run(client.Wait).ExitStatus);
            Assert.NotEqual(0u, Tcgetattr(slave).c_lflag & (uint)(ICANON | ECHO)); // restored
        }
    }

    /// <summary>Sends more input than a terminal holds to a shell that does not read it. A child of the shell outlives it.</summary>
    [Fact]
    public void Shell_that_reads_nothing_and_leaves_child_still_ends()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        client.Type("stty raw -echo; (trap '' HUP; exec sleep 60) & echo; echo left $!; exec sh -c 'echo up; sleep 1; exit 7'\n");
        int left = int.Parse(ReadUntil(client, "left ")["left ".Length..], null);
        try
        {
            ReadUntil(client, "up");
            client.Type(new string('x', 100_000));
            Assert.Equal(7, client.WaitForExit());
        }
        finally
        {
            _ = kill(left, SIGKILL);
        }
    }

    /// <summary>No process has the terminal open for a moment, which must not end the session.</summary>
    [Fact]
    public void Shell_that_reopens_its_terminal_keeps_its_client()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        client.Type(
            "exec sh -c 't=$(tty); exec <&- >&- 2>&-; sleep 0.5; exec <>$t >&0 2>&0; "
            + "echo; echo again; read line; echo; echo got $line; exit 9'\n");
        ReadUntil(client, "again");
        client.Type("typed\n");
        ReadUntil(client, "got typed");
        Assert.Equal(9, client.WaitForExit());
    }

    [Fact]
    public void Shell_without_terminal_is_hung_up_with_its_client()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        client.Type("echo; echo pid $$; read x; exec <&- >&- 2>&-; exec sleep 60\n");
        int shell = int.Parse(ReadUntil(client, "pid ")["pid ".Length..], null);
        client.Type("x\n");
        Limit.Until(() => File.ReadAllText($"/proc/{shell}/comm") == "sleep\n", "the terminal is closed");
        client.Kill(SIGKILL);
        Limit.Until(() => Proc.State(shell) == 'X', "the shell has ended");
    }

    [Fact]
    public void Killed_client_hangs_up_its_shell()
    {
        using Peer client = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        client.Type("echo; echo pid $$; exec cat\n");
        int shell = int.Parse(ReadUntil(client, "pid ")["pid ".Length..], null);
        client.Kill(SIGKILL);
        Limit.Until(() => Proc.State(shell) == 'X', "the shell has ended");
    }

    /// <summary>Tests the protocol byte by byte with socat as the client.</summary>
    [Fact]
    public void Socat_can_speak_protocol()
    {
        const string Start = "s\0\xc\0\x5\0\x9\0\0\0\0vt52";
        using Peer socat = Peer.Start("socat", "-", $"UNIX-CONNECT:{Socket}");
        string line = "stty -echo; stty size; echo $TERM; exit 6\n";
        socat.Type($"{Start}d\0{(char)line.Length}{line}");
        string output = socat.ReadToEnd();
        Assert.Contains("5 9\r\n", output, StringComparison.Ordinal);
        Assert.Contains("vt52\r\n", output, StringComparison.Ordinal);
        Assert.EndsWith("x\0\x4\0\0\0\x6", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d\0\x1x", "the first frame of a client must be Start, not Data")]
    [InlineData("s\0\x2xx", "a window size must have 8 bytes, not 2")]
    [InlineData("s\0", "the connection has ended within a frame")]
    [InlineData("s\0\x8\0\0\0\0\0\0\0\0x\0\0", "unexpected frame Exit from a client")]
    [InlineData("s\0\x8\0\0\0\0\0\0\0\0d\0\x9half", "the connection has ended within a frame")]
    public void Protocol_violation_ends_client_and_server_continues(string bytes, string error)
    {
        using (Wire client = Wire.Connect(SockAddr.Unix(Socket)))
        {
            client.Send(bytes).EndSending();
            client.ReceiveToEnd();
        }
        Assert.Equal(error, server.ReadErrorLine());
        using Peer another = UnpProcess.Start("bsd/ptysh", "--path", Socket);
        Assert.Equal(0, another.Type("exit 0\n").Finish().Status);
    }

    [Fact]
    public void Other_user_is_refused_by_permissions_and_by_credentials()
    {
        Assert.SkipUnless(geteuid() == 0, "only root can change its user");
        using (Peer nobody = AsNobody())
            Assert.Contains("Permission denied", nobody.Finish().Error, StringComparison.Ordinal);

        foreach (string path in (string[])[directory["."], directory["own"], Socket])
            File.SetUnixFileMode(
                path, File.GetUnixFileMode(path) | (UnixFileMode)0b001_001_001 | (path == Socket ? (UnixFileMode)0b110_110_110 : 0));
        using Peer let = AsNobody();
        Assert.Equal("", let.ReadToEnd());
        Assert.Equal("65534", server.ReadLine()!.Split(' ')[4].TrimEnd(':'));

        Peer AsNobody() =>
            Peer.Start("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "socat", "-", $"UNIX-CONNECT:{Socket}");
    }

    /// <summary>Reads up to the next line with this beginning.</summary>
    static string ReadUntil(Peer client, string beginning)
    {
        string? line;
        do
            line = client.ReadLine();
        while (line?.StartsWith(beginning, StringComparison.Ordinal) == false);
        return line ?? throw new InvalidOperationException($"no line with {beginning} came");
    }
}
