namespace Unp.Samples.Tests.unixdomain;

public class UnixBindTests
{
    [Fact]
    public void Each_run_prints_name_and_length_with_NUL()
    {
        using var directory = new TempDirectory();
        string path = directory["unp.sock"];
        var printed = new Outcome(0, $"bound name = {path}, returned len = {path.Length + 3}\n", "");
        Assert.Equal(printed, UnpProcess.Run("unixbind", path));
        Assert.True(File.Exists(path));
        Assert.Equal(printed, UnpProcess.Run("unixbind", path));
    }

    [Fact]
    public void File_and_path_of_live_server_are_kept()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "precious");
        Assert.Equal(InUse(directory["file"], "which is not a socket"), UnpProcess.Run("unixbind", directory["file"]));
        Assert.Equal("precious", File.ReadAllText(directory["file"]));

        using Fd server = UnixListen(directory["server"]);
        Assert.Equal(InUse(directory["server"], "which a process has open"), UnpProcess.Run("unixbind", directory["server"]));
    }

    [Fact]
    public void Too_long_path_is_reported()
    {
        Outcome outcome = UnpProcess.Run("unixbind", "/tmp/" + new string('x', 200));
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches("^The path of a Unix socket must have at most [0-9]+ bytes, not 205: /tmp/x{200}.*\n$", outcome.Error);
    }

    static Outcome InUse(string path, string why) => new(1, "", $"bind error: Address already in use ({path}, {why})\n");
}
