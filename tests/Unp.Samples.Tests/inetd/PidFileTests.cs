namespace Unp.Samples.Tests.inetd;

/// <summary>Tests of inetd's pid file.</summary>
public sealed class PidFileTests : IDisposable
{
    readonly TempDirectory directory = new();

    public PidFileTests() => File.WriteAllText(directory["conf"], "127.0.0.1:0 stream tcp nowait root internal daytime\n");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Symbolic_links_are_replaced_not_followed()
    {
        File.WriteAllText(directory["victim"], "untouched");
        foreach (string link in (string[])["pid", ".pid.next"])
            File.CreateSymbolicLink(directory[link], directory["victim"]);
        using Peer inetd = UnpProcess.Start("inetd/inetd", "-d", "-p", directory["pid"], directory["conf"]);
        UnpProcess.Listening(inetd);
        Limit.Until(() => new FileInfo(directory["pid"]).LinkTarget is null, "the link is replaced");
        Assert.Equal($"{inetd.Id}\n", File.ReadAllText(directory["pid"]));
        Assert.Equal(new Outcome(0, "", ""), inetd.Kill(SIGTERM).Finish());
        Assert.Equal("untouched", File.ReadAllText(directory["victim"]));
        Assert.Equal(["conf", "victim"], Directory.GetFileSystemEntries(directory["."]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("no/such/pid", "open error: No such file or directory (DIR/no/such)")]
    [InlineData("conf/pid", "open error: Not a directory (DIR/conf)")]
    [InlineData("kept", "rename error: Is a directory (kept)")]
    [InlineData("kept/", "-p DIR/kept/: the path must end with a file name")]
    public void Wrong_path_is_error_with_status_1(string path, string error)
    {
        Directory.CreateDirectory(directory["kept"]);
        File.WriteAllText(directory["conf"], "");
        Outcome outcome = UnpProcess.Run("inetd/inetd", "-d", "-p", directory[path], directory["conf"]);
        Assert.Equal(
            new Outcome(1, "", $"{error.Replace("DIR", Path.GetDirectoryName(directory["x"]), StringComparison.Ordinal)}\n"), outcome);
        Assert.Equal(["conf", "kept"], Directory.GetFileSystemEntries(directory["."]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Full_disk_is_error_with_status_1_and_leaves_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a file system");
        File.WriteAllText(directory["conf"], "");
        Directory.CreateDirectory(directory["full"]);
        const string Script = """
            mount -t tmpfs -o size=4k none "$1" && head -c 4096 /dev/zero >"$1/rest" && "$0" inetd/inetd -d -p "$1/pid" "$2"
            s=$?; ls -A "$1"; exit $s
            """;
        using Peer inetd = Peer.Start(
            "unshare", "--mount", "sh", "-c", Script, UnpProcess.Executable, directory["full"], directory["conf"]);
        Assert.Equal(new Outcome(1, "rest\n", "write error: No space left on device (pid)\n"), inetd.Finish());
    }
}
