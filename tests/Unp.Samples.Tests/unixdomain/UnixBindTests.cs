namespace Unp.Samples.Tests.unixdomain;

public class UnixBindTests
{
    [Fact]
    public void Prints_the_name_and_the_length_with_its_NUL_each_time_it_is_run()
    {
        using var directory = new TempDirectory();
        string path = directory["unp.sock"];
        var printed = new Outcome(0, $"bound name = {path}, returned len = {path.Length + 3}\n", "");
        Assert.Equal(printed, UnpProcess.Run("unixbind", path));
        Assert.True(File.Exists(path));
        Assert.Equal(printed, UnpProcess.Run("unixbind", path));
    }

    [Fact]
    public void File_and_living_server_are_left_alone()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "precious");
        Assert.Equal(InUse(directory["file"], "which is no socket"), UnpProcess.Run("unixbind", directory["file"]));
        Assert.Equal("precious", File.ReadAllText(directory["file"]));

        using Fd server = Unix_listen(directory["server"]);
        Assert.Equal(InUse(directory["server"], "which somebody has open"), UnpProcess.Run("unixbind", directory["server"]));
    }

    [Fact]
    public void Path_that_does_not_fit_is_told()
    {
        Outcome outcome = UnpProcess.Run("unixbind", "/tmp/" + new string('x', 200));
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Matches("^The path of a Unix socket must have at most [0-9]+ bytes, not 205: /tmp/x{200}.*\n$", outcome.Error);
    }

    static Outcome InUse(string path, string why) => new(1, "", $"bind error: Address already in use ({path}, {why})\n");
}
