using System.Globalization;
using System.Runtime.Versioning;

namespace Unp.Samples.Tests.unixdomain;

/// <summary>Tests of sender credentials. The programs inherit their credentials from this process.</summary>
public class CredentialTests
{
    [Fact]
    public void Tfcred01_prints_its_credentials() => Assert.Equal(
        new Outcome(
            0,
            $"""
            data: hello, world
            real user ID = {Own("Uid")[0]}
            real group ID = {Own("Gid")[0]}
            effective user ID = {Own("Uid")[1]}
            effective group ID = {Own("Gid")[1]}
            {Own("Groups").Length} supplementary groups:{List("Groups")}

            """,
            ""),
        UnpProcess.Run("tfcred01"));

    [Fact]
    public void Tfcred01_distinguishes_real_and_effective_user()
    {
        Assert.SkipUnless(Own("Uid")[1] == "0", "only root can have two user ids");
        Peer.Require("setpriv");
        using Peer program = Peer.Start("setpriv", "--ruid", "1", "--rgid", "2", "--groups", "3,4", UnpProcess.Executable, "tfcred01");
        Assert.Equal(
            new Outcome(
                0,
                """
                data: hello, world
                real user ID = 1
                real group ID = 2
                effective user ID = 0
                effective group ID = 0
                2 supplementary groups: 3 4

                """,
                ""),
            program.Finish());
    }

    [Fact]
    public void Unixstrserv02_echoes_and_prints_credentials_per_message()
    {
        using var directory = new TempDirectory();
        using Peer serving = Start("unixstrserv02", directory, out SockAddr listening);
        using (Wire client = Wire.Connect(listening))
        {
            foreach (string text in (string[])["one", "two"])
            {
                Assert.Equal(text, client.Send(text).Receive(3));
                Assert.Equal($"PID of sender = {Environment.ProcessId}", serving.ReadLine());
                Assert.Equal($"real user ID = {Own("Uid")[0]}", serving.ReadLine());
                Assert.Equal($"real group ID = {Own("Gid")[0]}", serving.ReadLine());
                Assert.Equal($"effective user ID = {Own("Uid")[1]}", serving.ReadLine());
                Assert.Equal($"{Own("Groups").Length} groups:{List("Groups")}", serving.ReadLine());
            }
        }
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());

        using Peer another = UnpProcess.Start("unixstrcli01", "--path", listening.Path).Type("three\n");
        Assert.Equal("three", another.ReadLine());
        Assert.Equal($"PID of sender = {another.Id}", serving.ReadLine());
    }

    [Fact]
    public void Peercred_serves_its_own_user()
    {
        using var directory = new TempDirectory();
        using Peer serving = Start("peercred", directory, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        Assert.Matches("^.{24}\r\n$", client.ReceiveToEnd());
        Assert.Equal($"process {Environment.ProcessId} of user {geteuid()}: answered", serving.ReadLine());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Peercred_refuses_other_user_whatever_path_permits()
    {
        Assert.SkipUnless(geteuid() == 0, "only root can change its user");
        Peer.Require("setpriv");
        Peer.Require("socat");
        using var directory = new TempDirectory();
        using Peer serving = Start("peercred", directory, out SockAddr listening);
        File.SetUnixFileMode(Path.GetDirectoryName(listening.Path)!, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(listening.Path, (UnixFileMode)0b110_110_110);
        string[] another = ["--reuid", "65534", "--clear-groups"];
        using (Peer mayConnect = Peer.Start("setpriv", [.. another, "test", "-w", listening.Path]))
            Assert.SkipUnless(mayConnect.WaitForExit() == 0, $"another user cannot reach {listening.Path}, where TMPDIR is");
        using Peer client = Peer.Start("setpriv", [.. another, "socat", "-u", $"UNIX-CONNECT:{listening.Path}", "-"]);
        Assert.Equal(new Outcome(0, "", ""), client.Finish());
        Assert.Equal($"process {client.Id} of user 65534: refused", serving.ReadLine());
    }

    static Peer Start(string server, TempDirectory directory, out SockAddr listening) =>
        UnpProcess.StartServer([$"unixdomain/{server}", "--path", directory["server"]], out listening);

    /// <summary>
    /// The values of a line of /proc/self/status. For users and groups, the first is the real id and the second the effective one.
    /// </summary>
    static string[] Own(string name) =>
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
            .Split((char[])[':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1..];

    static string List(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Own(name).Select(number => $" {number}"))}");
}
