using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Samples.Tests.inetd;

/// <summary>Tests of samples started by inetd, by systemd-socket-activate, and as daemons.</summary>
public sealed class ActivationTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("/usr/sbin/inetd")]
    [InlineData("ours")]
    public void Inetd_starts_program_per_client(string inetd)
    {
        using var log = new LogSocket(directory["log"]);
        var environment = new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] };
        // The C inetd does not accept port 0.
        SockAddr daytime = Loopback.FreePort("127.0.77.1"), echo = Loopback.FreePort("127.0.77.2");
        File.WriteAllText(directory["conf"], $"""
            {daytime} stream tcp nowait {Environment.UserName} {UnpProcess.Executable} unp inetd/daytimetcpsrv3
            {echo} stream tcp nowait {Environment.UserName} {UnpProcess.Executable} unp inetd/tcpechosrv

            """);
        using Peer superserver = inetd == "ours"
            ? UnpProcess.StartWith(environment, "inetd/inetd", "-d", directory["conf"])
            : Peer.Start(inetd, environment, "-i", "-E", directory["conf"]);
        using Wire first = ConnectWhenReady(daytime);
        Assert.Matches("^.{24}\r\n$", first.ReceiveToEnd());
        Assert.Matches($"^<14>daytimetcpsrv3\\[[0-9]+\\]: connection from {Regex.Escape($"{first.Local}")}$", log.ReceiveUndated());
        using Wire second = ConnectWhenReady(echo);
        using Wire third = ConnectWhenReady(echo);
        Assert.Equal("second", second.Send("second\n").Receive(6));
        Assert.Equal("third\n", third.Send("third\n").EndSending().ReceiveToEnd());
        Assert.Equal("\nmore\n", second.Send("more\n").EndSending().ReceiveToEnd());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Systemd_starts_program_with_listener_or_connection(bool isConnection)
    {
        string path = directory["socket"];
        string[] accept = isConnection ? ["-a"] : [];
        using Peer activator = Peer.Start(
            "systemd-socket-activate", ["-l", path, .. accept, UnpProcess.Executable, "inetd/tcpechosrv"]);
        Limit.Until(() => File.Exists(path), "systemd-socket-activate listens");
        using Wire first = ConnectWhenReady(SockAddr.Unix(path));
        using Wire second = Wire.Connect(SockAddr.Unix(path));
        Assert.Equal("second", second.Send("second\n").Receive(6));
        Assert.Equal("first\n", first.Send("first\n").EndSending().ReceiveToEnd());
        activator.Kill(SIGTERM);
    }

    [Fact]
    public void Accept_pauses_between_retries_without_free_descriptor()
    {
        string path = directory["socket"];
        using (Peer allowed = Peer.Start("strace", "-qq", "-o", "/dev/null", "true"))
            Assert.SkipUnless(allowed.WaitForExit() == 0, "strace may not trace here");
        string[] strace =
            ["strace", "-D", "-f", "-qq", "-o", directory["calls"], "-e", "trace=accept4", "-e", "inject=accept4:error=EMFILE:when=1..3"];
        using Peer activator = Peer.Start("systemd-socket-activate", ["-l", path, .. strace, UnpProcess.Executable, "inetd/tcpechosrv"]);
        Limit.Until(() => File.Exists(path), "systemd-socket-activate listens");
        long started = Stopwatch.GetTimestamp();
        using Wire client = ConnectWhenReady(SockAddr.Unix(path));
        Assert.Equal("served", client.Send("served\n").Receive(6));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.3, double.MaxValue);
        Assert.Equal(3, File.ReadAllLines(directory["calls"]).Count(line => line.Contains("EMFILE", StringComparison.Ordinal)));
        activator.Kill(SIGTERM);
    }

    [Theory]
    [InlineData("inetd/tcpechosrv")]
    [InlineData("inetd/daytimetcpsrv3")]
    public void Missing_socket_is_logged(string program)
    {
        using var log = new LogSocket(directory["log"]);
        using Peer alone = UnpProcess.StartWith(new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] }, program);
        Assert.Equal(new Outcome(1, "", ""), alone.Finish());
        Assert.Matches(
            $"^<11>{Path.GetFileName(program)}\\[{alone.Id}\\]: no socket was passed: start this program from inetd or systemd$",
            log.ReceiveUndated());
    }

    [Fact]
    public void Daemon_logs_client_address()
    {
        using var log = new LogSocket(directory["log"]);
        using Peer first = UnpProcess.StartWith(
            new Dictionary<string, string> { ["UNP_SYSLOG"] = directory["log"] }, "inetd/daytimetcpsrv2", "127.0.0.1", "0");
        Outcome outcome = first.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Output));
        Match ready = Regex.Match(log.ReceiveUndated(), "^<14>daytimetcpsrv2\\[([0-9]+)\\]: (listening on (.*))$");
        int daemon = int.Parse(ready.Groups[1].Value, CultureInfo.InvariantCulture);
        try
        {
            Assert.Equal($"{ready.Groups[2].Value}\n", outcome.Error);
            using Wire client = Wire.Connect(SockAddr.Parse(ready.Groups[3].Value));
            Assert.Matches("^.{24}\r\n$", client.ReceiveToEnd());
            Assert.Equal($"<14>daytimetcpsrv2[{daemon}]: connection from {client.Local}", log.ReceiveUndated());
        }
        finally
        {
            Kill(daemon, SIGTERM);
        }
        Limit.Until(() => !Proc.IsUnp(daemon), "the daemon has ended");
    }

    [Fact]
    public void Process_that_cannot_listen_does_not_become_daemon()
    {
        using Fd taken = Loopback.Listener();
        int port = Getsockname(taken).Port;
        Assert.Equal(
            new Outcome(1, "", $"tcp_listen error for 127.0.0.1, {port}: Address already in use\n"),
            UnpProcess.Run("inetd/daytimetcpsrv2", "127.0.0.1", $"{port}"));
        Assert.Equal(new Outcome(1, "", "usage: daytimetcpsrv2 [ <host> ] <service or port>\n"), UnpProcess.Run("inetd/daytimetcpsrv2"));
    }

    internal static Wire ConnectWhenReady(SockAddr server)
    {
        Wire? client = null;
        Limit.Until(
            () =>
            {
                try
                {
                    client = Wire.Connect(server);
                }
                catch (System.Net.Sockets.SocketException)
                {
                    // The server does not listen yet.
                }
                return client is not null;
            },
            $"a server at {server}");
        return client!;
    }
}
