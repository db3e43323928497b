namespace Unp.Samples.Tests.bsd;

/// <summary>Tests of ptysh with untrusted paths, wrong arguments and failing sessions.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PtyshFaultTests : IDisposable
{
    static readonly Dictionary<string, string> Shell = new() { ["SHELL"] = "/bin/sh", ["PS1"] = "> ", ["ENV"] = "" };

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Directory_of_other_user_is_refused()
    {
        Assert.SkipUnless(geteuid() == 0, "only root can give a directory away");
        Directory.CreateDirectory(directory["theirs"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (Peer chown = Peer.Start("chown", "65534", directory["theirs"]))
            Assert.Equal(0, chown.WaitForExit());
        AssertRefused("theirs/socket", $"{directory["theirs"]}: the directory belongs to user 65534");
    }

    [Fact]
    public void Symbolic_link_in_place_of_directory_is_refused()
    {
        Directory.CreateDirectory(directory["real"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(directory["link"], directory["real"]);
        AssertRefused("link/socket", $"open error: Not a directory ({directory["link"]})");
        Assert.Empty(Directory.GetFileSystemEntries(directory["real"]));
    }

    [Fact]
    public void Path_without_creatable_directory_is_error_with_status_1()
    {
        File.WriteAllText(directory["file"], "");
        Outcome outcome = UnpProcess.Run("bsd/ptysh", "--listen", "--path", directory["file/own/socket"]);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches($"^{directory["file/own"]}: .*\n$", outcome.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/tmp/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789")]
    public void Impossible_path_is_error_with_status_1(string path)
    {
        foreach (string[] options in (string[][])[["--listen"], []])
        {
            Outcome outcome = UnpProcess.Run(["bsd/ptysh", .. options, "--path", path]);
            Assert.Equal((1, ""), (outcome.Status, outcome.Output));
            Assert.Matches("^[^\n]+\n$", outcome.Error);
        }
    }

    /// <summary>Tries each number of free descriptors, so each step of a session fails once.</summary>
    [Fact]
    public void Failure_of_one_session_leaves_others_running()
    {
        using Peer server = Serve();
        using Peer stays = Connect().Type("stty -echo; echo; echo up; exec cat\n");
        ReadUntil(stays, "up");
        using (Peer before = Connect())
            Assert.Equal(3, before.Type("exit 3\n").Finish().Status);
        int served = 0;
        for (int free = 8; free > 0; free--)
        {
            DescriptorLimit.Leave(server.Id, free);
            using (Peer client = Connect())
            {
                Outcome outcome = client.Type("exit 3\n").Finish();
                Assert.Contains(outcome.Status, (int[])[1, 3]);
                served += outcome.Status == 3 ? 1 : 0;
            }
            stays.Type($"free {free}\n");
            ReadUntil(stays, $"free {free}");
        }
        Assert.InRange(served, 1, 7);
    }

    /// <summary>
    /// A connection needs a descriptor, and so may the start of its thread. The server reports whichever is missing first.
    /// </summary>
    [Fact]
    public void Clients_without_free_descriptor_are_refused_temporarily()
    {
        const int Room = 8;
        using Peer server = Serve();
        using (Peer first = Connect())
            Assert.Equal(3, first.Type("exit 3\n").Finish().Status);
        DescriptorLimit.Leave(server.Id, Room);
        SockAddr address = SockAddr.Unix(Socket);
        Wire[] silent = [.. Enumerable.Range(0, 2 * Room).Select(_ => Wire.Connect(address))];
        string[] shortages =
        [
            "accept error: Too many open files; retrying until it succeeds",
            "the thread of a client cannot be created, so the connection is closed",
        ];
        Assert.Contains(server.ReadErrorLine(), shortages);
        foreach (Wire client in silent)
            client.Dispose();
        Limit.Until(
            () =>
            {
                using Peer client = Connect();
                return client.Type("exit 3\n").Finish().Status == 3;
            },
            "a client is served again");
    }

    [Fact]
    public void Accept_is_retried_after_shortage()
    {
        using Peer server = Traced.Start(
            directory["log"], ["trace=accept4", "inject=accept4:error=EMFILE:when=1..3"], "bsd/ptysh", "--listen", "--path", Socket);
        Assert.Equal($"listening on {Socket}", server.ReadErrorLine());
        using Peer client = Connect();
        Assert.Equal(3, client.Type("exit 3\n").Finish().Status);
        Assert.Equal("accept error: Too many open files; retrying until it succeeds", server.ReadErrorLine());
        server.Kill(SIGTERM);
        Assert.Equal("", server.ReadErrorToEnd());
        Assert.Equal(3, File.ReadAllLines(directory["log"]).Count(line => line.Contains("EMFILE", StringComparison.Ordinal)));
    }

    [Fact]
    public void Shell_status_may_be_unknown_where_SIGCHLD_was_ignored()
    {
        using Peer server = Peer.Start(
            "env", Shell, "--ignore-signal=CHLD", UnpProcess.Executable, "bsd/ptysh", "--listen", "--path", Socket);
        Assert.Equal($"listening on {Socket}", server.ReadErrorLine());
        for (int i = 0; i < 2; i++)
        {
            using Peer client = Connect();
            int status = client.Type("exit 3\n").Finish().Status;
            Assert.Contains(status, (int[])[3, 127]);
            if (status == 127)
                Assert.Matches("^process [0-9]+ \\(status unknown\\): sending status 127 to the client$", server.ReadErrorLine());
        }
    }

    /// <summary>Reads lines up to <paramref name="line"/>.</summary>
    static void ReadUntil(Peer client, string line)
    {
        while (client.ReadLine() is { } read)
        {
            if (read == line)
                return;
        }
        Assert.Fail($"the stream ended before {line}");
    }

    string Socket => directory["own/socket"];

    Peer Serve()
    {
        Peer server = UnpProcess.StartWith(Shell, "bsd/ptysh", "--listen", "--path", Socket);
        Assert.Equal($"listening on {Socket}", server.ReadErrorLine());
        return server;
    }

    Peer Connect() => UnpProcess.Start("bsd/ptysh", "--path", Socket);

    void AssertRefused(string path, string error) =>
        Assert.Equal(new Outcome(1, "", $"{error}\n"), UnpProcess.Run("bsd/ptysh", "--listen", "--path", directory[path]));
}
