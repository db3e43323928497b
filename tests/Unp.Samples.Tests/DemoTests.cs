using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests;

public class DemoTests
{
    const string ServerLine = "^[a-z]+/[a-z0-9]+ is process ([0-9]+) on ";

    [Fact]
    public void Demo_shows_daytime_and_echo_and_leaves_nothing_behind()
    {
        Loopback.Require(AF_INET6);
        AssertShown(UnpProcess.Run("demo"));
    }

    [Theory]
    [InlineData("unp.dll", "demo")]
    [InlineData("exec", "--roll-forward", "LatestPatch", "unp.dll", "demo")]
    public void Demo_runs_by_dotnet_without_executable(params string[] arguments)
    {
        Loopback.Require(AF_INET6);
        using var directory = new TempDirectory();
        CopyWithoutExecutable(directory["tool"]);
        using Peer demo = InDirectory(directory["tool"], arguments);
        AssertShown(demo.Finish());
    }

    [Theory]
    [InlineData("unixdomain/mycat", "/etc/hostname")]
    public void Program_starts_others_by_dotnet_without_executable(params string[] arguments)
    {
        using var directory = new TempDirectory();
        CopyWithoutExecutable(directory["tool"]);
        using Peer program = InDirectory(directory["tool"], ["unp.dll", .. arguments]);
        Assert.Equal(new Outcome(0, File.ReadAllText("/etc/hostname"), ""), program.Finish());
    }

    static Peer InDirectory(string directory, string[] arguments) =>
        Peer.Start("sh", ["-c", "cd \"$0\" && exec dotnet \"$@\"", directory, .. arguments]);

    /// <summary>Copies the files that an installed .NET tool has.</summary>
    static void CopyWithoutExecutable(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (string pattern in (string[])["*.dll", "unp.*.json"])
        {
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, pattern))
                File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        }
    }

    static void AssertShown(Outcome outcome)
    {
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        foreach (string text in (string[])[
            "intro/daytimetcpsrv is process", "intro/daytimetcpsrvv6 is process", "tcpcliserv/tcpserv04 is process",
            " on 127.0.0.1:", " on [::1]:",
            "$ unp intro/daytimetcpcli 127.0.0.1 --port ", "$ unp intro/daytimetcpcliv6 ::1 --port ",
            "$ unp tcpcliserv/tcpcli01 ::1 --port ",
            "client -> server   13 bytes  \"hello, world\\n\"\n", "server -> client   13 bytes  \"hello, world\\n\"\n",
            "client -> server  FIN\n", "server -> client  FIN\n"])
        {
            Assert.Contains(text, outcome.Output, StringComparison.Ordinal);
        }
        Assert.Equal(2, Regex.Count(outcome.Output, "server -> client   26 bytes  \"[^\"]{24}\\\\r\\\\n\"\n"));
        Assert.Equal(4, Regex.Count(outcome.Output, "stopped with status 0\n"));

        MatchCollection servers = Regex.Matches(outcome.Output, ServerLine, RegexOptions.Multiline);
        Assert.Equal(4, servers.Count);
        Assert.All(servers, server => Assert.False(Proc.IsUnp(Number(server))));
    }

    [Theory]
    [InlineData(SIGINT)]
    [InlineData(SIGTERM)]
    public void Interrupted_demo_stops_its_server(int signal)
    {
        using Peer demo = UnpProcess.Start("demo");
        int id = Number(Regex.Match(demo.ReadLine()!, ServerLine));
        Assert.True(Proc.IsUnp(id));
        Assert.Equal(128 + signal, demo.Kill(signal).WaitForExit());
        Limit.Until(() => !Proc.IsUnp(id), $"process {id} gone");
    }

    static int Number(Match server) => int.Parse(server.Groups[1].Value, CultureInfo.InvariantCulture);
}
